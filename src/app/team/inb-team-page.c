#define G_LOG_DOMAIN "inb-app"

#include "inb-team-page.h"

#include "inb-format.h"
#include "inb-json.h"
#include "inb-role-text.h"
#include "inb-roster-request.h"
#include "inb-roster-row.h"

#include <glib/gi18n.h>

struct _InbTeamPage {
  AdwBin               parent_instance;

  /* Template */
  AdwEntryRow         *name;
  AdwEntryRow         *description;
  AdwPreferencesGroup *members_group;
  GtkListBox          *members;
  AdwActionRow        *delete_row;

  /* Owned */
  InbRoster           *roster;
  InbRow              *team;     /* as it is shown */
};

static guint report_signal;

G_DEFINE_FINAL_TYPE (InbTeamPage, inb_team_page, ADW_TYPE_BIN)

/* --- what it shows ------------------------------------------------------------------------------------------------------ */

static const char *
get_text (const InbRow *team,
          guint         column)
{
  const char *text = inb_row_get (team, column);

  return text != NULL ? text : "";
}

/* What is being typed stays. */
static void
fill_entry (InbTeamPage  *self,
            AdwEntryRow  *entry,
            const InbRow *team,
            guint         column)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (entry));
  const char *now = get_text (team, column);
  gboolean is_typing = g_strcmp0 (typed, get_text (self->team, column)) != 0 && g_strcmp0 (typed, now) != 0;

  if (!is_typing)
    {
      if (g_strcmp0 (typed, now) != 0)
        gtk_editable_set_text (GTK_EDITABLE (entry), now);
    }
  else if (g_strcmp0 (get_text (self->team, column), now) != 0)
    {
      g_autofree char *text = g_strdup_printf (_("Somebody else has made it “%s” meanwhile. What you typed has not been saved yet."), now);

      g_signal_emit (self, report_signal, 0, text);
    }
}

static void
fill_members (InbTeamPage *self)
{
  const InbRosterRowKind kind = { "team.show-member", NULL, TRUE };
  GPtrArray *members = inb_roster_get_members (self->roster);
  guint n = 0;

  for (guint i = 0; i < members->len; i++)
    {
      const InbRow *member = g_ptr_array_index (members, i);
      InbRosterRow *row;

      if (g_strcmp0 (inb_row_get (member, INB_MEMBER_TEAM_ID), inb_row_get_key (self->team)) != 0)
        continue;
      row = inb_roster_row_ensure (self->members, n++, &kind);
      inb_roster_row_set (row, inb_row_get_key (member), inb_row_get (member, INB_MEMBER_NAME),
                          inb_role_text_get_name (inb_roster_get_role (member)), _("Edit"));
      inb_roster_row_set_is_program (row, inb_row_get_boolean (member, INB_MEMBER_IS_SERVICE));
    }
  inb_roster_row_trim (self->members, n);
  adw_preferences_group_set_description (self->members_group, n > 0 ? NULL : _("Nobody is in it yet. A member’s page says which team is theirs."));
}

static void
update (InbTeamPage *self)
{
  const InbRow *team = inb_roster_find_team (self->roster, inb_row_get_key (self->team));
  gboolean online = inb_roster_get_online (self->roster);
  g_autofree char *why = NULL;
  gint64 leads;

  /* The window leaves the page then. */
  if (team == NULL)
    return;

  fill_entry (self, self->name, team, INB_TEAM_NAME);
  fill_entry (self, self->description, team, INB_TEAM_DESCRIPTION);
  fill_members (self);
  leads = inb_roster_count_leads (self->roster, INB_FILTER_TEAM, inb_row_get_key (team));
  if (leads > 0)
    {
      g_autofree char *count = inb_format_count (leads);

      why = g_strdup_printf (ngettext ("%s lead is of this team: give it to another team, or to none, first",
                                       "%s leads are of this team: give them to another team, or to none, first", (gulong) leads),
                             count);
    }
  if (why == NULL)
    why = g_strdup (inb_roster_count_team (self->roster, inb_row_get_key (team)) > 0 ? _("Its members are in no team then")
                    : _("It has neither members nor leads"));
  adw_action_row_set_subtitle (self->delete_row, why);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name), online);
  gtk_widget_set_sensitive (GTK_WIDGET (self->description), online);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "team-page.delete", online && leads == 0);

  inb_row_ref ((InbRow *) team);
  inb_row_unref (self->team);
  self->team = (InbRow *) team;
}

/* --- what is done ------------------------------------------------------------------------------------------------------- */

static void
on_done (GtkWidget  *page,
         gboolean    is_done,
         const char *problem)
{
  InbTeamPage *self = INB_TEAM_PAGE (page);

  /* The fields go back to how things are. */
  if (!is_done && problem != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name), get_text (self->team, INB_TEAM_NAME));
      gtk_editable_set_text (GTK_EDITABLE (self->description), get_text (self->team, INB_TEAM_DESCRIPTION));
    }
  g_signal_emit (self, report_signal, 0, problem);
}

static InbRosterRequest *
new_request (InbTeamPage *self,
             const char  *method,
             GString     *body)
{
  return inb_roster_request_new (self->roster, GTK_WIDGET (self), method,
                                 g_strdup_printf ("/api/teams/%s", inb_row_get_key (self->team)), body,
                                 _("Leads are of this team: give them to another team, or to none, first."), on_done);
}

static void
apply (InbTeamPage *self,
       AdwEntryRow *entry,
       guint        column,
       gboolean     may_be_empty)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  GString *json;

  if (g_str_equal (text, get_text (self->team, column)) || (*text == '\0' && !may_be_empty))
    {
      gtk_editable_set_text (GTK_EDITABLE (entry), get_text (self->team, column));
      return;
    }

  json = g_string_new ("{");
  inb_json_append_member (json, inb_kind_get_columns (INB_KIND_TEAM, NULL)[column].name, *text != '\0' ? text : NULL);
  g_string_append_c (json, '}');
  inb_roster_request_send (new_request (self, "PATCH", json));
}

static void
on_name_applied (InbTeamPage *self)
{
  apply (self, self->name, INB_TEAM_NAME, FALSE);
}

static void
on_description_applied (InbTeamPage *self)
{
  apply (self, self->description, INB_TEAM_DESCRIPTION, TRUE);
}

static void
delete_team (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbTeamPage *self = INB_TEAM_PAGE (widget);
  g_autofree char *heading = g_strdup_printf (_("Delete the Team “%s”?"), get_text (self->team, INB_TEAM_NAME));

  gboolean has_members = inb_roster_count_team (self->roster, inb_row_get_key (self->team)) > 0;

  inb_roster_request_ask (new_request (self, "DELETE", NULL), heading,
                          has_members ? _("Its members are in no team then. Their leads stay theirs.")
                          : _("It has neither members nor leads."), _("_Delete"));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_team_page_dispose (GObject *object)
{
  g_clear_object (&INB_TEAM_PAGE (object)->roster);

  G_OBJECT_CLASS (inb_team_page_parent_class)->dispose (object);
}

static void
inb_team_page_finalize (GObject *object)
{
  g_clear_pointer (&INB_TEAM_PAGE (object)->team, inb_row_unref);

  G_OBJECT_CLASS (inb_team_page_parent_class)->finalize (object);
}

static void
inb_team_page_class_init (InbTeamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_team_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_team_page_finalize;

  report_signal = g_signal_new ("report", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "team-page.delete", NULL, delete_team);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-team-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbTeamPage, name);
  gtk_widget_class_bind_template_child (widget_class, InbTeamPage, description);
  gtk_widget_class_bind_template_child (widget_class, InbTeamPage, members_group);
  gtk_widget_class_bind_template_child (widget_class, InbTeamPage, members);
  gtk_widget_class_bind_template_child (widget_class, InbTeamPage, delete_row);
}

static void
inb_team_page_init (InbTeamPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name_applied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->description, "apply", G_CALLBACK (on_description_applied), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_team_page_new:
 * @team_id: a team of @roster
 *
 * Returns: (transfer floating): a page for the owner's window
 */
GtkWidget *
inb_team_page_new (InbRoster  *roster,
                   const char *team_id)
{
  const InbRow *team = inb_roster_find_team (roster, team_id);
  InbTeamPage *self;

  g_return_val_if_fail (team != NULL, NULL);

  self = g_object_new (INB_TYPE_TEAM_PAGE, NULL);
  self->roster = g_object_ref (roster);
  self->team = inb_row_ref ((InbRow *) team);
  gtk_editable_set_text (GTK_EDITABLE (self->name), get_text (team, INB_TEAM_NAME));
  gtk_editable_set_text (GTK_EDITABLE (self->description), get_text (team, INB_TEAM_DESCRIPTION));
  g_signal_connect_object (roster, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

const char *
inb_team_page_get_id (InbTeamPage *self)
{
  g_return_val_if_fail (INB_IS_TEAM_PAGE (self), NULL);

  return inb_row_get_key (self->team);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-team-list.h"

#include "inb-format.h"
#include "inb-role-text.h"
#include "inb-roster-row.h"
#include "inb-time.h"

#include <glib/gi18n.h>

struct _InbTeamList {
  AdwBin      parent_instance;

  /* Template */
  GtkListBox *members;
  GtkListBox *teams;
  GtkWidget  *former_group;
  GtkListBox *former;

  /* Owned */
  InbRoster  *roster;
};

G_DEFINE_FINAL_TYPE (InbTeamList, inb_team_list, ADW_TYPE_BIN)

static char *
describe_seen (InbTeamList *self,
               const char  *user_id)
{
  gint64 seen = inb_roster_get_last_seen (self->roster, user_id);
  g_autofree char *when = NULL;

  if (seen == INB_TIME_NONE)
    return NULL;
  when = inb_format_when (seen, inb_time_now (), inb_clock_get_timezone (inb_session_get_clock (inb_roster_get_session (self->roster))));

  /* Translators: of a member; "%s" is "just now", "2 min ago" or "on 22 Nov". */
  return g_strdup_printf (_("last seen %s"), when);
}

static char *
describe_member (InbTeamList  *self,
                 const InbRow *member)
{
  const char *email = inb_row_get (member, INB_MEMBER_EMAIL);
  const InbRow *team = inb_roster_find_team (self->roster, inb_row_get (member, INB_MEMBER_TEAM_ID));
  g_autofree char *seen = describe_seen (self, inb_row_get_key (member));
  GString *text = g_string_new (email != NULL ? email : _("A program"));

  g_string_append_printf (text, "\n%s", inb_role_text_get_name (inb_roster_get_role (member)));
  if (team != NULL)
    g_string_append_printf (text, " · %s", inb_row_get (team, INB_TEAM_NAME));
  if (inb_roster_is_self (self->roster, member))
    g_string_append_printf (text, " · %s", _("you"));
  else if (seen != NULL)
    g_string_append_printf (text, " · %s", seen);

  return g_string_free (text, FALSE);
}

static void
show_members (InbTeamList *self)
{
  const InbRosterRowKind kind = { "team.show-member", NULL, TRUE };
  GPtrArray *members = inb_roster_get_members (self->roster);

  for (guint i = 0; i < members->len; i++)
    {
      const InbRow *member = g_ptr_array_index (members, i);
      const char *name = inb_row_get (member, INB_MEMBER_NAME);
      g_autofree char *subtitle = describe_member (self, member);
      InbRosterRow *row = inb_roster_row_ensure (self->members, i, &kind);

      inb_roster_row_set (row, inb_row_get_key (member), name, subtitle, _("Edit"));
      inb_roster_row_set_is_program (row, inb_row_get_boolean (member, INB_MEMBER_IS_SERVICE));
    }
  inb_roster_row_trim (self->members, members->len);
}

static void
show_one_former (InbTeamList  *self,
                 InbRosterRow *row,
                 const InbRow *member)
{
  const char *name = inb_row_get (member, INB_MEMBER_NAME);
  gint64 leads = inb_roster_count_leads (self->roster, INB_FILTER_OWNER, inb_row_get_key (member));
  g_autofree char *spoken = g_strdup_printf (_("Invite “%s” again…"), name);
  g_autofree char *count = inb_format_count (leads);
  g_autofree char *owned = g_strdup_printf (ngettext ("%s lead is still theirs", "%s leads are still theirs", (gulong) leads), count);
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", inb_row_get (member, INB_MEMBER_EMAIL), leads > 0 ? "\n" : "",
                                               leads > 0 ? owned : "");

  inb_roster_row_set (row, inb_row_get_key (member), name, subtitle, spoken);
}

/* Programs have no address by which they would be the same again. */
static void
show_former (InbTeamList *self)
{
  const InbRosterRowKind kind = { "team.invite-again", _("Invite…"), TRUE };
  GPtrArray *former = inb_roster_get_former (self->roster);
  guint n = 0;

  for (guint i = 0; i < former->len; i++)
    {
      const InbRow *member = g_ptr_array_index (former, i);

      if (inb_row_get (member, INB_MEMBER_EMAIL) != NULL)
        show_one_former (self, inb_roster_row_ensure (self->former, n++, &kind), member);
    }
  inb_roster_row_trim (self->former, n);
  gtk_widget_set_visible (self->former_group, n > 0);
}

static void
show_teams (InbTeamList *self)
{
  const InbRosterRowKind kind = { "team.show-team", NULL, FALSE };
  GPtrArray *teams = inb_roster_get_teams (self->roster);

  for (guint i = 0; i < teams->len; i++)
    {
      const InbRow *team = g_ptr_array_index (teams, i);
      const char *description = inb_row_get (team, INB_TEAM_DESCRIPTION);
      guint n = inb_roster_count_team (self->roster, inb_row_get_key (team));
      gint64 leads = inb_roster_count_leads (self->roster, INB_FILTER_TEAM, inb_row_get_key (team));
      g_autofree char *members = g_strdup_printf (ngettext ("%u member", "%u members", n), n);
      g_autofree char *count = inb_format_count (leads);
      g_autofree char *owned = g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) leads), count);
      g_autofree char *subtitle = g_strdup_printf ("%s%s%s · %s", description != NULL ? description : "", description != NULL ? "\n" : "",
                                                   members, owned);

      inb_roster_row_set (inb_roster_row_ensure (self->teams, i, &kind), inb_row_get_key (team), inb_row_get (team, INB_TEAM_NAME),
                          subtitle, _("Edit"));
    }
  inb_roster_row_trim (self->teams, teams->len);
}

static void
update (InbTeamList *self)
{
  show_members (self);
  show_former (self);
  show_teams (self);
}

static void
inb_team_list_dispose (GObject *object)
{
  g_clear_object (&INB_TEAM_LIST (object)->roster);

  G_OBJECT_CLASS (inb_team_list_parent_class)->dispose (object);
}

static void
inb_team_list_class_init (InbTeamListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_team_list_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-team-list.ui");
  gtk_widget_class_bind_template_child (widget_class, InbTeamList, members);
  gtk_widget_class_bind_template_child (widget_class, InbTeamList, teams);
  gtk_widget_class_bind_template_child (widget_class, InbTeamList, former_group);
  gtk_widget_class_bind_template_child (widget_class, InbTeamList, former);
}

static void
inb_team_list_init (InbTeamList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * inb_team_list_set_roster:
 * @roster: shown, also when it changes
 */
void
inb_team_list_set_roster (InbTeamList *self,
                          InbRoster   *roster)
{
  g_return_if_fail (INB_IS_TEAM_LIST (self) && self->roster == NULL);

  self->roster = g_object_ref (roster);
  g_signal_connect_object (roster, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

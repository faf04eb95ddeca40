#define G_LOG_DOMAIN "inb-app"

#include "inb-team-window.h"

#include "inb-accessible.h"
#include "inb-invite-window.h"
#include "inb-json.h"
#include "inb-member-page.h"
#include "inb-problem-bar.h"
#include "inb-request-text.h"
#include "inb-roster-request.h"
#include "inb-roster.h"
#include "inb-team-list.h"
#include "inb-team-page.h"

#include <glib/gi18n.h>

#define LIST "list"

struct _InbTeamWindow {
  AdwWindow       parent_instance;

  /* Template */
  GtkWidget      *back;
  AdwWindowTitle *title;
  GtkSpinner     *spinner;
  InbProblemBar  *bar;
  GtkStack       *stack;
  InbTeamList    *list;

  /* Owned */
  InbRoster      *roster;
  char           *report;   /* of the last change, or the last reading; NULL: all is well */
  gboolean        failed;   /* it is of the reading */

  /* Borrowed: in the stack */
  GtkWidget      *page;     /* a member's or a team's; NULL while the list is shown */
  GtkWidget      *origin;   /* weak: where the keyboard was in the list */
};

G_DEFINE_FINAL_TYPE (InbTeamWindow, inb_team_window, ADW_TYPE_WINDOW)

/* --- pages -------------------------------------------------------------------------------------------------------------- */

static const InbRow *
find_shown (InbTeamWindow *self)
{
  if (INB_IS_MEMBER_PAGE (self->page))
    return inb_roster_find_member (self->roster, inb_member_page_get_id (INB_MEMBER_PAGE (self->page)));

  return inb_roster_find_team (self->roster, inb_team_page_get_id (INB_TEAM_PAGE (self->page)));
}

static void
show_list (InbTeamWindow *self)
{
  if (self->page == NULL)
    return;

  /* GTK warns of a field that goes while it has the keyboard. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, LIST);
  gtk_stack_remove (self->stack, g_steal_pointer (&self->page));
}

static void
update (InbTeamWindow *self)
{
  const InbRow *shown;
  const char *text;
  gboolean online;

  /* An answer may come after it was closed. */
  if (self->roster == NULL)
    return;

  online = inb_roster_get_online (self->roster);
  shown = self->page != NULL ? find_shown (self) : NULL;
  text = !online ? _("Members and tokens can only be changed while the service is there") : self->report;
  if (self->page != NULL && shown == NULL)
    show_list (self);
  gtk_widget_set_visible (self->back, self->page != NULL);
  adw_window_title_set_title (self->title, shown == NULL ? _("Team and Members")
                                           : inb_row_get (shown, inb_row_get_kind (shown) == INB_KIND_MEMBER ? (guint) INB_MEMBER_NAME
                                                                                                               : (guint) INB_TEAM_NAME));
  gtk_spinner_set_spinning (self->spinner, inb_roster_get_busy (self->roster) || (online && !inb_roster_get_known (self->roster)));
  inb_problem_bar_show (self->bar, text, online && self->failed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "team.invite", online && inb_roster_get_known (self->roster));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "team.invite-again", online);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "team.add", online && inb_roster_get_known (self->roster));
}

static void
set_report (InbTeamWindow *self,
            const char    *text,
            gboolean       failed)
{
  g_free (self->report);
  self->report = g_strdup (text);
  self->failed = failed;
  update (self);
}

static void
on_report (InbTeamWindow *self,
           const char    *text)
{
  set_report (self, text, FALSE);
}

static void
show_page (InbTeamWindow *self,
           GtkWidget     *page)
{
  if (self->page == NULL)
    g_set_weak_pointer (&self->origin, gtk_window_get_focus (GTK_WINDOW (self)));
  show_list (self);
  g_signal_connect_object (page, "report", G_CALLBACK (on_report), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, page);
  self->page = page;
  set_report (self, NULL, FALSE);
  /* First, or the page's first field gets it for a moment, and keeps its text selected. */
  gtk_widget_grab_focus (self->back);
  gtk_stack_set_visible_child (self->stack, page);
}

static void
show_member (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbTeamWindow *self = INB_TEAM_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);

  if (inb_roster_find_member (self->roster, id) != NULL)
    show_page (self, inb_member_page_new (self->roster, id));
}

static void
show_team (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbTeamWindow *self = INB_TEAM_WINDOW (widget);
  const char *id = g_variant_get_string (parameter, NULL);

  if (inb_roster_find_team (self->roster, id) != NULL)
    show_page (self, inb_team_page_new (self->roster, id));
}

/* Back, and from the list out. */
static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbTeamWindow *self = INB_TEAM_WINDOW (widget);

  if (self->page == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  show_list (self);
  set_report (self, NULL, FALSE);
  if (self->origin != NULL)
    gtk_widget_grab_focus (self->origin);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

static void
invite (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  InbTeamWindow *self = INB_TEAM_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (inb_invite_window_new (GTK_WINDOW (self), self->roster, NULL)));
}

static void
invite_again (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  InbTeamWindow *self = INB_TEAM_WINDOW (widget);
  GPtrArray *former = inb_roster_get_former (self->roster);
  const char *id = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < former->len; i++)
    if (g_strcmp0 (inb_row_get_key (g_ptr_array_index (former, i)), id) == 0)
      {
        gtk_window_present (GTK_WINDOW (inb_invite_window_new (GTK_WINDOW (self), self->roster, g_ptr_array_index (former, i))));
        return;
      }
}

static void
on_team_added (GtkWidget  *widget,
               gboolean    is_done,
               const char *problem)
{
  on_report (INB_TEAM_WINDOW (widget), problem);
}

static void
on_add_response (AdwMessageDialog *dialog,
                 const char       *response,
                 InbTeamWindow    *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  GString *json;

  if (!g_str_equal (response, "add") || *name == '\0')
    return;

  json = g_string_new ("{");
  inb_json_append_member (json, "name", name);
  g_string_append_c (json, '}');
  inb_roster_request_send (inb_roster_request_new (self->roster, GTK_WIDGET (self), "POST", g_strdup ("/api/teams"), json, NULL,
                                                   on_team_added));
}

static void
on_team_named (GtkEditable      *entry,
               AdwMessageDialog *dialog)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_message_dialog_set_response_enabled (dialog, "add", *name != '\0');
}

static void
add_team (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (widget), _("Add a Team"), NULL));
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("Name of the team"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the team"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "add", _("_Add"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "add", FALSE);
  adw_message_dialog_set_default_response (dialog, "add");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_team_named), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_add_response), widget, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
reload (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  InbTeamWindow *self = INB_TEAM_WINDOW (widget);

  set_report (self, NULL, FALSE);
  inb_roster_load (self->roster);
}

static void
on_failed (InbTeamWindow *self,
           const GError  *error)
{
  g_autofree char *why = inb_request_text_describe (error, NULL, NULL);

  set_report (self, why, TRUE);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_team_window_dispose (GObject *object)
{
  InbTeamWindow *self = INB_TEAM_WINDOW (object);

  g_clear_weak_pointer (&self->origin);
  if (self->roster != NULL)
    g_object_run_dispose (G_OBJECT (self->roster));
  g_clear_object (&self->roster);

  G_OBJECT_CLASS (inb_team_window_parent_class)->dispose (object);
}

static void
inb_team_window_finalize (GObject *object)
{
  g_free (INB_TEAM_WINDOW (object)->report);

  G_OBJECT_CLASS (inb_team_window_parent_class)->finalize (object);
}

static void
inb_team_window_class_init (InbTeamWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_team_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_team_window_finalize;

  g_type_ensure (INB_TYPE_PROBLEM_BAR);
  g_type_ensure (INB_TYPE_TEAM_LIST);
  gtk_widget_class_install_action (widget_class, "team.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "team.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "team.invite", NULL, invite);
  gtk_widget_class_install_action (widget_class, "team.invite-again", "s", invite_again);
  gtk_widget_class_install_action (widget_class, "team.add", NULL, add_team);
  gtk_widget_class_install_action (widget_class, "team.show-member", "s", show_member);
  gtk_widget_class_install_action (widget_class, "team.show-team", "s", show_team);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "team.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "team.back", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-team-window.ui");
  gtk_widget_class_bind_template_child (widget_class, InbTeamWindow, back);
  gtk_widget_class_bind_template_child (widget_class, InbTeamWindow, title);
  gtk_widget_class_bind_template_child (widget_class, InbTeamWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, InbTeamWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, InbTeamWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, InbTeamWindow, list);
}

static void
inb_team_window_init (InbTeamWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_stack (self->stack);
}

/**
 * inb_team_window_new:
 * @session: whose workspace it is; the user owns it
 *
 * Returns: (transfer none): a window that GTK owns
 */
InbTeamWindow *
inb_team_window_new (GtkWindow  *parent,
                     InbSession *session)
{
  InbTeamWindow *self = g_object_new (INB_TYPE_TEAM_WINDOW, "transient-for", parent, NULL);

  self->roster = inb_roster_new (session);
  g_signal_connect_object (self->roster, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->roster, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  inb_team_list_set_roster (self->list, self->roster);
  inb_roster_load (self->roster);
  update (self);

  return self;
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-invite-window.h"

#include "inb-accessible.h"
#include "inb-json.h"
#include "inb-loss-question.h"
#include "inb-mail.h"
#include "inb-problem-bar.h"
#include "inb-request-text.h"
#include "inb-role-text.h"
#include "inb-time.h"
#include "inb-token-page.h"

#include <glib/gi18n.h>

static const guint days[] = { 0, 7, 30, 90, 365 };

struct _InbInviteWindow {
  AdwWindow            parent_instance;

  /* Template */
  GtkButton           *cancel;
  GtkWidget           *submit;
  GtkSpinner          *spinner;
  InbProblemBar       *bar;
  GtkStack            *stack;
  GtkWidget           *form;
  AdwPreferencesGroup *group;
  AdwEntryRow         *name;
  AdwEntryRow         *email;
  AdwEntryRow         *computer;
  AdwComboRow         *role;
  AdwComboRow         *team;
  AdwComboRow         *expiry;
  InbTokenPage        *token;

  /* Owned */
  InbRoster           *roster;
  InbRow              *member;    /* NULL: somebody new */
  GPtrArray           *team_ids;  /* in the order of the list; the first is none */
  GCancellable        *cancellable;
  char                *problem;   /* the service's, until something is changed */

  GtkWidget           *origin;    /* weak, borrowed: the field from which it was sent */

  gboolean             for_token;
  gboolean             is_sending;
  gboolean             may_be_lost;   /* the token that was not copied */
};

G_DEFINE_FINAL_TYPE (InbInviteWindow, inb_invite_window, ADW_TYPE_WINDOW)

/* --- the form ----------------------------------------------------------------------------------------------------------- */

/* (transfer full) (nullable): NULL when it is blank. */
static char *
get_text (AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static gboolean
is_member (InbInviteWindow *self,
           const char      *email_norm)
{
  GPtrArray *members = inb_roster_get_members (self->roster);

  for (guint i = 0; i < members->len; i++)
    {
      const char *email = inb_row_get (g_ptr_array_index (members, i), INB_MEMBER_EMAIL);
      g_autofree char *norm = email != NULL ? inb_mail_normalize (email) : NULL;

      if (g_strcmp0 (norm, email_norm) == 0)
        return TRUE;
    }

  return FALSE;
}

/* (transfer full) (nullable): what to do before it can be sent; @is_sound: (out): whether it can. */
static char *
check_form (InbInviteWindow *self,
            gboolean        *is_sound)
{
  g_autofree char *name = get_text (self->name);
  g_autofree char *email = get_text (self->email);
  g_autofree char *norm = email != NULL ? inb_mail_normalize (email) : NULL;

  *is_sound = FALSE;
  if (!inb_roster_get_online (self->roster))
    return g_strdup (_("Members and tokens can only be changed while the service is there"));
  if (self->for_token)
    {
      *is_sound = TRUE;
      return NULL;
    }
  if (norm != NULL && is_member (self, norm))
    return g_strdup (_("Somebody with this address is a member already"));
  /* While it is typed nobody wants to hear that it is not whole. */
  if (email != NULL && norm == NULL && !gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->email)))))
    return g_strdup (_("This is no mail address: it looks like name@example.org"));
  *is_sound = name != NULL && norm != NULL;

  return NULL;
}

static void
update (InbInviteWindow *self)
{
  gboolean is_sound;
  g_autofree char *problem = NULL;
  gboolean is_done;
  InbRole role;

  /* A field gives up the keyboard while the window goes. */
  if (self->roster == NULL)
    return;

  problem = check_form (self, &is_sound);
  is_done = gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->token);
  role = INB_ROLE_VIEWER + (InbRole) adw_combo_row_get_selected (self->role);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->role), inb_role_text_get_description (role));
  inb_problem_bar_show (self->bar, is_done ? NULL : problem != NULL ? problem : self->problem, FALSE);
  gtk_spinner_set_spinning (self->spinner, self->is_sending);
  gtk_widget_set_sensitive (self->form, !self->is_sending);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "invite.send", is_sound && !self->is_sending && !is_done);
}

static void
on_edited (InbInviteWindow *self)
{
  g_clear_pointer (&self->problem, g_free);
  update (self);
}

static void
append_expiry (InbInviteWindow *self,
               GString         *json)
{
  guint n_days = days[MIN (adw_combo_row_get_selected (self->expiry), G_N_ELEMENTS (days) - 1)];
  g_autofree char *end = NULL;

  if (n_days == 0)
    return;

  end = inb_time_format (inb_time_now () + (gint64) n_days * G_TIME_SPAN_DAY);
  inb_json_append_member (json, "expires_at", end);
}

static GString *
write_member (InbInviteWindow *self)
{
  g_autofree char *name = get_text (self->name);
  g_autofree char *email = get_text (self->email);
  guint team = adw_combo_row_get_selected (self->team);
  GString *json = g_string_new ("{");

  inb_json_append_member (json, "name", name);
  inb_json_append_member (json, "email", email);
  inb_json_append_member (json, "role", inb_role_get_name (INB_ROLE_VIEWER + (InbRole) adw_combo_row_get_selected (self->role)));
  if (team > 0 && team < self->team_ids->len)
    inb_json_append_member (json, "team_id", g_ptr_array_index (self->team_ids, team));
  append_expiry (self, json);
  g_string_append_c (json, '}');

  return json;
}

static GString *
write_token (InbInviteWindow *self)
{
  g_autofree char *computer = get_text (self->computer);
  GString *json = g_string_new ("{");

  inb_json_append_member (json, "user_id", inb_row_get_key (self->member));
  if (computer != NULL)
    inb_json_append_member (json, "name", computer);
  inb_json_append_member (json, "role", inb_role_get_name (INB_ROLE_VIEWER + (InbRole) adw_combo_row_get_selected (self->role)));
  append_expiry (self, json);
  g_string_append_c (json, '}');

  return json;
}

/* --- what came of it ---------------------------------------------------------------------------------------------------- */

static void
show_token (InbInviteWindow *self,
            JsonObject      *token)
{
  const char *name = inb_json_get_string (token, "user_name");
  const char *link = inb_json_get_string (token, "link");
  InbSession *session = inb_roster_get_session (self->roster);
  const char *workspace = inb_session_get_name (session);

  inb_token_page_show (self->token, name, workspace != NULL ? workspace : inb_session_get_account (session)->workspace_id, link);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->token));
  gtk_widget_set_visible (self->submit, FALSE);
  gtk_button_set_label (self->cancel, _("_Done"));
  gtk_window_set_title (GTK_WINDOW (self), _("New Token"));
  inb_token_page_focus (self->token);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbInviteWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = inb_roster_send_finish (INB_ROSTER (source), result, &error);
  JsonObject *object = answer != NULL ? json_node_get_object (answer) : NULL;
  JsonObject *token = object == NULL || self->for_token ? object : inb_json_get_object (object, "token");

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  self->is_sending = FALSE;
  if (token != NULL && inb_json_get_string (token, "link") != NULL && inb_json_get_string (token, "user_name") != NULL)
    show_token (self, token);
  else if (error != NULL)
    self->problem = inb_request_text_describe (error, _("Somebody with this address is a member already"),
                                               _("Somebody else has removed this member meanwhile."));
  else
    self->problem = g_strdup (_("The service made no token. Make one on the member’s page."));
  update (self);
  if (self->problem != NULL && self->origin != NULL)
    gtk_widget_grab_focus (self->origin);
}

static void
submit (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  InbInviteWindow *self = INB_INVITE_WINDOW (widget);

  g_clear_pointer (&self->problem, g_free);
  /* GTK warns of a field that is greyed while it has the keyboard. */
  g_set_weak_pointer (&self->origin, gtk_window_get_focus (GTK_WINDOW (self)));
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->is_sending = TRUE;
  update (self);
  inb_roster_send_async (self->roster, "POST", self->for_token ? "/api/tokens" : "/api/users",
                         self->for_token ? write_token (self) : write_member (self), self->cancellable, on_sent,
                         g_object_ref (self));
}

static void
on_entry_activated (InbInviteWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "invite.send", NULL);
}

static void
agree_to_lose (GtkWindow *window)
{
  INB_INVITE_WINDOW (window)->may_be_lost = TRUE;
}

/* Whoever closes it too early would have to make another one. */
static gboolean
inb_invite_window_close_request (GtkWindow *window)
{
  InbInviteWindow *self = INB_INVITE_WINDOW (window);

  if (gtk_stack_get_visible_child (self->stack) != GTK_WIDGET (self->token) || inb_token_page_get_copied (self->token) ||
      self->may_be_lost)
    return GTK_WINDOW_CLASS (inb_invite_window_parent_class)->close_request (window);

  inb_loss_question_ask (window, _("Close Without Copying?"), _("The token cannot be shown again."), _("_Close"), agree_to_lose);

  return GDK_EVENT_STOP;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_invite_window_dispose (GObject *object)
{
  InbInviteWindow *self = INB_INVITE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->origin);
  g_clear_object (&self->roster);

  G_OBJECT_CLASS (inb_invite_window_parent_class)->dispose (object);
}

static void
inb_invite_window_finalize (GObject *object)
{
  InbInviteWindow *self = INB_INVITE_WINDOW (object);

  g_clear_pointer (&self->member, inb_row_unref);
  g_ptr_array_unref (self->team_ids);
  g_clear_object (&self->cancellable);
  g_free (self->problem);

  G_OBJECT_CLASS (inb_invite_window_parent_class)->finalize (object);
}

static void
inb_invite_window_class_init (InbInviteWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_invite_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_invite_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = inb_invite_window_close_request;

  g_type_ensure (INB_TYPE_PROBLEM_BAR);
  g_type_ensure (INB_TYPE_TOKEN_PAGE);
  gtk_widget_class_install_action (widget_class, "invite.send", NULL, submit);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-invite-window.ui");
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, cancel);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, submit);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, bar);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, form);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, group);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, name);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, email);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, computer);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, role);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, team);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, expiry);
  gtk_widget_class_bind_template_child (widget_class, InbInviteWindow, token);
}

static void
inb_invite_window_init (InbInviteWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->team_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_stack (self->stack);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "entry-activated", G_CALLBACK (on_entry_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->email, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->email, "entry-activated", G_CALLBACK (on_entry_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->email)), "notify::has-focus", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->computer, "entry-activated", G_CALLBACK (on_entry_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->role, "notify::selected", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

static void
list_roles (InbInviteWindow *self,
            InbRole          highest,
            InbRole          selected)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (InbRole role = INB_ROLE_VIEWER; role <= highest; role++)
    gtk_string_list_append (names, inb_role_text_get_name (role));
  adw_combo_row_set_model (self->role, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->role, selected - INB_ROLE_VIEWER);
}

static void
list_teams (InbInviteWindow *self)
{
  GPtrArray *teams = inb_roster_get_teams (self->roster);
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *[]) { _("No team"), NULL });

  g_ptr_array_add (self->team_ids, NULL);
  for (guint i = 0; i < teams->len; i++)
    {
      const InbRow *team = g_ptr_array_index (teams, i);

      gtk_string_list_append (names, inb_row_get (team, INB_TEAM_NAME));
      g_ptr_array_add (self->team_ids, g_strdup (inb_row_get_key (team)));
    }
  adw_combo_row_set_model (self->team, G_LIST_MODEL (names));
}

static InbInviteWindow *
new_window (GtkWindow    *parent,
            InbRoster    *roster,
            const InbRow *member)
{
  InbInviteWindow *self = g_object_new (INB_TYPE_INVITE_WINDOW, "transient-for", parent, NULL);

  self->roster = g_object_ref (roster);
  self->member = member != NULL ? inb_row_copy (member) : NULL;
  g_signal_connect_object (roster, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * inb_invite_window_new:
 * @former: (nullable): whose name and address are filled in
 *
 * Returns: (transfer none): a window that GTK owns
 */
InbInviteWindow *
inb_invite_window_new (GtkWindow    *parent,
                       InbRoster    *roster,
                       const InbRow *former)
{
  InbInviteWindow *self = new_window (parent, roster, former);

  list_roles (self, INB_ROLE_OWNER, INB_ROLE_AGENT);
  list_teams (self);
  gtk_widget_set_visible (GTK_WIDGET (self->computer), FALSE);
  if (former != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name), inb_row_get (former, INB_MEMBER_NAME));
      gtk_editable_set_text (GTK_EDITABLE (self->email), inb_row_get (former, INB_MEMBER_EMAIL) != NULL
                                                         ? inb_row_get (former, INB_MEMBER_EMAIL) : "");
    }
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));

  return self;
}

/**
 * inb_invite_window_new_for_token:
 * @member: whose token it will be; it may do what they may, or less
 *
 * Returns: (transfer none): a window that GTK owns
 */
InbInviteWindow *
inb_invite_window_new_for_token (GtkWindow    *parent,
                                 InbRoster    *roster,
                                 const InbRow *member)
{
  InbInviteWindow *self = new_window (parent, roster, member);
  InbRole role = inb_roster_get_role (member);
  g_autofree char *title = g_strdup_printf (_("For %s"), inb_row_get (member, INB_MEMBER_NAME));

  self->for_token = TRUE;
  list_roles (self, role, role);
  gtk_window_set_title (GTK_WINDOW (self), _("New Token"));
  gtk_button_set_label (GTK_BUTTON (self->submit), _("_Make"));
  adw_preferences_group_set_title (self->group, title);
  adw_preferences_group_set_description (self->group, _("One for each computer or program, so that one can be revoked without the "
                                                        "others."));
  gtk_widget_set_visible (GTK_WIDGET (self->name), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->email), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->team), FALSE);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->computer));

  return self;
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-member-page.h"

#include "inb-format.h"
#include "inb-invite-window.h"
#include "inb-json.h"
#include "inb-role-text.h"
#include "inb-roster-request.h"
#include "inb-roster-row.h"
#include "inb-time.h"

#include <glib/gi18n.h>

struct _InbMemberPage {
  AdwBin        parent_instance;

  /* Template */
  AdwEntryRow  *name;
  AdwActionRow *email;
  AdwComboRow  *role;
  AdwComboRow  *team;
  GtkListBox   *tokens;
  AdwActionRow *remove_row;
  GtkWidget    *remove;

  /* Owned */
  InbRoster    *roster;
  InbRow       *member;     /* as it is shown */
  GPtrArray    *team_ids;   /* in the order of the list; the first is none */

  gboolean      is_filling;
};

static guint report_signal;

G_DEFINE_FINAL_TYPE (InbMemberPage, inb_member_page, ADW_TYPE_BIN)

static const char *
get_name (InbMemberPage *self)
{
  return inb_row_get (self->member, INB_MEMBER_NAME);
}

/* --- what it shows ------------------------------------------------------------------------------------------------------ */

static void
fill_name (InbMemberPage *self,
           const InbRow  *member)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->name));
  const char *name = inb_row_get (member, INB_MEMBER_NAME);
  gboolean is_typing = self->member != NULL && g_strcmp0 (typed, get_name (self)) != 0 && g_strcmp0 (typed, name) != 0;

  if (!is_typing)
    {
      if (g_strcmp0 (typed, name) != 0)
        gtk_editable_set_text (GTK_EDITABLE (self->name), name);
    }
  else if (g_strcmp0 (get_name (self), name) != 0)
    {
      g_autofree char *text = g_strdup_printf (_("Somebody else calls this member “%s” now. Your name has not been saved yet."), name);

      g_signal_emit (self, report_signal, 0, text);
    }
}

/* What stands in the way of whoever would be missed. */
static const char *
get_last_reason (const InbRow *member)
{
  return inb_row_get_boolean (member, INB_MEMBER_IS_SERVICE) ? _("The only owner: make somebody else an owner first")
         : _("The only person who is an owner: make somebody else an owner first");
}

static void
fill_role (InbMemberPage *self,
           const InbRow  *member)
{
  InbRole role = inb_roster_get_role (member);
  gboolean is_last = inb_roster_is_last_owner (self->roster, member);

  adw_combo_row_set_selected (self->role, role - INB_ROLE_VIEWER);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->role),
                               is_last ? get_last_reason (member) : inb_role_text_get_description (role));
}

static gboolean
is_same_list (GListModel *a,
              GListModel *b)
{
  guint n = g_list_model_get_n_items (b);

  if (a == NULL || g_list_model_get_n_items (a) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (gtk_string_list_get_string (GTK_STRING_LIST (a), i), gtk_string_list_get_string (GTK_STRING_LIST (b), i)) != 0)
      return FALSE;

  return TRUE;
}

static void
fill_team (InbMemberPage *self,
           const InbRow  *member)
{
  GPtrArray *teams = inb_roster_get_teams (self->roster);
  const char *current = inb_row_get (member, INB_MEMBER_TEAM_ID);
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *[]) { _("No team"), NULL });
  guint selected = 0;

  g_ptr_array_set_size (self->team_ids, 0);
  g_ptr_array_add (self->team_ids, NULL);
  for (guint i = 0; i < teams->len; i++)
    {
      const InbRow *team = g_ptr_array_index (teams, i);

      gtk_string_list_append (names, inb_row_get (team, INB_TEAM_NAME));
      g_ptr_array_add (self->team_ids, g_strdup (inb_row_get_key (team)));
      if (g_strcmp0 (inb_row_get_key (team), current) == 0)
        selected = i + 1;
    }
  /* A list that is open stays open. */
  if (!is_same_list (adw_combo_row_get_model (self->team), G_LIST_MODEL (names)))
    adw_combo_row_set_model (self->team, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->team, selected);
}

static char *
describe_token (InbMemberPage      *self,
                const InbTokenInfo *info)
{
  GTimeZone *timezone = inb_clock_get_timezone (inb_session_get_clock (inb_roster_get_session (self->roster)));
  gint64 now = inb_time_now ();
  g_autofree char *made = inb_format_when (info->created_at, now, timezone);
  g_autofree char *used = info->last_used_at != INB_TIME_NONE ? inb_format_when (info->last_used_at, now, timezone) : NULL;
  g_autofree char *end = info->expires_at != INB_TIME_NONE ? inb_format_when (info->expires_at, now, timezone) : NULL;
  GString *text = g_string_new (inb_role_text_get_name (info->role));

  /* Translators: of a token; "%s" is "just now", "2 min ago" or "on 22 Nov". */
  g_string_append_printf (text, _(" · made %s"), made);
  if (used != NULL)
    g_string_append_printf (text, _(" · last used %s"), used);
  g_string_append_c (text, '\n');
  if (end == NULL)
    g_string_append (text, _("Until it is revoked"));
  else if (info->expires_at <= now)
    g_string_append_printf (text, _("Ended %s"), end);
  else
    g_string_append_printf (text, _("Ends %s"), end);

  return g_string_free (text, FALSE);
}

static void
fill_tokens (InbMemberPage *self,
             const InbRow  *member)
{
  const InbRosterRowKind kind = { "member.revoke", _("Revoke…"), FALSE };
  g_autoptr (GPtrArray) tokens = inb_roster_list_tokens (self->roster, inb_row_get_key (member));

  for (guint i = 0; i < tokens->len; i++)
    {
      const InbTokenInfo *info = g_ptr_array_index (tokens, i);
      g_autofree char *subtitle = describe_token (self, info);
      g_autofree char *spoken = g_strdup_printf (_("Revoke “%s”…"), info->name);

      inb_roster_row_set (inb_roster_row_ensure (self->tokens, i, &kind), info->id, info->name, subtitle, spoken);
    }
  inb_roster_row_trim (self->tokens, tokens->len);
}

static char *
describe_leads (InbMemberPage *self,
                const InbRow  *member)
{
  gint64 leads = inb_roster_count_leads (self->roster, INB_FILTER_OWNER, inb_row_get_key (member));
  g_autofree char *count = inb_format_count (leads);

  if (leads == 0)
    return g_strdup (_("They own no leads. Their name stays on what they did."));

  return g_strdup_printf (ngettext ("%s lead stays theirs, under their name, until you give it to somebody else.",
                                    "%s leads stay theirs, under their name, until you give them to somebody else.", (gulong) leads),
                          count);
}

static void
update (InbMemberPage *self)
{
  const InbRow *member = inb_roster_find_member (self->roster, inb_row_get_key (self->member));
  gboolean online = inb_roster_get_online (self->roster);
  const char *email;
  g_autofree char *leads = NULL;
  gboolean is_last;

  /* The window leaves the page then. */
  if (member == NULL)
    return;

  is_last = inb_roster_is_last_owner (self->roster, member);
  email = inb_row_get (member, INB_MEMBER_EMAIL);
  leads = describe_leads (self, member);
  self->is_filling = TRUE;
  fill_name (self, member);
  adw_action_row_set_subtitle (self->email, email != NULL ? email : _("A program has none"));
  fill_role (self, member);
  fill_team (self, member);
  fill_tokens (self, member);
  adw_action_row_set_subtitle (self->remove_row, is_last ? get_last_reason (member) : leads);
  self->is_filling = FALSE;

  gtk_widget_set_sensitive (GTK_WIDGET (self->name), online);
  gtk_widget_set_sensitive (GTK_WIDGET (self->role), online && !is_last);
  gtk_widget_set_sensitive (GTK_WIDGET (self->team), online);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "member.remove", online && !is_last);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "member.new-token", online);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "member.revoke", online);

  inb_row_ref ((InbRow *) member);
  inb_row_unref (self->member);
  self->member = (InbRow *) member;
}

/* --- what is done ------------------------------------------------------------------------------------------------------- */

static void
on_done (GtkWidget  *page,
         gboolean    is_done,
         const char *problem)
{
  InbMemberPage *self = INB_MEMBER_PAGE (page);

  /* The fields go back to how things are. */
  if (!is_done)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->name), get_name (self));
      update (self);
    }
  g_signal_emit (self, report_signal, 0, problem);
}

/* @folder: "users" or "tokens" */
static InbRosterRequest *
new_request (InbMemberPage *self,
             const char    *method,
             const char    *folder,
             const char    *id,
             GString       *body)
{
  return inb_roster_request_new (self->roster, GTK_WIDGET (self), method, g_strdup_printf ("/api/%s/%s", folder, id), body,
                                 _("This is the only owner: make somebody else an owner first."), on_done);
}

static InbRosterRequest *
new_change (InbMemberPage *self,
            const char    *field,
            const char    *value)
{
  GString *json = g_string_new ("{");

  inb_json_append_member (json, field, value);
  g_string_append_c (json, '}');

  return new_request (self, "PATCH", "users", inb_row_get_key (self->member), json);
}

static void
on_name_applied (InbMemberPage *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));

  if (*name == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->name), get_name (self));
  else if (g_strcmp0 (name, get_name (self)) != 0)
    inb_roster_request_send (new_change (self, "name", name));
}

static void
on_role_selected (InbMemberPage *self)
{
  InbRole role = INB_ROLE_VIEWER + (InbRole) adw_combo_row_get_selected (self->role);

  if (self->is_filling || role > INB_ROLE_OWNER || role == inb_roster_get_role (self->member))
    return;

  if (inb_roster_is_self (self->roster, self->member) && role < INB_ROLE_OWNER)
    inb_roster_request_ask (new_change (self, "role", inb_role_get_name (role)), _("Give Up Being an Owner?"),
                            _("You could not undo that: only another owner could make you one again."), _("_Give Up"));
  else
    inb_roster_request_send (new_change (self, "role", inb_role_get_name (role)));
}

static void
on_team_selected (InbMemberPage *self)
{
  guint selected = adw_combo_row_get_selected (self->team);
  const char *team_id = selected < self->team_ids->len ? g_ptr_array_index (self->team_ids, selected) : NULL;

  if (!self->is_filling && g_strcmp0 (team_id, inb_row_get (self->member, INB_MEMBER_TEAM_ID)) != 0)
    inb_roster_request_send (new_change (self, "team_id", team_id));
}

static void
remove_member (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  InbMemberPage *self = INB_MEMBER_PAGE (widget);
  g_autofree char *heading = g_strdup_printf (_("Remove %s?"), get_name (self));
  g_autofree char *leads = describe_leads (self, self->member);
  g_autofree char *body = g_strdup_printf ("%s\n\n%s\n\n%s", _("Their tokens end at once, and what the app keeps on their computers is "
                                                               "wiped."), leads, _("They can be invited again later."));

  inb_roster_request_ask (new_request (self, "DELETE", "users", inb_row_get_key (self->member), NULL), heading, body, _("_Remove"));
}

static void
revoke_token (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  InbMemberPage *self = INB_MEMBER_PAGE (widget);
  g_autoptr (GPtrArray) tokens = inb_roster_list_tokens (self->roster, inb_row_get_key (self->member));
  const char *id = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < tokens->len; i++)
    {
      const InbTokenInfo *info = g_ptr_array_index (tokens, i);
      g_autofree char *heading = NULL;

      if (!g_str_equal (info->id, id))
        continue;
      heading = g_strdup_printf (_("Revoke “%s”?"), info->name);
      inb_roster_request_ask (new_request (self, "DELETE", "tokens", id, NULL), heading,
                              _("Who uses it is signed out at once, and what the app keeps there is wiped. Changes that were not sent "
                                "yet are lost with it."), _("_Revoke"));
    }
}

static void
new_token (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbMemberPage *self = INB_MEMBER_PAGE (widget);

  gtk_window_present (GTK_WINDOW (inb_invite_window_new_for_token (GTK_WINDOW (gtk_widget_get_root (widget)), self->roster,
                                                                   self->member)));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_member_page_dispose (GObject *object)
{
  g_clear_object (&INB_MEMBER_PAGE (object)->roster);

  G_OBJECT_CLASS (inb_member_page_parent_class)->dispose (object);
}

static void
inb_member_page_finalize (GObject *object)
{
  InbMemberPage *self = INB_MEMBER_PAGE (object);

  g_clear_pointer (&self->member, inb_row_unref);
  g_ptr_array_unref (self->team_ids);

  G_OBJECT_CLASS (inb_member_page_parent_class)->finalize (object);
}

static void
inb_member_page_class_init (InbMemberPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_member_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_member_page_finalize;

  report_signal = g_signal_new ("report", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "member.remove", NULL, remove_member);
  gtk_widget_class_install_action (widget_class, "member.new-token", NULL, new_token);
  gtk_widget_class_install_action (widget_class, "member.revoke", "s", revoke_token);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-member-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbMemberPage, name);
  gtk_widget_class_bind_template_child (widget_class, InbMemberPage, email);
  gtk_widget_class_bind_template_child (widget_class, InbMemberPage, role);
  gtk_widget_class_bind_template_child (widget_class, InbMemberPage, team);
  gtk_widget_class_bind_template_child (widget_class, InbMemberPage, tokens);
  gtk_widget_class_bind_template_child (widget_class, InbMemberPage, remove_row);
  gtk_widget_class_bind_template_child (widget_class, InbMemberPage, remove);
}

static void
inb_member_page_init (InbMemberPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->team_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  for (InbRole role = INB_ROLE_VIEWER; role <= INB_ROLE_OWNER; role++)
    gtk_string_list_append (names, inb_role_text_get_name (role));
  self->is_filling = TRUE;
  adw_combo_row_set_model (self->role, G_LIST_MODEL (names));
  self->is_filling = FALSE;
  g_signal_connect_object (self->name, "apply", G_CALLBACK (on_name_applied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->role, "notify::selected", G_CALLBACK (on_role_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->team, "notify::selected", G_CALLBACK (on_team_selected), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_member_page_new:
 * @user_id: a member of @roster
 *
 * Returns: (transfer floating): a page for the owner's window
 */
GtkWidget *
inb_member_page_new (InbRoster  *roster,
                     const char *user_id)
{
  const InbRow *member = inb_roster_find_member (roster, user_id);
  InbMemberPage *self;

  g_return_val_if_fail (member != NULL, NULL);

  self = g_object_new (INB_TYPE_MEMBER_PAGE, NULL);
  self->roster = g_object_ref (roster);
  self->member = inb_row_ref ((InbRow *) member);
  gtk_editable_set_text (GTK_EDITABLE (self->name), get_name (self));
  g_signal_connect_object (roster, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

const char *
inb_member_page_get_id (InbMemberPage *self)
{
  g_return_val_if_fail (INB_IS_MEMBER_PAGE (self), NULL);

  return inb_row_get_key (self->member);
}

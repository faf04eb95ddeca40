#define G_LOG_DOMAIN "inb-app"

#include "inb-connect-page.h"

#include "inb-accessible.h"
#include "inb-error.h"
#include "inb-probe-text.h"
#include "inb-service-starter.h"

#include <glib/gi18n.h>

struct _InbConnectPage {
  AdwBin              parent_instance;

  /* Template */
  GtkStack           *stack;
  GtkButton          *local;
  GtkLabel           *local_hint;
  GtkButton          *remote;
  GtkButton          *cancel;
  GtkLabel           *note;
  AdwEntryRow        *address;
  AdwEntryRow        *workspace;
  AdwPasswordEntryRow *token;
  GtkLabel           *address_hint;
  GtkButton          *connect;
  GtkSpinner         *connect_spinner;
  GtkBox             *problem;
  GtkLabel           *problem_title;
  GtkLabel           *problem_advice;
  GtkExpander        *problem_details;
  GtkLabel           *problem_text;
  GtkSpinner         *progress_spinner;
  GtkLabel           *progress_text;
  AdwStatusPage      *failure;
  GtkLabel           *failure_text;

  /* Owned */
  InbWorkspaces      *workspaces;
  InbServiceStarter  *starter;
  GCancellable       *cancellable;
};

static guint done_signal;

G_DEFINE_FINAL_TYPE (InbConnectPage, inb_connect_page, ADW_TYPE_BIN)

static void
show (InbConnectPage *self,
      const char     *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
renew_cancellable (InbConnectPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
finish (InbConnectPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  g_signal_emit (self, done_signal, 0);
}

/* --- this computer ------------------------------------------------------------------------------------------------------ */

static void
on_step (InbConnectPage *self)
{
  switch (inb_service_starter_get_step (self->starter))
    {
    case INB_SERVICE_STARTER_STARTING:
      gtk_label_set_text (self->progress_text, _("Starting the service. The first time this takes some seconds."));
      break;
    case INB_SERVICE_STARTER_FILLING:
      gtk_label_set_text (self->progress_text, _("Making the first workspace"));
      break;
    case INB_SERVICE_STARTER_IDLE:
    default:
      break;
    }
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbConnectPage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_spinner_stop (self->progress_spinner);
  if (inb_service_starter_run_finish (self->starter, result, &error) && inb_workspaces_open_local (self->workspaces, &error))
    {
      finish (self);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show (self, "choice");
      return;
    }

  gtk_label_set_text (self->failure_text, error->message);
  show (self, "failure");
}

static void
use_local (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbConnectPage *self = INB_CONNECT_PAGE (widget);

  if (inb_workspaces_open_local (self->workspaces, NULL))
    {
      finish (self);
      return;
    }
  if (inb_service_starter_get_step (self->starter) != INB_SERVICE_STARTER_IDLE)
    return;

  renew_cancellable (self);
  gtk_spinner_start (self->progress_spinner);
  show (self, "progress");
  inb_service_starter_run_async (self->starter, self->cancellable, on_started, g_object_ref (self));
}

/* --- a server ----------------------------------------------------------------------------------------------------------- */

static char *
get_text (gpointer row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* "leads.example.org" means https. */
static char *
get_address (InbConnectPage *self)
{
  g_autofree char *text = get_text (self->address);

  while (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  if (*text != '\0' && strstr (text, "://") == NULL)
    return g_strconcat ("https://", text, NULL);

  return g_steal_pointer (&text);
}

static void
set_wrong (gpointer row,
           gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static gboolean
is_public_http (const char *address)
{
  return g_str_has_prefix (address, "http://") && !g_str_has_prefix (address, "http://127.") &&
         !g_str_has_prefix (address, "http://localhost") && !g_str_has_prefix (address, "http://[::1]");
}

static void
validate (InbConnectPage *self)
{
  g_autofree char *address = get_address (self);
  g_autofree char *token = get_text (self->token);
  gboolean address_fits = *address != '\0' && inb_sync_account_check_server (address, NULL);
  gboolean token_fits = *token != '\0' && inb_sync_account_check_token (token, NULL);

  set_wrong (self->address, *address != '\0' && !address_fits);
  set_wrong (self->token, *token != '\0' && !token_fits);
  if (*address != '\0' && !address_fits)
    gtk_label_set_text (self->address_hint, _("An address looks like https://leads.example.org"));
  else if (*token != '\0' && !token_fits)
    gtk_label_set_text (self->address_hint, _("A token has no spaces"));
  else if (is_public_http (address))
    gtk_label_set_text (self->address_hint, _("Without https others on the way can read the token and the leads"));
  else
    gtk_label_set_text (self->address_hint, "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.server", address_fits && token_fits);
}

static void
set_busy (InbConnectPage *self,
          gboolean        busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->workspace), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->token), !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.server", !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->connect_spinner), busy);
  gtk_spinner_set_spinning (self->connect_spinner, busy);
}

/* The keyboard to the field that has to be looked at. */
static void
focus_wrong (InbConnectPage *self,
             const GError   *error)
{
  if (g_error_matches (error, INB_SYNC_PROBE_ERROR, INB_SYNC_PROBE_TOKEN))
    gtk_widget_grab_focus (GTK_WIDGET (self->token));
  else if (g_error_matches (error, INB_SYNC_PROBE_ERROR, INB_SYNC_PROBE_WORKSPACE))
    gtk_widget_grab_focus (GTK_WIDGET (self->workspace));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
show_problem (InbConnectPage *self,
              const GError   *error)
{
  const char *advice;
  const char *title = inb_probe_text_get (error, &advice);

  gtk_label_set_text (self->problem_title, title);
  gtk_label_set_text (self->problem_advice, advice);
  gtk_label_set_text (self->problem_text, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  focus_wrong (self, error);
}

/* A server that has answered as it should, and the token it took. */
typedef struct {
  InbConnectPage *page;
  InbConnection  *connection;
  char           *token;
} Found;

static void
found_free (Found *found)
{
  g_object_unref (found->page);
  inb_connection_free (found->connection);
  g_free (found->token);
  g_free (found);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static void keep_found (Found    *found,
                        gboolean  in_keyring);

static void
on_without_keyring (AdwMessageDialog *dialog,
                    const char       *response,
                    gpointer          user_data)
{
  Found *found = user_data;

  if (g_strcmp0 (response, "session") == 0)
    keep_found (found, FALSE);
  else
    found_free (found);
}

/* (found: transfer full) */
static void
ask_without_keyring (Found        *found,
                     const GError *error)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (found->page)));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, _("The Token Cannot Be Kept"), NULL));

  adw_message_dialog_format_body (dialog, _("There is no keyring that would keep it (%s). You can connect until the program is "
                                            "closed; then you need the token again."), error->message);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "session", _("Connect _Until Closed"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "session", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "session");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_without_keyring), found);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Found) found = user_data;
  InbConnectPage *self = found->page;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  validate (self);
  if (inb_workspaces_add_finish (INB_WORKSPACES (source), result, &error))
    finish (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ask_without_keyring (g_steal_pointer (&found), error);
}

/* (found: transfer full) */
static void
keep_found (Found    *found,
            gboolean  in_keyring)
{
  inb_workspaces_add_async (found->page->workspaces, found->connection, found->token, in_keyring, found->page->cancellable,
                            on_added, found);
}

static void
on_probed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Found) found = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSyncIdentity) identity = inb_sync_probe_finish (result, &error);

  if (identity == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      set_busy (found->page, FALSE);
      validate (found->page);
      show_problem (found->page, error);
      return;
    }

  g_free (found->connection->workspace_id);
  g_free (found->connection->name);
  found->connection->workspace_id = g_steal_pointer (&identity->workspace_id);
  found->connection->name = g_steal_pointer (&identity->workspace_name);
  keep_found (g_steal_pointer (&found), TRUE);
}

static void
connect_server (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  InbConnectPage *self = INB_CONNECT_PAGE (widget);
  Found *found = g_new0 (Found, 1);
  g_autofree char *address = get_address (self);
  g_autofree char *workspace = get_text (self->workspace);

  renew_cancellable (self);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  set_busy (self, TRUE);
  found->page = g_object_ref (self);
  found->connection = inb_connection_new (address, workspace, NULL);
  found->token = get_text (self->token);
  inb_sync_probe_async (address, *workspace != '\0' ? workspace : NULL, found->token, self->cancellable, on_probed, found);
}

static void
show_form (InbConnectPage *self,
           const char     *note)
{
  renew_cancellable (self);
  set_busy (self, FALSE);
  gtk_label_set_text (self->note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), *note != '\0');
  show (self, "server");
  validate (self);
  gtk_widget_grab_focus (*gtk_editable_get_text (GTK_EDITABLE (self->address)) == '\0' ? GTK_WIDGET (self->address)
                                                                                       : GTK_WIDGET (self->token));
}

static void
use_server (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  show_form (INB_CONNECT_PAGE (widget), "");
}

static void
go_back (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  InbConnectPage *self = INB_CONNECT_PAGE (widget);

  renew_cancellable (self);
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  show (self, "choice");
}

static void
cancel (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  renew_cancellable (INB_CONNECT_PAGE (widget));
  finish (INB_CONNECT_PAGE (widget));
}

static void
on_row_activated (InbConnectPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "connect.server", NULL);
}

static void
follow_row (InbConnectPage *self,
            GtkWidget      *row)
{
  g_signal_connect_object (row, "changed", G_CALLBACK (validate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_connect_page_dispose (GObject *object)
{
  InbConnectPage *self = INB_CONNECT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->starter);
  g_clear_object (&self->workspaces);

  G_OBJECT_CLASS (inb_connect_page_parent_class)->dispose (object);
}

static void
inb_connect_page_finalize (GObject *object)
{
  g_clear_object (&INB_CONNECT_PAGE (object)->cancellable);

  G_OBJECT_CLASS (inb_connect_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, local);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, local_hint);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, remote);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, note);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, address);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, workspace);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, token);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, address_hint);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, connect);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, connect_spinner);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem_title);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem_advice);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem_details);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, problem_text);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, progress_spinner);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, progress_text);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, failure);
  gtk_widget_class_bind_template_child (widget_class, InbConnectPage, failure_text);
}

static void
inb_connect_page_class_init (InbConnectPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_connect_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_connect_page_finalize;

  done_signal = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "connect.use-local", NULL, use_local);
  gtk_widget_class_install_action (widget_class, "connect.use-server", NULL, use_server);
  gtk_widget_class_install_action (widget_class, "connect.server", NULL, connect_server);
  gtk_widget_class_install_action (widget_class, "connect.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "connect.cancel", NULL, cancel);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-connect-page.ui");
  bind_children (widget_class);
}

static void
inb_connect_page_init (InbConnectPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->starter = inb_service_starter_new ();
  g_signal_connect_object (self->starter, "step-changed", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  follow_row (self, GTK_WIDGET (self->address));
  follow_row (self, GTK_WIDGET (self->token));
  follow_row (self, GTK_WIDGET (self->workspace));
  inb_accessible_follow_stack (self->stack);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.server", FALSE);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

void
inb_connect_page_set_workspaces (InbConnectPage *self,
                                 InbWorkspaces  *workspaces)
{
  g_return_if_fail (INB_IS_CONNECT_PAGE (self));

  g_set_object (&self->workspaces, workspaces);
}

static void
prepare (InbConnectPage *self,
         gboolean        cancellable)
{
  gboolean possible = inb_service_starter_is_possible ();

  gtk_widget_set_visible (GTK_WIDGET (self->cancel), cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->local), possible);
  gtk_widget_set_visible (GTK_WIDGET (self->local_hint), !possible);
}

void
inb_connect_page_start (InbConnectPage *self,
                        gboolean        cancellable)
{
  g_return_if_fail (INB_IS_CONNECT_PAGE (self));

  prepare (self, cancellable);
  show (self, "choice");
}

void
inb_connect_page_fill (InbConnectPage       *self,
                       const InbConnectLink *link,
                       gboolean              cancellable)
{
  g_return_if_fail (INB_IS_CONNECT_PAGE (self) && link != NULL);

  prepare (self, cancellable);
  gtk_editable_set_text (GTK_EDITABLE (self->address), link->server);
  gtk_editable_set_text (GTK_EDITABLE (self->workspace), link->workspace_id != NULL ? link->workspace_id : "");
  gtk_editable_set_text (GTK_EDITABLE (self->token), link->token != NULL ? link->token : "");
  show_form (self, _("A link has filled this in. Connect only if you trust who sent it."));
}

void
inb_connect_page_sign_in (InbConnectPage      *self,
                          const InbConnection *connection,
                          gboolean             cancellable)
{
  g_return_if_fail (INB_IS_CONNECT_PAGE (self) && connection != NULL);

  prepare (self, cancellable);
  gtk_editable_set_text (GTK_EDITABLE (self->address), connection->server);
  gtk_editable_set_text (GTK_EDITABLE (self->workspace), connection->workspace_id);
  gtk_editable_set_text (GTK_EDITABLE (self->token), "");
  show_form (self, _("Its token is missing or not valid any more. Enter another one."));
}

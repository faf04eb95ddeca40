#define G_LOG_DOMAIN "inb-app"

#include "inb-state-pages.h"

#include "inb-accessible.h"
#include "inb-contacts-offer.h"

#include <glib/gi18n.h>

/* Nobody wants to see that something takes less. */
#define PATIENCE_MSEC 500

struct _InbStatePages {
  AdwBin          parent_instance;

  /* Template */
  GtkStack       *stack;
  GtkSpinner     *loading_spinner;
  InbConnectPage *connect_page;
  GtkButton      *test_button;
  GtkLabel       *test_problem;
  GtkLabel       *webhook_command;
  GtkLabel       *curl_command;
  InbContactsOffer *contacts_offer;
  AdwStatusPage  *error_page;
  GtkButton      *error_retry;
  GtkExpander    *error_details;
  GtkLabel       *error_text;
  AdwBin         *content;

  /* Owned */
  InbSession     *session;
  GCancellable   *sending;      /* a test lead; NULL when none is on its way */

  guint           patience;
  gboolean        impatient;
  gboolean        connecting;
};

enum {
  PAGE_CHANGED,
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];
static GtkBuildableIface *parent_buildable;

static void inb_state_pages_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbStatePages, inb_state_pages, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, inb_state_pages_buildable_init))

/* --- which page --------------------------------------------------------------------------------------------------------- */

static gboolean on_patience_over (gpointer user_data);

static void
show_waiting (InbStatePages *self)
{
  if (self->impatient)
    {
      gtk_stack_set_visible_child_name (self->stack, "loading");
      gtk_spinner_start (self->loading_spinner);
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, "blank");
  if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MSEC, on_patience_over, self);
}

static void
show_page (InbStatePages *self,
           const char    *name)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  self->impatient = FALSE;
  gtk_spinner_stop (self->loading_spinner);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
show_error (InbStatePages *self,
            const char    *title,
            const char    *advice,
            const char    *details,
            gboolean       refused)
{
  adw_status_page_set_title (self->error_page, title);
  adw_status_page_set_description (self->error_page, advice);
  gtk_button_set_label (self->error_retry, refused ? _("Connect Again…") : _("Retry"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->error_retry), refused ? "app.sign-in" : "win.retry");
  gtk_label_set_text (self->error_text, details != NULL ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_details), details != NULL && *details != '\0');
  show_page (self, "error");
}

/* Whether all that there is was fetched once, if only by a program that ran before. */
static gboolean
was_synced (InbStatePages *self)
{
  InbReplica *replica = inb_session_get_replica (self->session);

  return inb_replica_get_cursor (replica) > 0 && inb_replica_get_snapshot_position (replica) == NULL;
}

static void
show_without_leads (InbStatePages *self)
{
  InbSyncClient *client = inb_session_get_client (self->session);
  g_autofree char *error = NULL;
  gint64 last_sync;

  g_object_get (client, "last-error", &error, "last-sync", &last_sync, NULL);
  switch (inb_sync_client_get_state (client))
    {
    case INB_SYNC_UNAUTHORIZED:
      show_error (self, _("Access Refused"), _("The token is not valid any more, and what was kept here is deleted. Ask for a new one."),
                  error, TRUE);
      break;
    case INB_SYNC_OFFLINE:
      if (last_sync > 0)
        show_page (self, "empty");
      else if (!inb_sync_client_has_token (client) && inb_session_get_account (self->session)->server != NULL)
        show_error (self, _("The Token Is Missing"), _("It is needed to fetch the leads."), error, TRUE);
      else if (was_synced (self))
        show_page (self, "empty");
      else
        show_error (self, _("Cannot Reach the Service"), _("See that it is running and that this computer is online."), error,
                    FALSE);
      break;
    case INB_SYNC_LIVE:
      show_page (self, "empty");
      break;
    case INB_SYNC_CONNECTING:
    case INB_SYNC_SYNCING:
    default:
      show_waiting (self);
      break;
    }
}

/* A filter that matches none is the table's business; nothing is empty before list and figures say the same. */
static gboolean
has_content (InbStatePages *self)
{
  InbMetricsWatch *watch = inb_session_get_metrics (self->session);
  const InbMetrics *metrics = inb_metrics_watch_get_metrics (watch);
  InbLeadList *list = inb_session_get_list (self->session);

  if (g_list_model_get_n_items (G_LIST_MODEL (list)) > 0)
    return TRUE;
  if (!inb_lead_filter_is_empty (inb_session_get_filter (self->session)) || inb_session_get_contacts (self->session))
    return TRUE;

  return metrics != NULL && (metrics->total > 0 || inb_metrics_watch_get_stale (watch));
}

static void
update_page (InbStatePages *self)
{
  const GError *error;

  if (self->session == NULL || self->connecting)
    {
      show_page (self, "connect");
      return;
    }

  error = inb_session_get_error (self->session);
  if (error != NULL)
    show_error (self, _("Cannot Open the Leads on This Computer"),
                _("Perhaps another window has them open. What the service holds is not affected."), error->message, FALSE);
  else if (has_content (self))
    show_page (self, "content");
  else if (inb_lead_list_get_ready (inb_session_get_list (self->session)))
    show_without_leads (self);
  else
    show_waiting (self);
}

static gboolean
on_patience_over (gpointer user_data)
{
  InbStatePages *self = user_data;

  self->patience = 0;
  self->impatient = TRUE;
  update_page (self);

  return G_SOURCE_REMOVE;
}

static gboolean
is_empty_shown (InbStatePages *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0;
}

static void
on_replica_changed (InbStatePages *self)
{
  if (is_empty_shown (self))
    inb_contacts_offer_update (self->contacts_offer);
}

static void
on_page_turned (InbStatePages *self)
{
  if (is_empty_shown (self))
    inb_contacts_offer_update (self->contacts_offer);
  g_signal_emit (self, signals[PAGE_CHANGED], 0);
}

/* --- a test lead -------------------------------------------------------------------------------------------------------- */

static void
show_test_problem (InbStatePages *self,
                   const char    *problem)
{
  gtk_label_set_text (self->test_problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->test_problem), problem != NULL);
}

/* Offered to those who may, while the service is there to do it. */
static void
update_test_lead (InbStatePages *self)
{
  InbSyncClient *client = inb_session_get_client (self->session);
  g_autofree char *role = NULL;

  g_object_get (client, "role", &role, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->test_button), g_strcmp0 (role, "manager") == 0 || g_strcmp0 (role, "owner") == 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pages.send-test-lead",
                                 inb_sync_client_get_state (client) == INB_SYNC_LIVE && self->sending == NULL);
}

static void
on_test_lead_sent (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (InbStatePages) self = user_data;
  g_autoptr (GError) error = NULL;

  if (inb_sync_client_send_test_lead_finish (INB_SYNC_CLIENT (source), result, &error))
    show_test_problem (self, NULL);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  else
    {
      g_autofree char *problem = g_strdup_printf (_("The test lead was not sent. %s"), error->message);

      show_test_problem (self, problem);
    }

  g_clear_object (&self->sending);
  update_test_lead (self);
}

static void
send_test_lead (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  InbStatePages *self = INB_STATE_PAGES (widget);

  self->sending = g_cancellable_new ();
  update_test_lead (self);
  inb_sync_client_send_test_lead_async (inb_session_get_client (self->session), self->sending, on_test_lead_sent,
                                        g_object_ref (self));
}

static void
stop_sending (InbStatePages *self)
{
  if (self->sending != NULL)
    g_cancellable_cancel (self->sending);
  g_clear_object (&self->sending);
  show_test_problem (self, NULL);
}

/* --- an empty workspace ------------------------------------------------------------------------------------------------- */

static void
fill_commands (InbStatePages *self)
{
  const InbSyncAccount *account = inb_session_get_account (self->session);
  const char *server = account->server != NULL ? account->server : "http://127.0.0.1:8787";
  g_autofree char *create = g_strdup_printf ("inbound-leads-service webhook create --workspace %s --name Website",
                                             account->workspace_id);
  g_autofree char *curl = g_strdup_printf ("curl %s/webhooks/ID/KEY -H 'Content-Type: application/json' "
                                           "-d '{\"firstname\":\"Test\",\"lastname\":\"Lead\",\"phone\":\"+1234567890\","
                                           "\"product\":\"Product A\"}'", server);

  gtk_label_set_text (self->webhook_command, create);
  gtk_label_set_text (self->curl_command, curl);
}

static void
copy_curl (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbStatePages *self = INB_STATE_PAGES (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), gtk_label_get_text (self->curl_command));
  g_signal_emit (self, signals[COPIED], 0, _("Command copied"));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
on_connected (InbStatePages *self)
{
  inb_state_pages_set_connecting (self, FALSE);
}

static void
disconnect_session (InbStatePages *self)
{
  if (self->session == NULL)
    return;

  stop_sending (self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (inb_session_get_metrics (self->session), self);
  g_signal_handlers_disconnect_by_data (inb_session_get_client (self->session), self);
  g_signal_handlers_disconnect_by_data (inb_session_get_list (self->session), self);
  g_signal_handlers_disconnect_by_data (inb_session_get_replica (self->session), self);
}

static void
inb_state_pages_dispose (GObject *object)
{
  InbStatePages *self = INB_STATE_PAGES (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  disconnect_session (self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_state_pages_parent_class)->dispose (object);
}

static void
inb_state_pages_class_init (InbStatePagesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_state_pages_dispose;

  signals[PAGE_CHANGED] = g_signal_new ("page-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (INB_TYPE_CONNECT_PAGE);
  g_type_ensure (INB_TYPE_CONTACTS_OFFER);
  gtk_widget_class_install_action (widget_class, "pages.copy-curl", NULL, copy_curl);
  gtk_widget_class_install_action (widget_class, "pages.send-test-lead", NULL, send_test_lead);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-state-pages.ui");
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, stack);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, loading_spinner);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, connect_page);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, test_button);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, test_problem);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, webhook_command);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, curl_command);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, contacts_offer);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, error_page);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, error_retry);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, error_details);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, error_text);
  gtk_widget_class_bind_template_child (widget_class, InbStatePages, content);
}

static void
inb_state_pages_add_child (GtkBuildable *buildable,
                           GtkBuilder   *builder,
                           GObject      *child,
                           const char   *type)
{
  InbStatePages *self = INB_STATE_PAGES (buildable);

  if (self->content != NULL && GTK_IS_WIDGET (child))
    adw_bin_set_child (self->content, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
inb_state_pages_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = inb_state_pages_add_child;
}

static void
inb_state_pages_init (InbStatePages *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_stack (self->stack);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (on_page_turned), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->connect_page, "done", G_CALLBACK (on_connected), self, G_CONNECT_SWAPPED);
  inb_connect_page_start (self->connect_page, FALSE);
  update_page (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_state_pages_set_session:
 * @session: (nullable): what there is to show
 */
void
inb_state_pages_set_session (InbStatePages *self,
                             InbSession    *session)
{
  g_return_if_fail (INB_IS_STATE_PAGES (self));

  disconnect_session (self);
  g_set_object (&self->session, session);
  inb_contacts_offer_set_session (self->contacts_offer, session);
  if (session == NULL)
    {
      inb_connect_page_start (self->connect_page, FALSE);
      update_page (self);
      return;
    }

  g_signal_connect_object (inb_session_get_list (session), "items-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_list (session), "notify::ready", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (session), "notify::state", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (session), "notify::state", G_CALLBACK (update_test_lead), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (session), "notify::role", G_CALLBACK (update_test_lead), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_metrics (session), "changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "filter-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "phase-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_replica (session), "changed", G_CALLBACK (on_replica_changed), self,
                           G_CONNECT_SWAPPED);
  fill_commands (self);
  update_test_lead (self);
  update_page (self);
}

gboolean
inb_state_pages_get_shows_content (InbStatePages *self)
{
  g_return_val_if_fail (INB_IS_STATE_PAGES (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "content") == 0;
}

void
inb_state_pages_set_connecting (InbStatePages *self,
                                gboolean       connecting)
{
  g_return_if_fail (INB_IS_STATE_PAGES (self));

  self->connecting = connecting;
  update_page (self);
}

InbConnectPage *
inb_state_pages_get_connect_page (InbStatePages *self)
{
  g_return_val_if_fail (INB_IS_STATE_PAGES (self), NULL);

  return self->connect_page;
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-connect-page-private.h"
#include "inb-sync-probe.h"

#include <glib/gi18n.h>

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

  inb_connect_page_set_busy (self, FALSE);
  inb_connect_page_validate (self);
  if (inb_workspaces_add_finish (INB_WORKSPACES (source), result, &error))
    inb_connect_page_finish (self);
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
      inb_connect_page_set_busy (found->page, FALSE);
      inb_connect_page_validate (found->page);
      inb_connect_page_show_problem (found->page, error);
      return;
    }

  g_free (found->connection->workspace_id);
  g_free (found->connection->name);
  found->connection->workspace_id = g_steal_pointer (&identity->workspace_id);
  found->connection->name = g_steal_pointer (&identity->workspace_name);
  keep_found (g_steal_pointer (&found), TRUE);
}

void
inb_connect_page_connect_server (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  InbConnectPage *self = INB_CONNECT_PAGE (widget);
  Found *found = g_new0 (Found, 1);
  g_autofree char *address = inb_connect_page_dup_address (self);
  g_autofree char *workspace = inb_connect_page_dup_text (self->workspace);

  inb_connect_page_renew_cancellable (self);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  inb_connect_page_set_busy (self, TRUE);
  found->page = g_object_ref (self);
  found->connection = inb_connection_new (address, workspace, NULL);
  found->token = inb_connect_page_dup_text (self->token);
  inb_sync_probe_async (address, *workspace != '\0' ? workspace : NULL, found->token, self->cancellable, on_probed, found);
}

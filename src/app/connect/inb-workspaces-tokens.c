#define G_LOG_DOMAIN "inb-app"

#include "inb-sync-secrets.h"
#include "inb-workspaces-private.h"

static void
on_token (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbWorkspaces) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = inb_sync_secrets_lookup_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;

  inb_sync_client_set_token (inb_session_get_client (self->session), token, token == NULL ? error->message : NULL);
}

void
inb_workspaces_ask_for_token (InbWorkspaces *self)
{
  inb_sync_secrets_lookup_async (self->current->server, self->current->workspace_id, self->cancellable, on_token,
                                 g_object_ref (self));
}

static void
on_secret_cleared (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!inb_sync_secrets_clear_finish (result, &error))
    g_message ("Forgetting a token: %s", error->message);
}

/* In the keyring as well. */
void
inb_workspaces_forget_token (InbWorkspaces       *self,
                             const InbConnection *connection)
{
  g_autofree char *key = inb_connection_get_key (connection);

  g_hash_table_remove (self->tokens, key);
  if (connection->server != NULL)
    inb_sync_secrets_clear_async (connection->server, connection->workspace_id, NULL, on_secret_cleared, NULL);
}

/* --- a connection with its token ---------------------------------------------------------------------------------------- */

/* What is to be added once its token is kept. */
typedef struct {
  InbConnection *connection;
  char          *token;
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  inb_connection_free (addition->connection);
  g_free (addition->token);
  g_free (addition);
}

static void
finish_addition (GTask *task)
{
  InbWorkspaces *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);

  g_hash_table_insert (self->tokens, inb_connection_get_key (addition->connection), g_strdup (addition->token));
  inb_workspaces_open (self, addition->connection);
  g_task_return_boolean (task, TRUE);
}

static void
on_token_kept (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (inb_sync_secrets_store_finish (result, &error))
    finish_addition (task);
  else
    g_task_return_error (task, error);
}

void
inb_workspaces_add_async (InbWorkspaces       *self,
                          const InbConnection *connection,
                          const char          *token,
                          gboolean             keep,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Addition *addition = g_new0 (Addition, 1);

  addition->connection = inb_connection_copy (connection);
  addition->token = g_strdup (token);
  g_task_set_task_data (task, addition, addition_free);
  if (!keep)
    finish_addition (task);
  else
    inb_sync_secrets_store_async (connection->server, connection->workspace_id, token, cancellable, on_token_kept,
                                  g_steal_pointer (&task));
}

gboolean
inb_workspaces_add_finish (InbWorkspaces  *self,
                           GAsyncResult   *result,
                           GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

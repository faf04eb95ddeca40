#define G_LOG_DOMAIN "inb-app"

#include "inb-workspaces-private.h"

#include "inb-error.h"
#include "inb-replica-folders.h"

#include <string.h>

/* How often it looks for a service on this computer while there is nothing to show: one small file. */
#define LOOK_SECONDS 2

enum {
  SESSION_CHANGED,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbWorkspaces, inb_workspaces, G_TYPE_OBJECT)

/* --- the session -------------------------------------------------------------------------------------------------------- */

static void
drop_session (InbWorkspaces *self)
{
  g_autoptr (InbSession) session = g_steal_pointer (&self->session);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->current, inb_connection_free);
  if (session == NULL)
    return;

  g_signal_handlers_disconnect_by_data (session, self);
  /* First away from the window, then its file is free. */
  g_signal_emit (self, signals[SESSION_CHANGED], 0);
  inb_session_stop (session);
}

static void
on_workspace_changed (InbWorkspaces *self)
{
  const char *name = inb_session_get_name (self->session);
  g_autoptr (InbConnection) renamed = NULL;

  if (self->current == NULL || name == NULL || strcmp (name, self->current->name) == 0)
    return;

  renamed = inb_connection_new (self->current->server, self->current->workspace_id, name);
  inb_connection_free (self->current);
  self->current = inb_connection_copy (renamed);
  inb_connections_use (self->connections, renamed);
}

static void
start_session (InbWorkspaces       *self,
               InbSyncAccount      *account,
               const InbConnection *connection)
{
  g_autoptr (InbConnection) current = connection != NULL ? inb_connection_copy (connection) : NULL;

  g_clear_handle_id (&self->look, g_source_remove);
  drop_session (self);
  self->current = g_steal_pointer (&current);
  self->session = inb_session_new (account, self->data_folder);
  g_signal_connect_object (self->session, "workspace-changed", G_CALLBACK (on_workspace_changed), self, G_CONNECT_SWAPPED);
  if (self->current != NULL)
    inb_connections_use (self->connections, self->current);
  g_signal_emit (self, signals[SESSION_CHANGED], 0);
  inb_session_start (self->session);
}

/* --- this computer ------------------------------------------------------------------------------------------------------ */

static gboolean
on_look (gpointer user_data)
{
  InbWorkspaces *self = user_data;

  if (self->session == NULL && !inb_workspaces_open_local (self, NULL))
    return G_SOURCE_CONTINUE;

  self->look = 0;

  return G_SOURCE_REMOVE;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_workspaces_dispose (GObject *object)
{
  inb_workspaces_stop (INB_WORKSPACES (object));

  G_OBJECT_CLASS (inb_workspaces_parent_class)->dispose (object);
}

static void
inb_workspaces_finalize (GObject *object)
{
  InbWorkspaces *self = INB_WORKSPACES (object);

  g_clear_object (&self->session);
  g_clear_object (&self->connections);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->current, inb_connection_free);
  g_hash_table_unref (self->tokens);
  g_free (self->data_folder);

  G_OBJECT_CLASS (inb_workspaces_parent_class)->finalize (object);
}

static void
inb_workspaces_class_init (InbWorkspacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_workspaces_dispose;
  object_class->finalize = inb_workspaces_finalize;

  signals[SESSION_CHANGED] = g_signal_new ("session-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
on_connections_changed (InbWorkspaces *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
inb_workspaces_init (InbWorkspaces *self)
{
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbWorkspaces *
inb_workspaces_new (InbConnections *connections,
                    const char     *data_folder)
{
  InbWorkspaces *self = g_object_new (INB_TYPE_WORKSPACES, NULL);

  self->connections = g_object_ref (connections);
  self->data_folder = data_folder != NULL ? g_strdup (data_folder) : inb_replica_folders_get_default ();
  g_signal_connect_object (connections, "changed", G_CALLBACK (on_connections_changed), self, G_CONNECT_SWAPPED);

  return self;
}

InbSession *
inb_workspaces_get_session (InbWorkspaces *self)
{
  g_return_val_if_fail (INB_IS_WORKSPACES (self), NULL);

  return self->session;
}

InbConnections *
inb_workspaces_get_connections (InbWorkspaces *self)
{
  g_return_val_if_fail (INB_IS_WORKSPACES (self), NULL);

  return self->connections;
}

const InbConnection *
inb_workspaces_get_current (InbWorkspaces *self)
{
  g_return_val_if_fail (INB_IS_WORKSPACES (self), NULL);

  return self->current;
}

void
inb_workspaces_open (InbWorkspaces       *self,
                     const InbConnection *connection)
{
  g_autoptr (InbSyncAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  const char *token;

  g_return_if_fail (INB_IS_WORKSPACES (self) && connection != NULL);

  if (connection->server == NULL)
    {
      account = inb_sync_account_new_local_workspace (connection->workspace_id, NULL);
      if (account == NULL)
        account = inb_sync_account_new_local_offline (connection->workspace_id);
      start_session (self, account, connection);
      return;
    }

  key = inb_connection_get_key (connection);
  token = g_hash_table_lookup (self->tokens, key);
  account = inb_sync_account_new_with_token (connection->server, connection->workspace_id, token, &error);
  if (account == NULL)
    {
      g_warning ("%s", error->message);
      return;
    }
  start_session (self, account, connection);
  if (token == NULL)
    inb_workspaces_ask_for_token (self);
}

gboolean
inb_workspaces_open_local (InbWorkspaces  *self,
                           GError        **error)
{
  g_autoptr (GPtrArray) local = inb_sync_account_list_local (error);
  const InbSyncWorkspace *first;
  g_autoptr (InbConnection) connection = NULL;

  g_return_val_if_fail (INB_IS_WORKSPACES (self), FALSE);

  if (local == NULL)
    return FALSE;
  if (local->len == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "The service on this computer has no workspace yet");
      return FALSE;
    }

  first = g_ptr_array_index (local, 0);
  connection = inb_connection_new (NULL, first->id, first->name);
  inb_workspaces_open (self, connection);

  return TRUE;
}

void
inb_workspaces_open_account (InbWorkspaces  *self,
                             InbSyncAccount *account)
{
  g_return_if_fail (INB_IS_WORKSPACES (self) && account != NULL);

  start_session (self, account, NULL);
}

void
inb_workspaces_open_last (InbWorkspaces *self)
{
  const InbConnection *last;

  g_return_if_fail (INB_IS_WORKSPACES (self));

  if (self->session != NULL)
    return;

  last = inb_connections_get_last (self->connections);
  if (last != NULL)
    {
      g_autoptr (InbConnection) copy = inb_connection_copy (last);

      inb_workspaces_open (self, copy);
    }
  else if (!inb_workspaces_open_local (self, NULL) && self->look == 0)
    {
      self->look = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
    }
}

/* (transfer full): the folder, free to be deleted. */
static char *
close_current (InbWorkspaces *self)
{
  char *folder = g_strdup (inb_session_get_folder (self->session));

  drop_session (self);

  return folder;
}

void
inb_workspaces_remove_current (InbWorkspaces *self,
                               gboolean       with_unsent)
{
  g_autoptr (InbConnection) gone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *key = NULL;

  g_return_if_fail (INB_IS_WORKSPACES (self));

  if (self->session == NULL)
    return;

  gone = self->current != NULL ? inb_connection_copy (self->current) : NULL;
  folder = close_current (self);
  if (!(with_unsent ? inb_replica_folders_delete (folder, &error) : inb_replica_folders_delete_copy (folder, &error)))
    g_warning ("%s", error->message);
  if (gone != NULL)
    {
      key = inb_connection_get_key (gone);
      inb_workspaces_forget_token (self, gone);
      inb_connections_remove (self->connections, key);
    }
  if (inb_connections_get_n (self->connections) > 0)
    {
      g_autoptr (InbConnection) next = inb_connection_copy (inb_connections_get (self->connections, 0));

      inb_workspaces_open (self, next);
    }
}

void
inb_workspaces_rebuild_current (InbWorkspaces *self)
{
  g_autoptr (InbSyncAccount) account = NULL;
  g_autoptr (InbConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;

  g_return_if_fail (INB_IS_WORKSPACES (self));

  if (self->session == NULL)
    return;

  account = inb_sync_account_copy (inb_session_get_account (self->session));
  connection = self->current != NULL ? inb_connection_copy (self->current) : NULL;
  folder = close_current (self);
  if (!inb_replica_folders_delete_copy (folder, &error))
    g_warning ("%s", error->message);
  if (connection != NULL)
    inb_workspaces_open (self, connection);
  else
    start_session (self, account, NULL);
}

void
inb_workspaces_retry (InbWorkspaces *self)
{
  g_return_if_fail (INB_IS_WORKSPACES (self));

  if (self->session == NULL)
    return;

  if (inb_session_get_phase (self->session) == INB_SESSION_FAILED)
    inb_session_start (self->session);
  else if (self->current != NULL && self->current->server != NULL &&
           !inb_sync_client_has_token (inb_session_get_client (self->session)))
    inb_workspaces_ask_for_token (self);
  else
    inb_sync_client_retry (inb_session_get_client (self->session));
}

void
inb_workspaces_stop (InbWorkspaces *self)
{
  g_return_if_fail (INB_IS_WORKSPACES (self));

  g_clear_handle_id (&self->look, g_source_remove);
  drop_session (self);
}

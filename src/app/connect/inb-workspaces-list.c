#define G_LOG_DOMAIN "inb-app"

#include "inb-workspaces-private.h"

#include <string.h>

static void
add_local (GPtrArray *list)
{
  g_autoptr (GPtrArray) local = inb_sync_account_list_local (NULL);

  for (guint i = 0; local != NULL && i < local->len; i++)
    {
      const InbSyncWorkspace *workspace = g_ptr_array_index (local, i);

      g_ptr_array_add (list, inb_connection_new (NULL, workspace->id, workspace->name));
    }
}

static gboolean
is_listed (GPtrArray           *list,
           const InbConnection *connection)
{
  for (guint i = 0; i < list->len; i++)
    {
      const InbConnection *other = g_ptr_array_index (list, i);

      if (g_strcmp0 (other->server, connection->server) == 0 && strcmp (other->workspace_id, connection->workspace_id) == 0)
        return TRUE;
    }

  return FALSE;
}

GPtrArray *
inb_workspaces_list (InbWorkspaces *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_connection_free);

  g_return_val_if_fail (INB_IS_WORKSPACES (self), list);

  add_local (list);
  for (guint i = 0; i < inb_connections_get_n (self->connections); i++)
    {
      const InbConnection *connection = inb_connections_get (self->connections, i);

      if (!is_listed (list, connection))
        g_ptr_array_add (list, inb_connection_copy (connection));
    }

  return list;
}

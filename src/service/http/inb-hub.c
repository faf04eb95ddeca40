#define G_LOG_DOMAIN "inb-service"

#include "inb-hub.h"

#include "inb-hub-client.h"

#define CHECK_INTERVAL 1 /* seconds */

struct _InbHub {
  GObject     parent_instance;

  /* Owned */
  GHashTable *workspaces; /* id → GPtrArray of InbHubClient */
  guint       check;

  guint       n_clients;
};

G_DEFINE_FINAL_TYPE (InbHub, inb_hub, G_TYPE_OBJECT)

static void
for_each_client (InbHub *self,
                 void  (*function) (InbHubClient  *client,
                                    gconstpointer  data),
                 gconstpointer data)
{
  GHashTableIter iter;
  gpointer clients;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &clients))
    for (guint i = 0; i < ((GPtrArray *) clients)->len; i++)
      function (((GPtrArray *) clients)->pdata[i], data);
}

static void
check_client (InbHubClient  *client,
              gconstpointer  data)
{
  inb_hub_client_check (client, *(const gint64 *) data);
}

static gboolean
on_check (gpointer user_data)
{
  InbHub *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for_each_client (self, check_client, &now);
  if (self->n_clients > 0)
    return G_SOURCE_CONTINUE;

  self->check = 0;

  return G_SOURCE_REMOVE;
}

/* Never called from within a function of the client: libsoup tells of an end in a later turn of the loop. */
static void
on_client_closed (InbHubClient *client,
                  gpointer      user_data)
{
  InbHub *self = user_data;
  const char *workspace_id = inb_hub_client_get_workspace (client);
  GPtrArray *clients = g_hash_table_lookup (self->workspaces, workspace_id);

  self->n_clients--;
  if (clients->len == 1)
    g_hash_table_remove (self->workspaces, workspace_id);
  else
    g_ptr_array_remove_fast (clients, client);
}

static void
inb_hub_dispose (GObject *object)
{
  InbHub *self = INB_HUB (object);

  g_clear_handle_id (&self->check, g_source_remove);
  g_clear_pointer (&self->workspaces, g_hash_table_unref);

  G_OBJECT_CLASS (inb_hub_parent_class)->dispose (object);
}

static void
inb_hub_class_init (InbHubClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_hub_dispose;
}

static void
inb_hub_init (InbHub *self)
{
  self->workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * inb_hub_new:
 *
 * Returns: (transfer full): a hub that nobody listens to
 */
InbHub *
inb_hub_new (void)
{
  return g_object_new (INB_TYPE_HUB, NULL);
}

/**
 * inb_hub_accept:
 * @hello: the first text that the client gets
 *
 * Upgrades the request, or answers it with an error if it is no handshake or comes from another site's page.
 */
void
inb_hub_accept (InbHub         *self,
                InbHttpRequest *request,
                const char     *workspace_id,
                const char     *token_id,
                const char     *hello)
{
  g_autoptr (SoupWebsocketConnection) websocket = NULL;
  InbHubClient *client;
  GPtrArray *clients;

  g_return_if_fail (INB_IS_HUB (self));

  websocket = inb_http_request_upgrade (request);
  if (websocket == NULL)
    return;

  clients = g_hash_table_lookup (self->workspaces, workspace_id);
  if (clients == NULL)
    {
      clients = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_hub_client_free);
      g_hash_table_insert (self->workspaces, g_strdup (workspace_id), clients);
    }
  client = inb_hub_client_new (websocket, inb_http_request_get_connection (request), workspace_id, token_id, hello,
                               on_client_closed, self);
  g_ptr_array_add (clients, client);
  self->n_clients++;
  if (self->check == 0)
    self->check = g_timeout_add_seconds (CHECK_INTERVAL, on_check, self);
}

/**
 * inb_hub_broadcast:
 * @text: one JSON text, shared by all clients
 * @head: the change that a client which is too far behind for @text is told to pull
 */
void
inb_hub_broadcast (InbHub     *self,
                   const char *workspace_id,
                   GBytes     *text,
                   gint64      head)
{
  GPtrArray *clients;

  g_return_if_fail (INB_IS_HUB (self));

  clients = g_hash_table_lookup (self->workspaces, workspace_id);
  if (clients == NULL)
    return;

  for (guint i = 0; i < clients->len; i++)
    inb_hub_client_send (clients->pdata[i], text, head);
}

gboolean
inb_hub_has_clients (InbHub     *self,
                     const char *workspace_id)
{
  g_return_val_if_fail (INB_IS_HUB (self), FALSE);

  return g_hash_table_contains (self->workspaces, workspace_id);
}

guint
inb_hub_get_n_clients (InbHub *self)
{
  g_return_val_if_fail (INB_IS_HUB (self), 0);

  return self->n_clients;
}

/**
 * inb_hub_foreach_token:
 * @func: (scope call): also called again for a token that has several connections
 */
void
inb_hub_foreach_token (InbHub          *self,
                       InbHubTokenFunc  func,
                       gpointer         user_data)
{
  GHashTableIter iter;
  gpointer clients;

  g_return_if_fail (INB_IS_HUB (self));

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &clients))
    for (guint i = 0; i < ((GPtrArray *) clients)->len; i++)
      {
        InbHubClient *client = g_ptr_array_index ((GPtrArray *) clients, i);

        func (inb_hub_client_get_workspace (client), inb_hub_client_get_token (client), user_data);
      }
}

static void
close_if_token (InbHubClient  *client,
                gconstpointer  token_id)
{
  if (g_strcmp0 (inb_hub_client_get_token (client), token_id) == 0)
    inb_hub_client_close (client, INB_HUB_CLOSE_REVOKED, "The token was revoked");
}

/**
 * inb_hub_close_token:
 *
 * Closes the token's connections with code 4401.
 */
void
inb_hub_close_token (InbHub     *self,
                     const char *token_id)
{
  g_return_if_fail (INB_IS_HUB (self));

  for_each_client (self, close_if_token, token_id);
}

static void
close_client (InbHubClient  *client,
              gconstpointer  data)
{
  inb_hub_client_close (client, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, "The service stops");
}

/**
 * inb_hub_close_all:
 *
 * Closes all connections with code 1001: the service stops.
 */
void
inb_hub_close_all (InbHub *self)
{
  g_return_if_fail (INB_IS_HUB (self));

  for_each_client (self, close_client, NULL);
}

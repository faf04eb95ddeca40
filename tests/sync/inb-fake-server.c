#define G_LOG_DOMAIN "inb-tests"

#include "inb-fake-server-private.h"

#include "inb-json.h"

#include <gio/gunixsocketaddress.h>

static void
item_free (InbFakeItem *item)
{
  inb_row_unref (item->row);
  g_free (item);
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  InbFakeServer *self = user_data;

  g_mutex_lock (&self->frozen);
  g_mutex_unlock (&self->frozen);
  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->requests, g_strdup (path),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->requests, path)) + 1));
  inb_fake_server_answer (self, message, path, query);
  g_mutex_unlock (&self->mutex);
}

static void
on_early (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  InbFakeServer *self = user_data;

  if (!g_str_equal (path, "/ws"))
    return;

  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->requests, g_strdup (path),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->requests, path)) + 1));
  inb_fake_server_refuse (self, message);
  g_mutex_unlock (&self->mutex);
}

static void
on_closed (SoupWebsocketConnection *connection,
           InbFakeServer           *self)
{
  g_ptr_array_remove (self->connections, connection);
}

static void
on_websocket (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *connection,
              gpointer                 user_data)
{
  InbFakeServer *self = user_data;
  GString *json = g_string_new ("{\"event\":\"hello\",\"data\":{");

  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), self);
  g_ptr_array_add (self->connections, g_object_ref (connection));

  g_mutex_lock (&self->mutex);
  inb_json_append_member (json, "epoch", self->epoch);
  inb_json_append_member_integer (json, "head", self->head);
  g_string_append (json, "}}");
  if (self->fault == INB_FAKE_FAULT_BAD_EVENT)
    g_string_assign (json, "[1,2");
  if (self->fault != INB_FAKE_FAULT_NO_HELLO)
    soup_websocket_connection_send_text (connection, json->str);
  g_mutex_unlock (&self->mutex);
  g_string_free (json, TRUE);
}

static gpointer
run (gpointer user_data)
{
  InbFakeServer *self = user_data;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->server, "/ws", on_early, self, NULL);
  soup_server_add_websocket_handler (self->server, "/ws", NULL, NULL, on_websocket, self, NULL);
  soup_server_add_handler (self->server, "/api", on_request, self, NULL);
  if (self->socket_path != NULL)
    {
      g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->socket_path);

      soup_server_listen (self->server, address, 0, &error);
    }
  else
    {
      soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
      uris = soup_server_get_uris (self->server);
      self->url = g_uri_to_string (uris->data);
      g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
    }
  g_assert_no_error (error);

  g_mutex_lock (&self->mutex);
  self->is_ready = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_ptr_array_set_size (self->connections, 0);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/* @socket_path: (nullable): listen there, not on a port */
InbFakeServer *
inb_fake_server_new (const char *socket_path)
{
  InbFakeServer *self = g_new0 (InbFakeServer, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->epoch = g_strdup ("epoch-1");
  self->socket_path = g_strdup (socket_path);
  self->page_size = 1000;
  self->done = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->frozen);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("fake-server", run, self);

  g_mutex_lock (&self->mutex);
  while (!self->is_ready)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

static gboolean
on_quit (gpointer user_data)
{
  g_main_loop_quit (((InbFakeServer *) user_data)->loop);

  return G_SOURCE_REMOVE;
}

void
inb_fake_server_free (InbFakeServer *self)
{
  if (self == NULL)
    return;

  g_main_context_invoke (self->context, on_quit, self);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->connections);
  g_hash_table_unref (self->requests);
  g_ptr_array_unref (self->done);
  inb_model_server_free (self->model);
  g_free (self->poison);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->frozen);
  g_cond_clear (&self->cond);
  g_free (self->epoch);
  g_free (self->url);
  g_free (self->socket_path);
  g_free (self);
}

char *
inb_fake_server_get_url (InbFakeServer *self)
{
  return g_strdup (self->url);
}

void
inb_fake_server_set_fault (InbFakeServer *self,
                           InbFakeFault   fault)
{
  g_mutex_lock (&self->mutex);
  self->fault = fault;
  g_mutex_unlock (&self->mutex);
}

void
inb_fake_server_set_epoch (InbFakeServer *self,
                           const char    *epoch)
{
  g_mutex_lock (&self->mutex);
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  g_mutex_unlock (&self->mutex);
}

/* Another, empty database. */
void
inb_fake_server_clear (InbFakeServer *self)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_set_size (self->items, 0);
  g_clear_pointer (&self->model, inb_model_server_free);
  self->head = 0;
  g_mutex_unlock (&self->mutex);
}

void
inb_fake_server_set_page_size (InbFakeServer *self,
                               guint          n_rows)
{
  g_mutex_lock (&self->mutex);
  self->page_size = n_rows;
  g_mutex_unlock (&self->mutex);
}

void
inb_fake_server_add (InbFakeServer *self,
                     GPtrArray     *rows,
                     gint64         seq)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < rows->len; i++)
    {
      InbFakeItem *item = g_new0 (InbFakeItem, 1);

      item->row = inb_row_ref (g_ptr_array_index (rows, i));
      item->seq = inb_row_get_seq (item->row);
      g_ptr_array_add (self->items, item);
      if (self->model != NULL)
        inb_model_server_load (self->model, item->row);
    }
  self->head = seq;
  g_mutex_unlock (&self->mutex);
}

typedef struct {
  InbFakeServer *server;
  char          *text; /* NULL = close */
} Sending;

static gpointer
copy_reference (gconstpointer object,
                gpointer      user_data)
{
  return g_object_ref ((gpointer) object);
}

static gboolean
on_send (gpointer user_data)
{
  Sending *sending = user_data;
  g_autoptr (GPtrArray) connections = g_ptr_array_copy (sending->server->connections, copy_reference, NULL);

  for (guint i = 0; i < connections->len; i++)
    {
      SoupWebsocketConnection *connection = g_ptr_array_index (connections, i);

      if (sending->text == NULL)
        g_io_stream_close (soup_websocket_connection_get_io_stream (connection), NULL, NULL);
      else if (soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_send_text (connection, sending->text);
    }
  if (sending->text == NULL)
    g_ptr_array_set_size (sending->server->connections, 0);

  return G_SOURCE_REMOVE;
}

static void
sending_free (gpointer data)
{
  g_free (((Sending *) data)->text);
  g_free (data);
}

static void
invoke (InbFakeServer *self,
        char          *text)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->server = self;
  sending->text = text;
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, on_send, sending, sending_free);
}

void
inb_fake_server_send (InbFakeServer *self,
                      const char    *text)
{
  invoke (self, g_strdup (text));
}

void
inb_fake_server_drop (InbFakeServer *self)
{
  invoke (self, NULL);
}

void
inb_fake_server_tell (InbFakeServer *self,
                      gint64         from,
                      gboolean       with_rows)
{
  GString *json = g_string_new ("{\"event\":\"changes\",\"data\":{");

  g_mutex_lock (&self->mutex);
  inb_json_append_member (json, "epoch", self->epoch);
  inb_json_append_member_integer (json, "from", from);
  inb_json_append_member_integer (json, "to", self->head);
  inb_json_append_member_integer (json, "head", self->head);
  if (with_rows)
    {
      g_string_append (json, ",\"rows\":[");
      for (guint i = 0; i < self->items->len; i++)
        {
          if (((InbFakeItem *) g_ptr_array_index (self->items, i))->seq > from)
            inb_fake_server_append_item (json, g_ptr_array_index (self->items, i));
        }
      g_string_append_c (json, ']');
    }
  g_mutex_unlock (&self->mutex);
  g_string_append (json, "}}");
  invoke (self, g_string_free (json, FALSE));
}

guint
inb_fake_server_count_requests (InbFakeServer *self,
                                const char    *path)
{
  guint count;

  g_mutex_lock (&self->mutex);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (self->requests, path));
  g_mutex_unlock (&self->mutex);

  return count;
}

static gboolean
on_freeze (gpointer user_data)
{
  InbFakeServer *self = user_data;

  g_mutex_lock (&self->frozen);
  g_mutex_unlock (&self->frozen);

  return G_SOURCE_REMOVE;
}

void
inb_fake_server_freeze (InbFakeServer *self,
                        gboolean       frozen)
{
  if (!frozen)
    {
      g_mutex_unlock (&self->frozen);
      return;
    }

  g_mutex_lock (&self->frozen);
  g_main_context_invoke (self->context, on_freeze, self);
}

#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-http.h"

#include "inb-error.h"

#include <gio/gunixsocketaddress.h>

#define TIMEOUT_SECONDS 30
#define CHUNK_SIZE (64 * 1024)
/* A page is 1 MiB as a rule; one row alone may be larger. */
#define MAX_ANSWER (64 * 1024 * 1024)
#define MAX_PROBLEM (64 * 1024)

struct _InbSyncHttp {
  GObject      parent_instance;

  /* Owned */
  SoupSession *session;
  char        *base;
  char        *authorization;
};

/* A request under way. */
typedef struct {
  SoupMessage    *message;
  GInputStream   *stream;
  GByteArray     *body;
  gint64          retry_after_ms;
  InbSyncTrouble  trouble;
  gboolean        is_streamed;  /* who asked reads a good answer as it comes */
} Request;

G_DEFINE_FINAL_TYPE (InbSyncHttp, inb_sync_http, G_TYPE_OBJECT)

static void
request_free (Request *request)
{
  g_clear_object (&request->message);
  g_clear_object (&request->stream);
  g_clear_pointer (&request->body, g_byte_array_unref);
  g_free (request);
}

static void
return_status_error (GTask   *task,
                     Request *request)
{
  g_task_return_error (task, inb_sync_trouble_new_status_error (request->message, request->body));
}

/* (error: transfer full) */
static void
return_connection_error (GTask  *task,
                         GError *error)
{
  ((Request *) g_task_get_task_data (task))->trouble = inb_sync_trouble_from_error (error);
  g_task_return_error (task, inb_sync_trouble_take_connection_error (error));
}

static void on_read (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);

/* (task: transfer full) */
static void
read_on (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (request->stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read, task);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  guint status = soup_message_get_status (request->message);
  gboolean is_ok = status == SOUP_STATUS_OK || status == SOUP_STATUS_CREATED;
  gsize most = is_ok ? MAX_ANSWER : MAX_PROBLEM;
  GError *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      return_connection_error (task, error);
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      if (is_ok)
        g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&request->body)), (GDestroyNotify) g_bytes_unref);
      else
        return_status_error (task, request);
      return;
    }

  g_byte_array_append (request->body, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  if (request->body->len > most)
    {
      if (is_ok)
        {
          g_task_return_new_error (task, INB_ERROR, INB_ERROR_PROTOCOL, "The server's answer is larger than %d MiB",
                                   MAX_ANSWER / (1024 * 1024));
        }
      else
        {
          g_byte_array_set_size (request->body, 0);
          return_status_error (task, request);
        }
      return;
    }
  read_on (g_steal_pointer (&task));
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  request->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (request->stream == NULL)
    {
      return_connection_error (task, error);
      return;
    }

  request->retry_after_ms = inb_sync_trouble_get_retry_after (request->message);
  if (request->is_streamed && soup_message_get_status (request->message) == SOUP_STATUS_OK)
    g_task_return_pointer (task, g_steal_pointer (&request->stream), g_object_unref);
  else
    read_on (g_steal_pointer (&task));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *connection;
  guint status;

  connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (connection != NULL)
    {
      g_task_return_pointer (task, connection, g_object_unref);
      return;
    }

  request->retry_after_ms = inb_sync_trouble_get_retry_after (request->message);
  status = soup_message_get_status (request->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || status < 200)
    return_connection_error (task, g_steal_pointer (&error));
  else
    return_status_error (task, request);
}

static GTask *
make_task (InbSyncHttp         *self,
           const char          *method,
           const char          *path,
           GCancellable        *cancellable,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *url = g_strconcat (self->base, path, NULL);
  Request *request = g_new0 (Request, 1);

  request->message = soup_message_new (method, url);
  request->body = g_byte_array_new ();
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  if (request->message == NULL)
    {
      g_task_return_new_error (task, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "\"%s\" is no address", url);
      g_object_unref (task);
      return NULL;
    }

  /* Our token goes to this server and to no other. */
  soup_message_add_flags (request->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (request->message), "Authorization", self->authorization);

  return task;
}

static void
send_request (InbSyncHttp         *self,
              const char          *method,
              const char          *path,
              GBytes              *body,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  GTask *task = make_task (self, method, path, cancellable, callback, user_data);
  SoupMessage *message;

  if (task == NULL)
    return;

  message = ((Request *) g_task_get_task_data (task))->message;
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, cancellable, on_sent, task);
}

/* Nothing that goes to this computer may go by way of a proxy. */
static gboolean
is_local (const InbSyncAccount *account)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GInetAddress) address = NULL;
  const char *host;

  if (account->socket_path != NULL)
    return TRUE;

  uri = g_uri_parse (account->server, G_URI_FLAGS_NONE, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static void
inb_sync_http_finalize (GObject *object)
{
  InbSyncHttp *self = INB_SYNC_HTTP (object);

  g_clear_object (&self->session);
  g_free (self->base);
  g_free (self->authorization);

  G_OBJECT_CLASS (inb_sync_http_parent_class)->finalize (object);
}

static void
inb_sync_http_class_init (InbSyncHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_sync_http_finalize;
}

static void
inb_sync_http_init (InbSyncHttp *self)
{
}

/**
 * inb_sync_http_new:
 *
 * Returns: (transfer full): a session with the account's server, without cookies, redirects or anything else it does not need
 */
InbSyncHttp *
inb_sync_http_new (const InbSyncAccount *account)
{
  InbSyncHttp *self;
  g_autoptr (GSocketAddress) address = NULL;

  g_return_val_if_fail (account != NULL && (account->server != NULL || account->socket_path != NULL), NULL);

  self = g_object_new (INB_TYPE_SYNC_HTTP, NULL);
  if (account->socket_path != NULL)
    address = g_unix_socket_address_new (account->socket_path);
  self->session = g_object_new (SOUP_TYPE_SESSION,
                                "remote-connectable", address,
                                "timeout", (guint) TIMEOUT_SECONDS,
                                "max-conns-per-host", 4,
                                NULL);
  if (is_local (account))
    soup_session_set_proxy_resolver (self->session, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_SNIFFER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  self->base = g_strdup (account->socket_path != NULL ? "http://localhost" : account->server);
  self->authorization = g_strconcat ("Bearer ", account->token != NULL ? account->token : "", NULL);

  return self;
}

void
inb_sync_http_set_token (InbSyncHttp *self,
                         const char  *token)
{
  g_return_if_fail (INB_IS_SYNC_HTTP (self) && token != NULL);

  g_free (self->authorization);
  self->authorization = g_strconcat ("Bearer ", token, NULL);
}

/**
 * inb_sync_http_get_async:
 * @path: with its query, escaped
 */
void
inb_sync_http_get_async (InbSyncHttp         *self,
                         const char          *path,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (INB_IS_SYNC_HTTP (self) && path != NULL);

  send_request (self, SOUP_METHOD_GET, path, NULL, cancellable, callback, user_data);
}

/**
 * inb_sync_http_post_async:
 * @path: with its query, escaped
 * @body: (nullable): JSON
 */
void
inb_sync_http_post_async (InbSyncHttp         *self,
                          const char          *path,
                          GBytes              *body,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (INB_IS_SYNC_HTTP (self) && path != NULL);

  send_request (self, SOUP_METHOD_POST, path, body, cancellable, callback, user_data);
}

/**
 * inb_sync_http_send_async:
 * @method: "PUT", "DELETE", …
 * @path: with its query
 * @body: (nullable): JSON
 */
void
inb_sync_http_send_async (InbSyncHttp         *self,
                          const char          *method,
                          const char          *path,
                          GBytes              *body,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (INB_IS_SYNC_HTTP (self) && method != NULL && path != NULL);

  send_request (self, method, path, body, cancellable, callback, user_data);
}

/**
 * inb_sync_http_get_finish:
 * @retry_after_ms: (out): how long the server asked to wait, or 0
 *
 * Returns: (transfer full): the body of a 200, or %NULL with the answer's error, or %INB_ERROR_CONNECTION
 */
GBytes *
inb_sync_http_get_finish (InbSyncHttp   *self,
                          GAsyncResult  *result,
                          gint64        *retry_after_ms,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  *retry_after_ms = ((Request *) g_task_get_task_data (G_TASK (result)))->retry_after_ms;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_sync_http_get_trouble:
 * @result: what inb_sync_http_get_finish() got
 *
 * Returns: why there was no answer; %INB_SYNC_TROUBLE_NONE when there was one
 */
InbSyncTrouble
inb_sync_http_get_trouble (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), INB_SYNC_TROUBLE_OTHER);

  return ((Request *) g_task_get_task_data (G_TASK (result)))->trouble;
}

/**
 * inb_sync_http_get_status:
 * @result: what inb_sync_http_get_finish() got
 *
 * Returns: the HTTP status; 0 when there was no answer
 */
guint
inb_sync_http_get_status (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), 0);

  return soup_message_get_status (((Request *) g_task_get_task_data (G_TASK (result)))->message);
}

/**
 * inb_sync_http_upload_async:
 * @path: with its query, escaped
 * @type: what @body is
 *
 * Posts something large; who asked reads the answer as it comes.
 */
void
inb_sync_http_upload_async (InbSyncHttp         *self,
                            const char          *path,
                            const char          *type,
                            GBytes              *body,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (INB_IS_SYNC_HTTP (self) && path != NULL && type != NULL && body != NULL);

  task = make_task (self, SOUP_METHOD_POST, path, cancellable, callback, user_data);
  if (task == NULL)
    return;

  request = g_task_get_task_data (task);
  request->is_streamed = TRUE;
  soup_message_set_request_body_from_bytes (request->message, type, body);
  soup_session_send_async (self->session, request->message, G_PRIORITY_DEFAULT, cancellable, on_sent, task);
}

/**
 * inb_sync_http_upload_finish:
 *
 * Returns: (transfer full) (nullable): the body of a 200, to be read, or %NULL as inb_sync_http_get_finish() has it
 */
GInputStream *
inb_sync_http_upload_finish (InbSyncHttp   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_sync_http_connect_async:
 * @path: of the WebSocket, with its query, escaped
 */
void
inb_sync_http_connect_async (InbSyncHttp         *self,
                             const char          *path,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (INB_IS_SYNC_HTTP (self) && path != NULL);

  task = make_task (self, SOUP_METHOD_GET, path, cancellable, callback, user_data);
  if (task == NULL)
    return;
  soup_session_websocket_connect_async (self->session, ((Request *) g_task_get_task_data (task))->message, NULL, NULL,
                                        G_PRIORITY_DEFAULT, cancellable, on_connected, task);
}

/**
 * inb_sync_http_connect_finish:
 *
 * Returns: (transfer full): the open connection, or %NULL as inb_sync_http_get_finish() has it
 */
SoupWebsocketConnection *
inb_sync_http_connect_finish (InbSyncHttp   *self,
                              GAsyncResult  *result,
                              gint64        *retry_after_ms,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  *retry_after_ms = ((Request *) g_task_get_task_data (G_TASK (result)))->retry_after_ms;

  return g_task_propagate_pointer (G_TASK (result), error);
}

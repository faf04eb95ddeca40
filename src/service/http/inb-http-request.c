#define G_LOG_DOMAIN "inb-service"

#include "inb-http-request-private.h"

#include "inb-error.h"
#include "inb-http-decode.h"
#include "inb-http-problem.h"

#include <string.h>

struct _InbHttpRequest {
  guint              refs;

  /* Owned */
  InbHttpConnection *connection;
  SoupServerMessage *message; /* from the dispatch on */
  InbHttpMatch       match;
  GHashTable        *params;  /* NULL without a query */
  GBytes            *body;
  char              *path;    /* made when asked for */

  gboolean           in_handler;
  gboolean           answered;
};

typedef struct {
  InbHttpConnection *connection;
  InbHttpUpgraded    upgraded;
  gpointer           user_data;
  GDestroyNotify     destroy;
} Upgrade;

static gboolean
fail_param (GError     **error,
            const char  *what)
{
  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Reading the query: %s", what);

  return FALSE;
}

static gboolean
parse_query (InbHttpRequest  *self,
             const char      *query,
             GError         **error)
{
  self->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (*query != '\0')
    {
      gsize length = strcspn (query, "&");
      gsize n_name = MIN (strcspn (query, "="), length);
      gsize n_value = length > n_name ? length - n_name - 1 : 0;
      g_autofree char *name = inb_http_decode (query, n_name, TRUE);
      g_autofree char *value = inb_http_decode (query + length - n_value, n_value, TRUE);

      if (name == NULL || value == NULL)
        return fail_param (error, "a parameter is not UTF-8 in percent encoding");
      query += query[length] == '&' ? length + 1 : length;
      if (length == 0)
        continue;
      if (g_hash_table_contains (self->params, name))
        return fail_param (error, "a parameter is repeated");
      g_hash_table_insert (self->params, g_steal_pointer (&name), g_steal_pointer (&value));
    }

  return TRUE;
}

InbHttpRequest *
inb_http_request_new (InbHttpConnection  *connection,
                      InbHttpMatch       *match,
                      GError            **error)
{
  g_autoptr (InbHttpRequest) self = g_new0 (InbHttpRequest, 1);
  const char *query = inb_http_head_get_query (inb_http_connection_get_head (connection));

  self->refs = 1;
  self->answered = TRUE; /* nothing to answer before the dispatch */
  self->connection = inb_http_connection_ref (connection);
  self->match = *match;
  memset (match, 0, sizeof *match);
  if (query != NULL && !parse_query (self, query, error))
    return NULL;

  return g_steal_pointer (&self);
}

InbHttpRequest *
inb_http_request_ref (InbHttpRequest *self)
{
  self->refs++;

  return self;
}

static void
respond_forgotten (InbHttpRequest *self)
{
  g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_INTERNAL, "The handler gave no answer");

  inb_http_request_respond_error (self, error);
}

void
inb_http_request_unref (InbHttpRequest *self)
{
  if (self->refs == 1 && !self->answered)
    respond_forgotten (self);
  if (--self->refs > 0)
    return;

  inb_http_match_clear (&self->match);
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->connection, inb_http_connection_unref);
  g_clear_object (&self->message);
  g_free (self->path);
  g_free (self);
}

/**
 * inb_http_request_dispatch:
 *
 * Runs the handler; when it has not answered by its return, the message waits.
 */
void
inb_http_request_dispatch (InbHttpRequest    *self,
                           SoupServerMessage *message)
{
  const InbHttpRoute *route = self->match.route;

  self->message = g_object_ref (message);
  self->body = inb_http_connection_take_body (self->connection);
  self->answered = FALSE;
  self->in_handler = TRUE;
  inb_http_request_ref (self);
  route->handler (self, route->user_data);
  if (self->refs == 1 && !self->answered)
    respond_forgotten (self);
  self->in_handler = FALSE;
  if (!self->answered)
    soup_server_message_pause (message);
  inb_http_request_unref (self);
}

const char *
inb_http_request_get_method (InbHttpRequest *self)
{
  return inb_http_head_get_method (inb_http_connection_get_head (self->connection));
}

static char *
join_path (InbHttpRequest *self,
           gboolean        masked)
{
  GString *path = g_string_new (NULL);

  for (guint i = 0; i < self->match.n_segments; i++)
    {
      gboolean secret = masked && strcmp (self->match.route->segments[i], "{key}") == 0;

      g_string_append_c (path, '/');
      g_string_append (path, secret ? "***" : self->match.segments[i]);
    }
  if (self->match.n_segments == 0)
    g_string_append_c (path, '/');

  return g_string_free (path, FALSE);
}

/**
 * inb_http_request_get_path:
 *
 * Returns: (transfer none): the decoded path, without the query
 */
const char *
inb_http_request_get_path (InbHttpRequest *self)
{
  if (self->path == NULL)
    self->path = join_path (self, FALSE);

  return self->path;
}

/**
 * inb_http_request_get_segment:
 * @name: as in the route's pattern, without braces
 *
 * Returns: (transfer none) (nullable): what stands there in the path, decoded
 */
const char *
inb_http_request_get_segment (InbHttpRequest *self,
                              const char     *name)
{
  gsize length = strlen (name);

  for (guint i = 0; i < self->match.n_segments; i++)
    {
      const char *segment = self->match.route->segments[i];

      if (*segment == '{' && strncmp (segment + 1, name, length) == 0 && strcmp (segment + 1 + length, "}") == 0)
        return self->match.segments[i];
    }

  return NULL;
}

const char *
inb_http_request_get_param (InbHttpRequest *self,
                            const char     *name)
{
  return self->params == NULL ? NULL : g_hash_table_lookup (self->params, name);
}

GHashTable *
inb_http_request_get_params (InbHttpRequest *self)
{
  return self->params;
}

/**
 * inb_http_request_get_header:
 * @name: in any case
 *
 * Returns: (transfer none) (nullable): the first field of that name; always UTF-8
 */
const char *
inb_http_request_get_header (InbHttpRequest *self,
                             const char     *name)
{
  return inb_http_head_get_field (inb_http_connection_get_head (self->connection), name);
}

/**
 * inb_http_request_get_body:
 *
 * Returns: (transfer none): the body, empty if there is none; lives as long as the request
 */
GBytes *
inb_http_request_get_body (InbHttpRequest *self)
{
  return self->body;
}

const char *
inb_http_request_get_peer (InbHttpRequest *self)
{
  return inb_http_connection_get_peer (self->connection);
}

gboolean
inb_http_request_is_local_socket (InbHttpRequest *self)
{
  return inb_http_connection_is_local (self->connection);
}

gint64
inb_http_request_get_received_at (InbHttpRequest *self)
{
  return inb_http_connection_get_received_at (self->connection);
}

static void
log_access (InbHttpRequest *self,
            guint           status)
{
  g_autofree char *path = NULL;

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return;

  path = join_path (self, TRUE);
  g_debug ("%s %s %s %u %.1f ms", inb_http_request_get_peer (self), inb_http_request_get_method (self), path, status,
           (double) (g_get_real_time () - inb_http_request_get_received_at (self)) / 1000);
}

static void
tell_observer (InbHttpRequest *self,
               guint           status)
{
  const InbHttpRoute *route = self->match.route;

  if (route->watcher->func != NULL)
    route->watcher->func (route->pattern, status, g_get_real_time () - inb_http_request_get_received_at (self),
                          route->watcher->user_data);
}

static void
finish (InbHttpRequest *self,
        guint           status)
{
  self->answered = TRUE;
  log_access (self, status);
  tell_observer (self, status);
  if (!self->in_handler)
    soup_server_message_unpause (self->message);
}

static gboolean
can_answer (InbHttpRequest *self)
{
  if (self->answered)
    {
      g_warning ("A second answer to %s was dropped", inb_http_request_get_path (self));
      return FALSE;
    }

  return TRUE;
}

/**
 * inb_http_request_respond:
 * @status: HTTP status
 * @content_type: (nullable): static text
 * @body: (transfer full) (nullable): the answer's body
 *
 * Answers.  Dropped when the client has gone.
 */
void
inb_http_request_respond (InbHttpRequest *self,
                          guint           status,
                          const char     *content_type,
                          GBytes         *body)
{
  g_autoptr (GBytes) owned = body;
  SoupMessageHeaders *headers;
  guint retry = inb_http_problem_get_retry (status);

  if (!can_answer (self))
    return;

  headers = soup_server_message_get_response_headers (self->message);
  soup_server_message_set_status (self->message, status, NULL);
  soup_message_headers_append (headers, "Connection", "close");
  soup_message_headers_append (headers, "X-Content-Type-Options", "nosniff");
  if ((self->match.route->flags & INB_HTTP_ROUTE_CORS) != 0)
    soup_message_headers_append (headers, "Access-Control-Allow-Origin", "*");
  else
    soup_message_headers_append (headers, "Cache-Control", "no-store");
  if (retry > 0 && soup_message_headers_get_one (headers, "Retry-After") == NULL)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", retry);

      soup_message_headers_append (headers, "Retry-After", seconds);
    }
  if (body != NULL)
    {
      if (content_type != NULL)
        soup_message_headers_append (headers, "Content-Type", content_type);
      soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), body);
    }
  finish (self, status);
}

/**
 * inb_http_request_respond_json:
 * @json: (transfer full): the body
 */
void
inb_http_request_respond_json (InbHttpRequest *self,
                               guint           status,
                               GString        *json)
{
  inb_http_request_respond (self, status, "application/json", g_string_free_to_bytes (json));
}

/**
 * inb_http_request_respond_error:
 * @error: of %INB_ERROR, else it counts as internal; what goes wrong inside is logged and not told
 */
void
inb_http_request_respond_error (InbHttpRequest *self,
                                const GError   *error)
{
  guint status = inb_error_get_status (inb_error_get_code (error));
  const char *path = inb_http_head_get_raw_path (inb_http_connection_get_head (self->connection));
  const char *content_type;
  GString *body;

  if (status >= 500)
    {
      g_autofree char *masked = join_path (self, TRUE);

      g_log (G_LOG_DOMAIN, status == 503 ? G_LOG_LEVEL_INFO : G_LOG_LEVEL_WARNING, "%s %s: %s",
             inb_http_request_get_method (self), masked, error->message);
    }
  body = inb_http_problem_new (path, error, &content_type);
  inb_http_request_respond (self, status, content_type, g_string_free_to_bytes (body));
}

/**
 * inb_http_request_add_header:
 *
 * Adds a field to the answer that is still to come.
 */
void
inb_http_request_add_header (InbHttpRequest *self,
                             const char     *name,
                             const char     *value)
{
  g_return_if_fail (strpbrk (value, "\r\n") == NULL);

  if (!self->answered)
    soup_message_headers_append (soup_server_message_get_response_headers (self->message), name, value);
}

static void
upgrade_free (gpointer data)
{
  Upgrade *upgrade = data;

  if (upgrade->upgraded != NULL)
    upgrade->upgraded (NULL, NULL, upgrade->user_data);
  if (upgrade->destroy != NULL)
    upgrade->destroy (upgrade->user_data);
  inb_http_connection_unref (upgrade->connection);
  g_free (upgrade);
}

static void
upgrade_closure_free (gpointer  data,
                      GClosure *closure)
{
  upgrade_free (data);
}

static void
on_wrote_informational (SoupServerMessage *message,
                        gpointer           user_data)
{
  Upgrade *upgrade = user_data;
  InbHttpUpgraded upgraded = upgrade->upgraded;
  g_autoptr (SoupWebsocketConnection) websocket = NULL;
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GUri) uri = g_uri_ref (soup_server_message_get_uri (message));

  if (soup_server_message_get_status (message) != SOUP_STATUS_SWITCHING_PROTOCOLS || upgraded == NULL)
    return;

  upgrade->upgraded = NULL;
  inb_http_connection_set_upgraded (upgrade->connection);
  stream = soup_server_message_steal_connection (message);
  websocket = soup_websocket_connection_new (stream, uri, SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
  upgraded (websocket, upgrade->connection, upgrade->user_data);
}

/* A page of another site can open a WebSocket here with what the browser knows; programs send no Origin. */
static gboolean
is_own_origin (InbHttpRequest *self)
{
  const char *origin = inb_http_request_get_header (self, "origin");
  const char *host = inb_http_request_get_header (self, "host");
  const char *name = origin == NULL ? NULL : strstr (origin, "://");

  return origin == NULL || (host != NULL && name != NULL && g_str_has_prefix (origin, "http") &&
                            g_ascii_strcasecmp (name + 3, host) == 0);
}

/**
 * inb_http_request_upgrade:
 * @upgraded: called once; with %NULL if it did not come to it
 * @destroy: (nullable): for @user_data, after @upgraded
 */
void
inb_http_request_upgrade (InbHttpRequest  *self,
                          InbHttpUpgraded  upgraded,
                          gpointer         user_data,
                          GDestroyNotify   destroy)
{
  g_autoptr (GError) error = NULL;
  Upgrade *upgrade = g_new0 (Upgrade, 1);

  upgrade->connection = inb_http_connection_ref (self->connection);
  upgrade->upgraded = upgraded;
  upgrade->user_data = user_data;
  upgrade->destroy = destroy;

  if ((self->match.route->flags & INB_HTTP_ROUTE_WEBSOCKET) == 0 ||
      !inb_http_head_is_upgrade (inb_http_connection_get_head (self->connection)))
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_BAD_REQUEST, "This is for WebSockets");
  else if (!is_own_origin (self))
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_FORBIDDEN, "A page of another site may not listen here");
  else
    soup_websocket_server_check_handshake (self->message, NULL, NULL, NULL, &error);
  if (error != NULL && error->domain != INB_ERROR)
    {
      g_clear_error (&error);
      g_set_error_literal (&error, INB_ERROR, INB_ERROR_BAD_REQUEST, "This is no WebSocket handshake");
    }
  if (error != NULL)
    {
      inb_http_request_respond_error (self, error);
      upgrade_free (upgrade);
      return;
    }

  soup_websocket_server_process_handshake (self->message, NULL, NULL, NULL, NULL);
  g_signal_connect_data (self->message, "wrote-informational", G_CALLBACK (on_wrote_informational), upgrade,
                         upgrade_closure_free, 0);
  finish (self, SOUP_STATUS_SWITCHING_PROTOCOLS);
}

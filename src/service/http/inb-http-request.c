#define G_LOG_DOMAIN "inb-service"

#include "inb-http-request-struct.h"

#include "inb-error.h"
#include "inb-http-decode.h"
#include "inb-http-problem.h"
#include "inb-http-writer.h"

#include <string.h>

#define UNKNOWN_LENGTH G_MAXSIZE

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
  const char *query;

  self->refs = 1;
  self->answered = TRUE; /* nothing to answer before the dispatch */
  self->connection = inb_http_connection_ref (connection);
  self->head = inb_http_head_ref (inb_http_connection_get_head (connection));
  self->received_at = inb_http_connection_get_received_at (connection);
  self->match = *match;
  memset (match, 0, sizeof *match);
  query = inb_http_head_get_query (self->head);
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
  g_clear_pointer (&self->head, inb_http_head_unref);
  if (self->fields != NULL)
    g_string_free (self->fields, TRUE);
  g_free (self->path);
  g_free (self);
}

/**
 * inb_http_request_dispatch:
 * @body: (transfer full): the whole body
 *
 * Runs the handler, which answers at once or keeps a reference.
 */
void
inb_http_request_dispatch (InbHttpRequest *self,
                           GBytes         *body)
{
  self->body = body;
  self->answered = FALSE;
  self->match.route->handler (self, self->match.route->user_data);
}

const char *
inb_http_request_get_method (InbHttpRequest *self)
{
  return inb_http_head_get_method (self->head);
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
  return inb_http_head_get_field (self->head, name);
}

/**
 * inb_http_request_get_body:
 *
 * Returns: (transfer none): the body, as long as the request lives; of size 0, its data perhaps %NULL, if there is none
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
  return self->received_at;
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
    route->watcher->func (route->pattern, status, g_get_real_time () - self->received_at, route->watcher->user_data);
}

gboolean
inb_http_request_begin_answer (InbHttpRequest *self,
                               guint           status)
{
  if (self->answered)
    {
      g_warning ("A second answer to %s was dropped", inb_http_request_get_path (self));
      return FALSE;
    }

  self->answered = TRUE;
  log_access (self, status);
  tell_observer (self, status);

  return TRUE;
}

static GString *
make_head (InbHttpRequest *self,
           guint           status,
           const char     *content_type,
           gsize           length)
{
  GString *head = g_string_sized_new (512);
  guint retry = inb_http_problem_get_retry (status);

  g_string_append_printf (head, "HTTP/1.1 %u %s\r\n", status, inb_http_problem_get_phrase (status));
  inb_http_writer_append_date (head, g_get_real_time () / G_USEC_PER_SEC);
  g_string_append (head, "X-Content-Type-Options: nosniff\r\n");
  if ((self->match.route->flags & INB_HTTP_ROUTE_CORS) != 0)
    g_string_append (head, "Access-Control-Allow-Origin: *\r\n");
  else
    g_string_append (head, "Cache-Control: no-store\r\n");
  if (content_type != NULL && length != 0)
    g_string_append_printf (head, "Content-Type: %s\r\n", content_type);
  if (status != 204 && status != 304 && length != UNKNOWN_LENGTH)
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n", length);
  if (retry > 0 && (self->fields == NULL || strstr (self->fields->str, "Retry-After:") == NULL))
    g_string_append_printf (head, "Retry-After: %u\r\n", retry);
  if (self->fields != NULL)
    g_string_append_len (head, self->fields->str, self->fields->len);

  return head;
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
  GString *head;

  if (!inb_http_request_begin_answer (self, status))
    return;

  head = make_head (self, status, content_type, body == NULL ? 0 : g_bytes_get_size (body));
  if (strcmp (inb_http_request_get_method (self), "HEAD") == 0)
    g_clear_pointer (&owned, g_bytes_unref);
  inb_http_connection_answer (self->connection, head, g_steal_pointer (&owned));
}

static void
on_next (gboolean is_open,
         gpointer user_data)
{
  InbHttpRequest *self = user_data;

  self->next (self, is_open, self->next_data);
  if (!is_open)
    inb_http_request_unref (self);
}

/**
 * inb_http_request_begin:
 * @content_type: static text
 * @first: (transfer full): the beginning of the body
 * @next: asked for each further piece; the request lives until its last call, or until the end
 */
void
inb_http_request_begin (InbHttpRequest *self,
                        guint           status,
                        const char     *content_type,
                        GString        *first,
                        InbHttpNext     next,
                        gpointer        user_data)
{
  GString *head;

  if (!inb_http_request_begin_answer (self, status))
    {
      g_string_free (first, TRUE);
      return;
    }

  self->next = next;
  self->next_data = user_data;
  head = make_head (self, status, content_type, UNKNOWN_LENGTH);
  inb_http_request_ref (self);
  if (strcmp (inb_http_request_get_method (self), "HEAD") == 0)
    {
      g_string_free (first, TRUE);
      inb_http_connection_answer (self->connection, head, NULL);
      on_next (FALSE, self);
      return;
    }

  inb_http_connection_begin_pieces (self->connection, head, first, on_next, self);
}

void
inb_http_request_send_piece (InbHttpRequest *self,
                             GString        *piece)
{
  inb_http_connection_send_piece (self->connection, piece);
}

/**
 * inb_http_request_end:
 *
 * All of the body was sent.
 */
void
inb_http_request_end (InbHttpRequest *self)
{
  inb_http_connection_end_pieces (self->connection);
  inb_http_request_unref (self);
}

/**
 * inb_http_request_break:
 *
 * The body cannot be completed; @next is told as if the client had gone.
 */
void
inb_http_request_break (InbHttpRequest *self)
{
  inb_http_connection_close (self->connection);
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
  const char *path = inb_http_head_get_raw_path (self->head);
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
 * inb_http_request_extend:
 *
 * To be called now and then by whoever makes an answer that takes long, so that its deadline is for standing still only.
 */
void
inb_http_request_extend (InbHttpRequest *self)
{
  if (!self->answered)
    inb_http_connection_extend (self->connection);
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

  if (self->fields == NULL)
    self->fields = g_string_new (NULL);
  g_string_append_printf (self->fields, "%s: %s\r\n", name, value);
}

InbHttpConnection *
inb_http_request_get_connection (InbHttpRequest *self)
{
  return self->connection;
}

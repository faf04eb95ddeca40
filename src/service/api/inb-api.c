#define G_LOG_DOMAIN "inb-service"

#include "inb-api.h"

#include "inb-error.h"
#include "inb-service-url.h"
#include "inb-time.h"

#include <string.h>

#define BEARER "Bearer "
#define USE_INTERVAL 60 /* seconds: an open socket is a use */

/* One route with a token. */
typedef struct {
  InbApi            *api;
  InbRole            role;
  InbApiHandler      handler;
  InbApiDataHandler  data_handler; /* in its place */
  gconstpointer      data;
} Route;

/* One request while its token is looked up, or while it is read. */
typedef struct {
  Route          *route;
  InbApi         *api;
  InbHttpRequest *request;
  gint64          started;
} Call;

static Call *
call_new (InbApi         *api,
          Route          *route,
          InbHttpRequest *request)
{
  Call *call = g_new0 (Call, 1);

  call->api = api;
  call->route = route;
  call->request = inb_http_request_ref (request);
  call->started = g_get_monotonic_time ();

  return call;
}

static void
call_free (Call *call)
{
  inb_http_request_unref (call->request);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
on_session_revoked (InbDirectory *directory,
                    const char   *token_id,
                    InbApi       *self)
{
  inb_hub_close_token (self->hub, token_id);
}

static void
on_token_expired (const char *token_id,
                  gpointer    user_data)
{
  InbApi *self = user_data;

  inb_hub_close_token (self->hub, token_id);
}

static void
note_use (const char *workspace_id,
          const char *token_id,
          gpointer    user_data)
{
  InbApi *self = user_data;

  inb_token_uses_note (self->uses, workspace_id, token_id);
}

static gboolean
on_use_due (gpointer user_data)
{
  InbApi *self = user_data;

  inb_hub_foreach_token (self->hub, note_use, self);

  return G_SOURCE_CONTINUE;
}

static gboolean
check_session (const Route     *route,
               InbHttpRequest  *request,
               InbSession      *session,
               GError         **error)
{
  const char *workspace_id = inb_http_request_get_param (request, "workspace_id");

  /* What is cached was valid when it was read. */
  if (session->expires_at != INB_TIME_NONE && session->expires_at <= inb_time_now ())
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAUTHORIZED, "The token has expired or was revoked");
      return FALSE;
    }
  if (workspace_id != NULL && strcmp (workspace_id, session->workspace_id) != 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_FORBIDDEN, "The token is not for this workspace");
      return FALSE;
    }
  if (session->role < route->role)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN, "This needs the role %s", inb_role_get_name (route->role));
      return FALSE;
    }

  return TRUE;
}

static void
on_session (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbSession) session = NULL;

  session = inb_directory_find_session_finish (INB_DIRECTORY (source), result, &error);
  if (session == NULL || !check_session (call->route, call->request, session, &error))
    {
      if (g_error_matches (error, INB_ERROR, INB_ERROR_UNAUTHORIZED))
        inb_http_request_add_header (call->request, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
      inb_http_request_respond_error (call->request, error);
      return;
    }

  inb_token_uses_note (call->api->uses, session->workspace_id, session->token_id);
  if (call->route->data_handler != NULL)
    call->route->data_handler (call->api, call->request, session, call->route->data);
  else
    call->route->handler (call->api, call->request, session);
}

static void
on_request (InbHttpRequest *request,
            gpointer        user_data)
{
  Route *route = user_data;
  const char *authorization = inb_http_request_get_header (request, "Authorization");

  if (authorization == NULL || g_ascii_strncasecmp (authorization, BEARER, strlen (BEARER)) != 0)
    {
      g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_UNAUTHORIZED,
                                                      "Send the token as “Authorization: Bearer …”");

      inb_http_request_add_header (request, "WWW-Authenticate", "Bearer");
      inb_http_request_respond_error (request, error);
      return;
    }

  inb_directory_find_session_async (route->api->directory, authorization + strlen (BEARER),
                                    on_session, call_new (route->api, route, request));
}

/**
 * inb_api_new:
 * @readers: (transfer none): where the handlers read
 * @writer: (transfer none): asked whether it is connected
 * @live: (transfer none): told which workspaces have clients
 * @uses: (transfer none): told which tokens are used
 *
 * Returns: (transfer full): the API without a route; everything given must outlive it
 */
InbApi *
inb_api_new (InbReaderPool *readers,
             InbDirectory  *directory,
             InbHub        *hub,
             InbWriter     *writer,
             InbLive       *live,
             InbCounters   *counters,
             InbTokenUses  *uses)
{
  InbApi *self = g_new0 (InbApi, 1);

  self->readers = readers;
  self->directory = directory;
  self->hub = hub;
  self->writer = writer;
  self->live = live;
  self->counters = counters;
  self->uses = uses;
  self->routes = g_ptr_array_new_with_free_func (g_free);
  self->clock = inb_token_clock_new (on_token_expired, self);
  self->undos = g_hash_table_new (g_str_hash, g_str_equal);
  self->use_timer = g_timeout_add_seconds (USE_INTERVAL, on_use_due, self);
  self->revoked_handler = g_signal_connect (directory, "session-revoked", G_CALLBACK (on_session_revoked), self);

  return self;
}

void
inb_api_free (InbApi *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handler_disconnect (self->directory, self->revoked_handler);
  g_source_remove (self->use_timer);
  inb_token_clock_free (self->clock);
  g_hash_table_unref (self->undos);
  g_ptr_array_unref (self->routes);
  g_free (self);
}

static void
on_answered (const char *pattern,
             guint       status,
             gint64      microseconds,
             gpointer    user_data)
{
  InbApi *self = user_data;

  inb_counters_count_request (self->counters, pattern, status);
  inb_counters_observe (self->counters, INB_COUNTER_REQUEST_TIME, microseconds);
}

/**
 * inb_api_attach:
 * @server: is counted from now on
 */
void
inb_api_attach (InbApi        *self,
                InbHttpServer *server)
{
  g_return_if_fail (self != NULL && INB_IS_HTTP_SERVER (server));

  self->server = server;
  inb_http_server_set_observer (server, on_answered, self);
}

static Route *
add_route (InbApi            *self,
           InbHttpServer     *server,
           const char        *method,
           const char        *pattern,
           InbHttpRouteFlags  flags,
           InbRole            role)
{
  Route *route = g_new0 (Route, 1);

  route->api = self;
  route->role = role;
  g_ptr_array_add (self->routes, route);
  inb_http_server_add_route (server, method, pattern, flags, on_request, route);

  return route;
}

/**
 * inb_api_add:
 * @role: the least role that may
 * @handler: called with the session of the request's token
 */
void
inb_api_add (InbApi            *self,
             InbHttpServer     *server,
             const char        *method,
             const char        *pattern,
             InbHttpRouteFlags  flags,
             InbRole            role,
             InbApiHandler      handler)
{
  add_route (self, server, method, pattern, flags, role)->handler = handler;
}

/**
 * inb_api_add_with_data:
 * @role: the least role that may
 * @handler: called with the session of the request's token, and with @data
 */
void
inb_api_add_with_data (InbApi            *self,
                       InbHttpServer     *server,
                       const char        *method,
                       const char        *pattern,
                       InbHttpRouteFlags  flags,
                       InbRole            role,
                       InbApiDataHandler  handler,
                       gconstpointer      data)
{
  Route *route = add_route (self, server, method, pattern, flags, role);

  route->data_handler = handler;
  route->data = data;
}

static void
free_json (gpointer data)
{
  g_string_free (data, TRUE);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;
  GString *json = inb_reader_pool_run_finish (INB_READER_POOL (source), result, &error);

  inb_counters_observe (call->api->counters, INB_COUNTER_READ_TIME, g_get_monotonic_time () - call->started);
  if (json == NULL)
    inb_http_request_respond_error (call->request, error);
  else
    inb_http_request_respond_json (call->request, 200, json);
}

/**
 * inb_api_read:
 * @func: runs on a worker thread, returns a GString with JSON
 * @data: (transfer full): its data
 *
 * Answers @request with what @func reads.
 */
void
inb_api_read (InbApi         *self,
              InbHttpRequest *request,
              InbReadFunc     func,
              gpointer        data,
              GDestroyNotify  free_data)
{
  inb_reader_pool_run_async (self->readers, func, data, free_data, free_json, NULL,
                             on_read, call_new (self, NULL, request));
}

/**
 * inb_api_get_public_url:
 *
 * Behind a proxy the Host of a request is the public one; on this computer, and on the local socket, it says nothing.
 *
 * Returns: (transfer full): "https://leads.example.org", without a slash at its end
 */
char *
inb_api_get_public_url (InbApi         *self,
                        InbHttpRequest *request)
{
  const char *host = inb_http_request_get_header (request, "Host");
  g_autofree char *asked = host == NULL || *host == '\0' ? NULL : g_strconcat ("http://", host, NULL);
  gsize length = self->base_url == NULL ? 0 : strlen (self->base_url);
  char *url;

  while (length > 0 && self->base_url[length - 1] == '/')
    length--;
  if (length > 0)
    return g_strndup (self->base_url, length);
  if (asked != NULL && !inb_http_request_is_local_socket (request) && !inb_service_url_is_loopback (asked))
    return g_steal_pointer (&asked);

  url = inb_http_server_get_url (self->server);

  return url != NULL ? url : g_strdup ("http://localhost");
}

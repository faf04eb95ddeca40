/* A service without a database: the HTTP front with handlers that say what they got, for test_http_*.py. */
#define G_LOG_DOMAIN "inb-test"

#include "inb-error.h"
#include "inb-hub.h"
#include "inb-json.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  InbHttpServer *server;
  InbHub        *hub;
  GMainLoop     *loop;
} Fixture;

static void
on_webhook (InbHttpRequest *request,
            gpointer        user_data)
{
  GString *json = g_string_new ("{");

  inb_json_append_member_boolean (json, "success", TRUE);
  inb_json_append_member (json, "id", inb_http_request_get_segment (request, "id"));
  inb_json_append_member (json, "key", inb_http_request_get_segment (request, "key"));
  inb_json_append_member_integer (json, "length", (gint64) g_bytes_get_size (inb_http_request_get_body (request)));
  g_string_append_c (json, '}');
  inb_http_request_respond_json (request, 200, json);
}

static void
on_health (InbHttpRequest *request,
           gpointer        user_data)
{
  inb_http_request_respond (request, 200, "text/plain", g_bytes_new_static ("ok\n", 3));
}

static void
on_echo (InbHttpRequest *request,
         gpointer        user_data)
{
  GString *json = g_string_new ("{");
  GBytes *body = inb_http_request_get_body (request);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  inb_json_append_member (json, "method", inb_http_request_get_method (request));
  inb_json_append_member (json, "path", inb_http_request_get_path (request));
  inb_json_append_member (json, "name", inb_http_request_get_segment (request, "name"));
  inb_json_append_member (json, "q", inb_http_request_get_param (request, "q"));
  inb_json_append_member (json, "range", inb_http_request_get_header (request, "Range"));
  inb_json_append_member (json, "test", inb_http_request_get_header (request, "X-Test"));
  inb_json_append_member (json, "peer", inb_http_request_get_peer (request));
  inb_json_append_member_boolean (json, "local", inb_http_request_is_local_socket (request));
  inb_json_append_member_integer (json, "age", g_get_real_time () - inb_http_request_get_received_at (request));
  inb_json_append_member (json, "body", text);
  g_string_append_c (json, '}');
  inb_http_request_add_header (request, "X-Test", "yes");
  inb_http_request_respond_json (request, 200, json);
}

static void
on_large (InbHttpRequest *request,
          gpointer        user_data)
{
  const char *bytes = inb_http_request_get_param (request, "bytes");
  gsize n_bytes = bytes == NULL ? 0 : strtoul (bytes, NULL, 10);
  char *data = g_strnfill (n_bytes, 'x');

  inb_http_request_respond (request, 200, "text/plain", g_bytes_new_take (data, n_bytes));
}

static void
on_uploaded (InbHttpRequest *request,
             GBytes         *body,
             const GError   *error,
             gpointer        user_data)
{
  g_autofree char *checksum = NULL;
  GString *json;

  if (body == NULL)
    {
      inb_http_request_respond_error (request, error);
      return;
    }

  checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body);
  json = g_string_new ("{");
  inb_json_append_member_integer (json, "length", (gint64) g_bytes_get_size (body));
  inb_json_append_member (json, "sha256", checksum);
  g_string_append_c (json, '}');
  inb_http_request_respond_json (request, 200, json);
}

static void
on_upload (InbHttpRequest *request,
           gpointer        user_data)
{
  const char *max = inb_http_request_get_param (request, "max");
  g_autoptr (GError) error = NULL;

  if (inb_http_request_get_param (request, "refuse") == NULL)
    {
      inb_http_request_receive_body (request, max == NULL ? 64 * 1024 * 1024 : strtoul (max, NULL, 10), on_uploaded, NULL);
      return;
    }
  g_set_error_literal (&error, INB_ERROR, INB_ERROR_UNAUTHORIZED, "Not you");
  inb_http_request_respond_error (request, error);
}

static gboolean
on_slow_done (gpointer user_data)
{
  InbHttpRequest *request = user_data;

  inb_http_request_respond (request, 200, "text/plain", g_bytes_new_static ("late\n", 5));
  inb_http_request_unref (request);

  return G_SOURCE_REMOVE;
}

static void
on_slow (InbHttpRequest *request,
         gpointer        user_data)
{
  const char *ms = inb_http_request_get_param (request, "ms");

  g_timeout_add (ms == NULL ? 100 : (guint) strtoul (ms, NULL, 10), on_slow_done, inb_http_request_ref (request));
}

/* An answer that is worked on all the time. */
typedef struct {
  InbHttpRequest *request;
  guint           n_steps;
} Work;

static gboolean
on_work_step (gpointer user_data)
{
  Work *work = user_data;

  if (--work->n_steps > 0)
    {
      inb_http_request_extend (work->request);
      return G_SOURCE_CONTINUE;
    }

  inb_http_request_respond (work->request, 200, "text/plain", g_bytes_new_static ("done\n", 5));
  inb_http_request_unref (work->request);
  g_free (work);

  return G_SOURCE_REMOVE;
}

static void
on_work (InbHttpRequest *request,
         gpointer        user_data)
{
  Work *work = g_new0 (Work, 1);

  work->request = inb_http_request_ref (request);
  work->n_steps = 30;
  g_timeout_add (100, on_work_step, work);
}

static void
on_forget (InbHttpRequest *request,
           gpointer        user_data)
{
}

static void
on_twice (InbHttpRequest *request,
          gpointer        user_data)
{
  inb_http_request_respond (request, 200, "text/plain", g_bytes_new_static ("first", 5));
  inb_http_request_respond (request, 200, "text/plain", g_bytes_new_static ("second", 6));
}

static void
on_error (InbHttpRequest *request,
          gpointer        user_data)
{
  const char *name = inb_http_request_get_segment (request, "name");
  InbErrorCode code = INB_ERROR_INTERNAL;
  g_autoptr (GError) error = NULL;

  inb_error_from_name (name, &code);
  g_set_error (&error, INB_ERROR, code, "detail of %s", name);
  inb_http_request_respond_error (request, error);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

/* Kibibytes; 0 under a sanitizer, which keeps what is freed. */
static gint64
get_resident (void)
{
  g_autofree char *status = NULL;
  const char *line;

#ifdef __SANITIZE_ADDRESS__
  return 0;
#endif
  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return -1;
  line = strstr (status, "VmRSS:");

  return line == NULL ? -1 : g_ascii_strtoll (line + 6, NULL, 10);
}

static void
on_stats (InbHttpRequest *request,
          gpointer        user_data)
{
  Fixture *fixture = user_data;
  GString *json = g_string_new ("{");

  inb_json_append_member_integer (json, "clients", inb_hub_get_n_clients (fixture->hub));
  inb_json_append_member_integer (json, "descriptors", count_descriptors ());
  inb_json_append_member_integer (json, "resident", get_resident ());
  g_string_append_c (json, '}');
  inb_http_request_respond_json (request, 200, json);
}

static void
on_listen (InbHttpRequest *request,
           gpointer        user_data)
{
  Fixture *fixture = user_data;
  const char *token = inb_http_request_get_param (request, "token");

  inb_hub_accept (fixture->hub, request, inb_http_request_get_param (request, "workspace_id"),
                  token != NULL ? token : "token", "{\"event\":\"hello\",\"data\":{\"head\":0}}");
}

static guint
get_number (InbHttpRequest *request,
            const char     *name)
{
  const char *text = inb_http_request_get_param (request, name);

  return text == NULL ? 0 : (guint) strtoul (text, NULL, 10);
}

static void
on_broadcast (InbHttpRequest *request,
              gpointer        user_data)
{
  Fixture *fixture = user_data;
  guint events = get_number (request, "events");
  guint size = get_number (request, "size");
  GString *json;

  for (guint i = 1; i <= events; i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      GString *text = g_string_new (NULL);

      g_string_append_printf (text, "{\"event\":\"changes\",\"data\":{\"to\":%u,\"fill\":\"", i);
      while (text->len < size)
        g_string_append_c (text, 'x');
      g_string_append (text, "\"}}");
      bytes = g_string_free_to_bytes (text);
      inb_hub_broadcast (fixture->hub, inb_http_request_get_param (request, "workspace_id"), bytes, i);
    }
  json = g_string_new ("{");
  inb_json_append_member_integer (json, "clients", inb_hub_get_n_clients (fixture->hub));
  g_string_append_c (json, '}');
  inb_http_request_respond_json (request, 200, json);
}

static void
on_revoke (InbHttpRequest *request,
           gpointer        user_data)
{
  Fixture *fixture = user_data;

  inb_hub_close_token (fixture->hub, inb_http_request_get_segment (request, "token"));
  inb_http_request_respond (request, 204, NULL, NULL);
}

static void
on_drained (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_http_server_drain_finish (fixture->server, result, &error))
    g_printerr ("%s\n", error->message);
  g_main_loop_quit (fixture->loop);
}

static gboolean
on_terminate (gpointer user_data)
{
  Fixture *fixture = user_data;

  inb_hub_close_all (fixture->hub);
  inb_http_server_drain_async (fixture->server, on_drained, fixture);

  return G_SOURCE_REMOVE;
}

static void
add_routes (Fixture *fixture)
{
  const InbHttpRouteFlags webhook = INB_HTTP_ROUTE_CORS | INB_HTTP_ROUTE_ANY_HOST;
  InbHttpServer *server = fixture->server;

  inb_http_server_add_route (server, "POST", "/webhooks/{id}", webhook, on_webhook, NULL);
  inb_http_server_add_route (server, "POST", "/webhooks/{id}/{key}", webhook, on_webhook, NULL);
  inb_http_server_add_route (server, "GET", "/healthz", INB_HTTP_ROUTE_ANY_HOST, on_health, NULL);
  inb_http_server_add_route (server, "GET", "/api/echo/{name}", INB_HTTP_ROUTE_NONE, on_echo, NULL);
  inb_http_server_add_route (server, "POST", "/api/echo/{name}", INB_HTTP_ROUTE_NONE, on_echo, NULL);
  inb_http_server_add_route (server, "GET", "/api/echo/literal", INB_HTTP_ROUTE_NONE, on_health, NULL);
  inb_http_server_add_route (server, "GET", "/api/large", INB_HTTP_ROUTE_NONE, on_large, NULL);
  inb_http_server_add_route (server, "POST", "/api/upload", INB_HTTP_ROUTE_LATE_BODY, on_upload, NULL);
  inb_http_server_add_route (server, "GET", "/api/slow", INB_HTTP_ROUTE_NONE, on_slow, NULL);
  inb_http_server_add_route (server, "GET", "/api/work", INB_HTTP_ROUTE_NONE, on_work, NULL);
  inb_http_server_add_route (server, "GET", "/api/forget", INB_HTTP_ROUTE_NONE, on_forget, NULL);
  inb_http_server_add_route (server, "GET", "/api/twice", INB_HTTP_ROUTE_NONE, on_twice, NULL);
  inb_http_server_add_route (server, "GET", "/api/error/{name}", INB_HTTP_ROUTE_NONE, on_error, NULL);
  inb_http_server_add_route (server, "GET", "/api/stats", INB_HTTP_ROUTE_NONE, on_stats, fixture);
  inb_http_server_add_route (server, "GET", "/ws", INB_HTTP_ROUTE_WEBSOCKET, on_listen, fixture);
  inb_http_server_add_route (server, "POST", "/api/broadcast", INB_HTTP_ROUTE_NONE, on_broadcast, fixture);
  inb_http_server_add_route (server, "POST", "/api/revoke/{token}", INB_HTTP_ROUTE_NONE, on_revoke, fixture);
}

int
main (int    argc,
      char **argv)
{
  Fixture fixture = { 0 };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *url = NULL;
  int max_connections = 1024;
  int max_per_peer = 768;
  int grace = 1000;
  int receive_timeout = 10000;
  int answer_timeout = 120000;
  int uid = 0;
  const GOptionEntry entries[] = {
    { "max-connections", 0, 0, G_OPTION_ARG_INT, &max_connections, NULL, NULL },
    { "max-per-peer", 0, 0, G_OPTION_ARG_INT, &max_per_peer, NULL, NULL },
    { "grace", 0, 0, G_OPTION_ARG_INT, &grace, NULL, NULL },
    { "receive-timeout", 0, 0, G_OPTION_ARG_INT, &receive_timeout, NULL, NULL },
    { "answer-timeout", 0, 0, G_OPTION_ARG_INT, &answer_timeout, NULL, NULL },
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
    { "uid", 0, 0, G_OPTION_ARG_INT, &uid, NULL, NULL },
    { NULL }
  };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  fixture.loop = g_main_loop_new (NULL, FALSE);
  fixture.server = g_object_new (INB_TYPE_HTTP_SERVER,
                                 "max-connections", (guint) max_connections,
                                 "max-per-peer", (guint) max_per_peer,
                                 "grace", (guint) grace,
                                 "receive-timeout", (guint) receive_timeout,
                                 "answer-timeout", (guint) answer_timeout,
                                 NULL);
  fixture.hub = inb_hub_new ();
  inb_http_server_add_host (fixture.server, "Leads.Example");
  add_routes (&fixture);
  if (!inb_http_server_listen (fixture.server, "127.0.0.1:0", &error) ||
      (path != NULL && !inb_http_server_listen_local (fixture.server, path, (uid_t) uid, &error)))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, on_terminate, &fixture);

  url = inb_http_server_get_url (fixture.server);
  g_print ("ready %s\n", url);
  g_main_loop_run (fixture.loop);
  g_object_unref (fixture.hub);
  g_object_unref (fixture.server);
  g_main_loop_unref (fixture.loop);

  return 0;
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-api-status.h"

#include "inb-api-resource.h"
#include "inb-json.h"
#include "inb-sql.h"

#define OPENAPI_PATH "/org/example/InboundLeads/openapi.json"

typedef struct {
  InbApi         *api;
  InbHttpRequest *request;
} Check;

static void
respond_ok (InbHttpRequest *request)
{
  inb_http_request_respond_json (request, 200, g_string_new ("{\"status\":\"ok\"}"));
}

/* The details are for the log. */
static void
respond_unready (InbHttpRequest *request,
                 const char     *reason,
                 const GError   *error)
{
  GString *json = g_string_new ("{\"status\":\"unavailable\"");

  if (error != NULL)
    g_debug ("Not ready: %s", error->message);
  inb_json_append_member (json, "reason", reason);
  g_string_append_c (json, '}');
  inb_http_request_respond_json (request, 503, json);
}

static void
on_health (InbHttpRequest *request,
           gpointer        user_data)
{
  respond_ok (request);
}

static gpointer
ping (InbDb     *db,
      gpointer   data,
      GError   **error)
{
  g_autoptr (PGresult) result = inb_db_query (db, inb_sql_get ("api/ping"), 0, NULL, error);

  return result == NULL ? NULL : g_strdup (PQgetvalue (result, 0, 0));
}

static void
on_ping (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Check *check = user_data;
  g_autoptr (InbHttpRequest) request = check->request;
  g_autoptr (GError) error = NULL;
  g_autofree char *pong = inb_reader_pool_run_finish (INB_READER_POOL (source), result, &error);

  if (pong == NULL)
    respond_unready (request, "database", error);
  else if (!inb_writer_is_connected (check->api->writer))
    respond_unready (request, "writer", NULL);
  else
    respond_ok (request);
}

static void
on_ready (InbHttpRequest *request,
          gpointer        user_data)
{
  InbApi *api = user_data;
  Check *check = g_new0 (Check, 1);

  check->api = api;
  check->request = inb_http_request_ref (request);
  inb_reader_pool_run_async (api->readers, ping, NULL, NULL, g_free, NULL, on_ping, check);
}

static void
on_metrics (InbHttpRequest *request,
            gpointer        user_data)
{
  InbApi *api = user_data;
  GString *text = g_string_new (NULL);

  inb_counters_set (api->counters, INB_COUNTER_WS_CLIENTS, inb_hub_get_n_clients (api->hub));
  inb_counters_set (api->counters, INB_COUNTER_CONNECTIONS, inb_http_server_get_n_connections (api->server));
  inb_counters_set (api->counters, INB_COUNTER_QUEUE_LENGTH, inb_writer_get_queue_length (api->writer));
  inb_counters_append_text (api->counters, text);
  inb_http_request_respond (request, 200, "text/plain; version=0.0.4; charset=utf-8", g_string_free_to_bytes (text));
}

static void
on_openapi (InbHttpRequest *request,
            gpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  GBytes *document = g_resource_lookup_data (inb_api_get_resource (), OPENAPI_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (document == NULL)
    g_error ("Reading the description of the API: %s", error->message);

  inb_http_request_respond (request, 200, "application/json", document);
}

/**
 * inb_api_status_register:
 * @server: gets the routes
 */
void
inb_api_status_register (InbApi        *self,
                         InbHttpServer *server)
{
  inb_http_server_add_route (server, "GET", "/healthz", INB_HTTP_ROUTE_ANY_HOST, on_health, self);
  inb_http_server_add_route (server, "GET", "/readyz", INB_HTTP_ROUTE_ANY_HOST, on_ready, self);
  inb_http_server_add_route (server, "GET", "/metrics", INB_HTTP_ROUTE_NONE, on_metrics, self);
  inb_http_server_add_route (server, "GET", "/openapi.json", INB_HTTP_ROUTE_NONE, on_openapi, self);
}

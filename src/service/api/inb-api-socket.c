#define G_LOG_DOMAIN "inb-service"

#include "inb-api-socket.h"

#include "inb-json.h"
#include "inb-params.h"
#include "inb-protocol.h"

static const char * const only_workspace[] = { "workspace_id", NULL };

/* A client that waits for its greeting. */
typedef struct {
  InbApi         *api;
  InbHttpRequest *request;
  InbSession     *session;
} Guest;

static void
guest_free (Guest *guest)
{
  inb_http_request_unref (guest->request);
  inb_session_unref (guest->session);
  g_free (guest);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Guest, guest_free)

static char *
write_hello (const char *workspace_id,
             const char *epoch,
             gint64      head)
{
  GString *json = g_string_new ("{\"event\":\"" INB_PROTOCOL_EVENT_HELLO "\",\"data\":{");

  inb_json_append_member (json, "epoch", epoch);
  inb_json_append_member_integer (json, "head", head);
  inb_json_append_member (json, "workspace_id", workspace_id);
  g_string_append (json, "}}");

  return g_string_free (json, FALSE);
}

static void
on_head (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Guest) guest = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *hello = NULL;
  const char *workspace_id = guest->session->workspace_id;
  InbFeedHead *head = inb_reader_pool_run_finish (INB_READER_POOL (source), result, &error);

  if (head == NULL)
    {
      inb_http_request_respond_error (guest->request, error);
      return;
    }

  hello = write_hello (workspace_id, head->epoch, inb_live_settle (guest->api->live, workspace_id, head));
  inb_feed_head_free (head);
  inb_hub_accept (guest->api->hub, guest->request, workspace_id, guest->session->token_id, hello);
  inb_token_clock_watch (guest->api->clock, guest->session->token_id, guest->session->expires_at);
  inb_live_follow (guest->api->live, workspace_id);
}

static void
on_socket (InbApi         *api,
           InbHttpRequest *request,
           InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  Guest *guest;

  if (!inb_params_check (inb_http_request_get_params (request), only_workspace, &error))
    {
      inb_http_request_respond_error (request, error);
      return;
    }

  guest = g_new0 (Guest, 1);
  guest->api = api;
  guest->request = inb_http_request_ref (request);
  guest->session = inb_session_ref (session);
  inb_live_watch (api->live, session->workspace_id);
  inb_reader_pool_run_async (api->readers, inb_feed_head_job, g_strdup (session->workspace_id), g_free,
                             inb_feed_head_free, NULL, on_head, guest);
}

/**
 * inb_api_socket_register:
 * @server: gets the route
 */
void
inb_api_socket_register (InbApi        *self,
                         InbHttpServer *server)
{
  inb_api_add (self, server, "GET", "/ws", INB_HTTP_ROUTE_WEBSOCKET, INB_ROLE_VIEWER, on_socket);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-api-feed.h"

#include "inb-error.h"
#include "inb-feed.h"
#include "inb-json.h"
#include "inb-params.h"
#include "inb-protocol.h"
#include "inb-snapshot.h"

#define DEFAULT_LIMIT 500
#define MAX_PAGE_BYTES (1024 * 1024)

static const char * const changes_params[] = { "workspace_id", "since", "limit", "epoch", NULL };
static const char * const snapshot_params[] = { "workspace_id", "kind", "cursor", "limit", NULL };

static GString *
write_page (const InbFeedPage *page)
{
  GString *json = g_string_sized_new (page->rows->len + 256);

  g_string_append_c (json, '{');
  inb_json_append_member (json, "epoch", page->epoch);
  inb_json_append_member_integer (json, "from", page->from);
  inb_json_append_member_integer (json, "to", page->to);
  inb_json_append_member_integer (json, "head", page->head);
  g_string_append (json, ",\"rows\":[");
  g_string_append_len (json, page->rows->str, (gssize) page->rows->len);
  g_string_append (json, "]}");

  return json;
}

static gpointer
read_changes (InbDb     *db,
              gpointer   request,
              GError   **error)
{
  g_autoptr (InbFeedPage) page = inb_feed_page_job (db, request, error);

  return page == NULL ? NULL : write_page (page);
}

static InbFeedRequest *
parse_changes (GHashTable        *params,
               const InbSession  *session,
               GError           **error)
{
  g_autoptr (InbFeedRequest) request = g_new0 (InbFeedRequest, 1);

  if (!inb_params_check (params, changes_params, error) ||
      !inb_params_get_integer (params, "since", 0, G_MAXINT64 - 1, 0, &request->since, error) ||
      !inb_params_get_integer (params, "limit", 1, INB_PROTOCOL_MAX_PAGE, DEFAULT_LIMIT, &request->limit, error))
    return NULL;

  request->workspace_id = g_strdup (session->workspace_id);
  request->user_id = g_strdup (session->user_id);
  request->epoch = g_strdup (inb_params_get (params, "epoch"));
  request->max_bytes = MAX_PAGE_BYTES;

  return g_steal_pointer (&request);
}

static void
on_changes (InbApi         *api,
            InbHttpRequest *request,
            InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  InbFeedRequest *feed = parse_changes (inb_http_request_get_params (request), session, &error);

  if (feed == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, read_changes, feed, inb_feed_request_free);
}

static InbSnapshotRequest *
parse_snapshot (GHashTable        *params,
                const InbSession  *session,
                GError           **error)
{
  const char *name = inb_params_get (params, "kind");
  gint64 limit;
  InbKind kind;

  if (!inb_params_check (params, snapshot_params, error) ||
      !inb_params_get_integer (params, "limit", 1, INB_PROTOCOL_MAX_PAGE, DEFAULT_LIMIT, &limit, error))
    return NULL;
  if (name == NULL || !inb_kind_from_name (name, &kind) || !inb_snapshot_has_kind (kind))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "kind: not one of contact, lead, activity");
      return NULL;
    }

  return inb_snapshot_request_new (session->workspace_id, session->user_id, kind, limit,
                                   inb_params_get (params, "cursor"), error);
}

static void
on_snapshot (InbApi         *api,
             InbHttpRequest *request,
             InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  InbSnapshotRequest *snapshot = parse_snapshot (inb_http_request_get_params (request), session, &error);

  if (snapshot == NULL)
    inb_http_request_respond_error (request, error);
  else
    inb_api_read (api, request, inb_snapshot_job, snapshot, inb_snapshot_request_free);
}

/**
 * inb_api_feed_register:
 * @server: gets the routes
 */
void
inb_api_feed_register (InbApi        *self,
                       InbHttpServer *server)
{
  inb_api_add (self, server, "GET", "/api/changes", INB_HTTP_ROUTE_NONE, INB_ROLE_VIEWER, on_changes);
  inb_api_add (self, server, "GET", "/api/snapshot", INB_HTTP_ROUTE_NONE, INB_ROLE_VIEWER, on_snapshot);
}

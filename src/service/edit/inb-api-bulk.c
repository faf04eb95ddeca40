#define G_LOG_DOMAIN "inb-service"

#include "inb-api-bulk.h"

#include "inb-bulk-find.h"
#include "inb-bulk-job.h"
#include "inb-edit-body.h"
#include "inb-error.h"
#include "inb-params.h"

/* So many ids, and what shall become of them. */
#define MAX_BODY (INB_BULK_MAX * 40 + 64 * 1024)
#define MAX_BULKS 8

static const char * const only_workspace[] = { "workspace_id", NULL };

/* A bulk while its leads are looked up. */
typedef struct {
  /* Owned */
  InbHttpRequest *request;
  InbSession     *session;
  InbBulkRequest *bulk;

  /* Borrowed */
  InbApi         *api;
} Call;

static void
call_free (Call *call)
{
  call->api->n_bulks--;
  inb_http_request_unref (call->request);
  inb_session_unref (call->session);
  g_clear_pointer (&call->bulk, inb_bulk_request_free);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
push (Call *call)
{
  inb_bulk_job_push (call->api, call->request, call->session, g_steal_pointer (&call->bulk));
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (GError) error = NULL;

  call->bulk->ids = inb_reader_pool_run_finish (INB_READER_POOL (source), result, &error);
  if (call->bulk->ids == NULL)
    inb_http_request_respond_error (call->request, error);
  else
    push (call);
}

static void
free_ids (gpointer ids)
{
  g_ptr_array_unref (ids);
}

/* @call: (transfer full): parsed, or not with @error */
static void
go_on (Call         *call,
       const GError *error)
{
  g_autoptr (Call) owned = call;

  if (call->bulk == NULL)
    {
      inb_http_request_respond_error (call->request, error);
    }
  else if (call->bulk->ids != NULL)
    {
      push (call);
    }
  else
    {
      g_steal_pointer (&owned);
      inb_reader_pool_run_async (call->api->readers, inb_bulk_find_run,
                                 inb_bulk_find_new (call->session->workspace_id, call->bulk->scope), inb_bulk_find_free, free_ids,
                                 NULL, on_found, call);
    }
}

static gpointer
parse (GBytes  *body,
       GError **error)
{
  return inb_bulk_request_new (body, error);
}

static void
free_parsed (gpointer parsed)
{
  inb_bulk_request_free (parsed);
}

static void
on_parsed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;

  call->bulk = inb_edit_body_parse_finish (result, &error);
  go_on (call, error);
}

/* Many ids take long to read: never on the main loop. */
static void
on_body (InbHttpRequest *request,
         GBytes         *body,
         const GError   *error,
         gpointer        user_data)
{
  Call *call = user_data;

  if (body == NULL)
    go_on (call, error);
  else
    inb_edit_body_parse_async (body, parse, free_parsed, on_parsed, call);
}

static gboolean
check_request (InbApi          *api,
               InbHttpRequest  *request,
               GError         **error)
{
  if (!inb_params_check (inb_http_request_get_params (request), only_workspace, error))
    return FALSE;
  if (api->n_bulks < MAX_BULKS)
    return TRUE;

  g_set_error_literal (error, INB_ERROR, INB_ERROR_QUEUE_FULL, "Too many leads are being changed; send it again");

  return FALSE;
}

static void
on_bulk (InbApi         *api,
         InbHttpRequest *request,
         InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  Call *call;

  if (!check_request (api, request, &error))
    {
      inb_http_request_respond_error (request, error);
      return;
    }

  call = g_new0 (Call, 1);
  call->api = api;
  call->request = inb_http_request_ref (request);
  call->session = inb_session_ref (session);
  api->n_bulks++;
  inb_http_request_receive_body (request, MAX_BODY, on_body, call);
}

/**
 * inb_api_bulk_register:
 * @server: gets the route
 */
void
inb_api_bulk_register (InbApi        *self,
                       InbHttpServer *server)
{
  inb_api_add (self, server, "POST", "/api/inbound-leads/bulk", INB_HTTP_ROUTE_LATE_BODY, INB_ROLE_MANAGER, on_bulk);
}

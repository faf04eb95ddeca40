#define G_LOG_DOMAIN "inb-service"

#include "inb-api-write.h"

/* One request on its way through the writer. */
typedef struct {
  /* Owned */
  InbHttpRequest  *request;
  GString         *json;      /* of the last turn */
  gpointer         data;

  InbApiWriteFunc  func;
  GDestroyNotify   free_data;
  guint            status;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  inb_http_request_unref (call->request);
  if (call->json != NULL)
    g_string_free (call->json, TRUE);
  if (call->free_data != NULL)
    call->free_data (call->data);
  g_free (call);
}

static gboolean
call_run (gpointer   data,
          InbWrite  *write,
          GError   **error)
{
  Call *call = data;

  if (call->json != NULL)
    g_string_free (call->json, TRUE);
  call->json = call->func (write, call->data, error);

  return call->json != NULL;
}

static void
call_done (gpointer      data,
           gint64        head,
           const GError *error)
{
  Call *call = data;

  if (error != NULL)
    inb_http_request_respond_error (call->request, error);
  else
    inb_http_request_respond_json (call->request, call->status, g_steal_pointer (&call->json));
}

static const InbWriterJobFuncs call_funcs = {
  .run = call_run,
  .done = call_done,
  .free_data = call_free,
};

/**
 * inb_api_push:
 * @job: (transfer full): answers @request when it is done
 */
void
inb_api_push (InbApi         *self,
              InbHttpRequest *request,
              InbWriterJob   *job)
{
  g_autoptr (InbWriterJob) owned = job;
  g_autoptr (GError) error = NULL;

  if (inb_writer_push_job (self->writer, job, &error))
    g_steal_pointer (&owned);
  else
    inb_http_request_respond_error (request, error);
}

/**
 * inb_api_write:
 * @status: of the answer when it succeeds
 * @func: runs on the writer thread
 * @data: (transfer full): its data
 *
 * Answers @request with what @func returns, once that is committed.
 */
void
inb_api_write (InbApi          *self,
               InbHttpRequest  *request,
               InbSession      *session,
               guint            status,
               InbApiWriteFunc  func,
               gpointer         data,
               GDestroyNotify   free_data)
{
  Call *call = g_new0 (Call, 1);

  call->request = inb_http_request_ref (request);
  call->func = func;
  call->data = data;
  call->free_data = free_data;
  call->status = status;
  inb_api_push (self, request,
                inb_writer_job_new (session->workspace_id, &call_funcs, call, g_bytes_get_size (inb_http_request_get_body (request))));
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-api-mutations.h"

#include "inb-api-write.h"
#include "inb-edit-body.h"
#include "inb-edit-job.h"
#include "inb-edit-request.h"
#include "inb-params.h"

/* A body beyond this would hold up the main loop while it is parsed. */
#define MAX_INLINE (16 * 1024)

/* Parsed, a body takes about so many times its size. */
#define SIZE_FACTOR 4

/* One request between its token and its answer. */
typedef struct {
  /* Owned */
  InbHttpRequest *request;
  InbSession     *session;
  InbEditRequest *edits;

  /* Borrowed */
  InbApi         *api;
} Call;

static const char * const only_workspace[] = { "workspace_id", NULL };

static void
call_free (gpointer data)
{
  Call *call = data;

  inb_http_request_unref (call->request);
  inb_session_unref (call->session);
  g_clear_pointer (&call->edits, inb_edit_request_free);
  g_free (call);
}

static InbMutation *
get_mutation (gpointer data,
              guint    index)
{
  Call *call = data;
  InbMutation *mutation = inb_edit_request_get (call->edits, index);

  return mutation == NULL ? NULL : inb_mutation_ref (mutation);
}

static void
take_answer (gpointer           data,
             guint              index,
             InbMutationResult *result)
{
  Call *call = data;

  inb_edit_request_answer (call->edits, index, result);
}

static void
on_went_on (gpointer data)
{
  Call *call = data;

  inb_http_request_extend (call->request);
}

static void
on_done (gpointer      data,
         gint64        head,
         const GError *error)
{
  Call *call = data;

  if (error != NULL)
    inb_http_request_respond_error (call->request, error);
  else
    inb_http_request_respond_json (call->request, 200, inb_edit_request_to_json (call->edits, head));
}

static const InbEditFuncs edit_funcs = {
  .get = get_mutation,
  .answer = take_answer,
  .went_on = on_went_on,
  .done = on_done,
  .free_data = call_free,
};

/* @call: (transfer full): parsed, or not with @error */
static void
push (Call         *call,
      const GError *error)
{
  g_autoptr (InbHttpRequest) request = inb_http_request_ref (call->request);
  gsize size = SIZE_FACTOR * g_bytes_get_size (inb_http_request_get_body (request));

  if (call->edits == NULL)
    {
      inb_http_request_respond_error (request, error);
      call_free (call);
      return;
    }

  inb_api_push (call->api, request,
                inb_edit_job_new (call->session, &edit_funcs, inb_edit_request_get_size (call->edits), call, size));
}

static gpointer
parse (GBytes  *body,
       GError **error)
{
  return inb_edit_request_new (body, error);
}

static void
free_parsed (gpointer parsed)
{
  inb_edit_request_free (parsed);
}

static void
on_parsed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;

  call->edits = inb_edit_body_parse_finish (result, &error);
  push (call, error);
}

static void
on_mutations (InbApi         *api,
              InbHttpRequest *request,
              InbSession     *session)
{
  GBytes *body = inb_http_request_get_body (request);
  g_autoptr (GError) error = NULL;
  Call *call;

  if (!inb_params_check (inb_http_request_get_params (request), only_workspace, &error))
    {
      inb_http_request_respond_error (request, error);
      return;
    }

  call = g_new0 (Call, 1);
  call->api = api;
  call->request = inb_http_request_ref (request);
  call->session = inb_session_ref (session);
  if (g_bytes_get_size (body) <= MAX_INLINE)
    {
      call->edits = inb_edit_request_new (body, &error);
      push (call, error);
      return;
    }

  inb_edit_body_parse_async (body, parse, free_parsed, on_parsed, call);
}

/**
 * inb_api_mutations_register:
 * @server: gets the route
 */
void
inb_api_mutations_register (InbApi        *self,
                            InbHttpServer *server)
{
  inb_api_add (self, server, "POST", "/api/mutations", INB_HTTP_ROUTE_NONE, INB_ROLE_AGENT, on_mutations);
}

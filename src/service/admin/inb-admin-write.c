#define G_LOG_DOMAIN "inb-service"

#include "inb-admin-write.h"

#include "inb-api-write.h"
#include "inb-edit-body.h"
#include "inb-edit-build.h"
#include "inb-error.h"
#include "inb-http-problem.h"
#include "inb-params.h"
#include "inb-time.h"

enum { ACTOR_NAME, ACTOR_ROLE, ACTOR_TOKEN_ROLE };

/* One request on its way through the writer. */
typedef struct {
  /* Owned */
  InbHttpRequest      *request;
  InbSession          *session;
  InbAdmin            *admin;    /* of the last turn */
  GString             *json;
  GPtrArray           *dropped;  /* of all turns */
  gpointer             data;

  /* Borrowed */
  InbApi              *api;
  const InbAdminFuncs *funcs;

  InbRight             right;
  guint                status;
} Call;

static const char * const only_workspace[] = { "workspace_id", NULL };

static void
call_clear_turn (Call *call)
{
  g_clear_pointer (&call->admin, inb_admin_free);
  if (call->json != NULL)
    g_string_free (g_steal_pointer (&call->json), TRUE);
}

static void
call_free (gpointer data)
{
  Call *call = data;

  call_clear_turn (call);
  call->funcs->free_data (call->data);
  g_ptr_array_unref (call->dropped);
  inb_session_unref (call->session);
  inb_http_request_unref (call->request);
  g_free (call);
}

/* Who it is, as it stands now and not when the token was last looked up. */
static InbAdmin *
admit (Call      *call,
       InbWrite  *write,
       GError   **error)
{
  g_autofree char *now = inb_time_format (write->now);
  const char *params[] = { write->workspace_id, call->session->token_id, now };
  g_autoptr (InbAdmin) admin = inb_admin_new (write->db, write->write_set, write->workspace_id, call->session->user_id, NULL, write->now);
  g_autoptr (PGresult) actor = inb_admin_query (admin, "admin/actor", G_N_ELEMENTS (params), params, error);
  InbRole role, token_role;

  if (actor == NULL)
    return NULL;
  if (PQntuples (actor) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAUTHORIZED, "The token has expired or was revoked");
      return NULL;
    }
  inb_role_from_name (PQgetvalue (actor, 0, ACTOR_ROLE), &role);
  inb_role_from_name (PQgetvalue (actor, 0, ACTOR_TOKEN_ROLE), &token_role);
  if (!inb_role_may (MIN (role, token_role), call->right))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN, "This needs the role %s", inb_role_get_name (inb_right_get_role (call->right)));
      return NULL;
    }
  admin->actor = g_strdup (PQgetvalue (actor, 0, ACTOR_NAME));

  return g_steal_pointer (&admin);
}

static gboolean
call_run (gpointer   data,
          InbWrite  *write,
          GError   **error)
{
  Call *call = data;

  call_clear_turn (call);
  call->admin = admit (call, write, error);

  return call->admin != NULL && call->funcs->run (call->data, call->admin, write, error);
}

static gboolean
call_store (gpointer   data,
            InbWrite  *write,
            guint     *n_statements,
            GError   **error)
{
  Call *call = data;

  if (!inb_admin_send (call->admin, n_statements, error))
    return FALSE;
  for (guint i = 0; i < call->admin->dropped->len; i++)
    g_ptr_array_add (call->dropped, g_strdup (g_ptr_array_index (call->admin->dropped, i)));
  if (!write->again)
    call->json = call->funcs->answer (call->data, call->admin, write);

  return TRUE;
}

static void
respond_problem (Call         *call,
                 const GError *error)
{
  const char *content_type;
  GString *json;

  if (g_error_matches (error, INB_ERROR, INB_ERROR_UNAUTHORIZED))
    inb_http_request_add_header (call->request, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
  if (call->admin == NULL || call->admin->extra == NULL || !g_error_matches (error, INB_ERROR, INB_ERROR_CONFLICT))
    {
      inb_http_request_respond_error (call->request, error);
      return;
    }

  json = inb_http_problem_new (inb_http_request_get_path (call->request), error, &content_type);
  g_string_truncate (json, json->len - 1);
  g_string_append_printf (json, ",%s}", call->admin->extra->str);
  inb_http_request_respond (call->request, inb_error_get_status (INB_ERROR_CONFLICT), content_type, g_string_free_to_bytes (json));
}

static void
call_done (gpointer      data,
           gint64        head,
           const GError *error)
{
  Call *call = data;

  /* What was taken away is gone when the answer says so; other processes are notified. */
  for (guint i = 0; i < call->dropped->len; i++)
    inb_directory_drop (call->api->directory, g_ptr_array_index (call->dropped, i));
  if (error != NULL)
    respond_problem (call, error);
  else
    inb_http_request_respond_json (call->request, call->status, g_steal_pointer (&call->json));
}

static const InbWriterJobFuncs call_funcs = {
  .run = call_run,
  .store = call_store,
  .done = call_done,
  .free_data = call_free,
};

/**
 * inb_admin_write:
 * @right: what the user must be allowed when it is their turn
 * @status: of the answer when it succeeds
 * @funcs: static
 * @data: (transfer full): theirs
 *
 * Answers @request when all is committed, or with what is wrong.
 */
void
inb_admin_write (InbApi              *api,
                 InbHttpRequest      *request,
                 InbSession          *session,
                 InbRight             right,
                 guint                status,
                 const InbAdminFuncs *funcs,
                 gpointer             data)
{
  Call *call = g_new0 (Call, 1);

  call->api = api;
  call->request = inb_http_request_ref (request);
  call->session = inb_session_ref (session);
  call->dropped = g_ptr_array_new_with_free_func (g_free);
  call->right = right;
  call->status = status;
  call->funcs = funcs;
  call->data = data;
  inb_api_push (api, request,
                inb_writer_job_new (session->workspace_id, &call_funcs, call, g_bytes_get_size (inb_http_request_get_body (request))));
}

void
inb_admin_add_route (InbApi        *api,
                     InbHttpServer *server,
                     const char    *method,
                     const char    *pattern,
                     InbRight       right,
                     InbApiHandler  handler)
{
  inb_api_add (api, server, method, pattern, INB_HTTP_ROUTE_NONE, inb_right_get_role (right), handler);
}

gboolean
inb_admin_check_params (InbHttpRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (inb_params_check (inb_http_request_get_params (request), only_workspace, &error))
    return TRUE;

  inb_http_request_respond_error (request, error);

  return FALSE;
}

static gboolean
check_members (JsonNode            *body,
               const char * const  *allowed,
               GError             **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, json_node_get_object (body));
  while (json_object_iter_next (&iter, &name, NULL))
    {
      g_autofree char *known = NULL;

      if (g_strv_contains (allowed, name))
        continue;
      known = g_strjoinv (", ", (char **) allowed);
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s: there is no such member; known are %s", name, known);
      return FALSE;
    }

  return TRUE;
}

JsonNode *
inb_admin_read_body (InbHttpRequest     *request,
                     const char * const *allowed)
{
  GBytes *bytes = inb_http_request_get_body (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = NULL;

  if (!inb_admin_check_params (request))
    return NULL;
  if (g_bytes_get_size (bytes) > INB_ADMIN_MAX_BODY)
    g_set_error (&error, INB_ERROR, INB_ERROR_TOO_LARGE, "The body may have at most %d bytes", INB_ADMIN_MAX_BODY);
  else
    body = inb_edit_body_parse (bytes, &error);
  if (body != NULL && check_members (body, allowed, &error))
    return g_steal_pointer (&body);

  inb_http_request_respond_error (request, error);

  return NULL;
}

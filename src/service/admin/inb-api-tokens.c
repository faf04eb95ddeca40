#define G_LOG_DOMAIN "inb-service"

#include "inb-api-tokens.h"

#include "inb-admin-entity.h"
#include "inb-admin-fields.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-read.h"
#include "inb-result-json.h"
#include "inb-sql.h"
#include "inb-token-grant.h"
#include "inb-uuid.h"

enum { TOKEN_ID, TOKEN_USER_ID, TOKEN_USER_NAME, TOKEN_NAME, TOKEN_ROLE, TOKEN_CREATED_AT, TOKEN_EXPIRES_AT, TOKEN_LAST_USED_AT };

static const char * const post_members[] = { "user_id", "name", "role", "expires_at", NULL };

static void
append_token (GString        *json,
              const PGresult *result,
              int             row)
{
  inb_json_append_member (json, "id", PQgetvalue (result, row, TOKEN_ID));
  inb_json_append_member (json, "user_id", PQgetvalue (result, row, TOKEN_USER_ID));
  inb_json_append_member (json, "user_name", PQgetvalue (result, row, TOKEN_USER_NAME));
  inb_json_append_member (json, "name", PQgetvalue (result, row, TOKEN_NAME));
  inb_json_append_member (json, "role", PQgetvalue (result, row, TOKEN_ROLE));
  inb_result_append_time (json, "created_at", result, row, TOKEN_CREATED_AT);
  inb_result_append_time (json, "expires_at", result, row, TOKEN_EXPIRES_AT);
  inb_result_append_time (json, "last_used_at", result, row, TOKEN_LAST_USED_AT);
}

static gpointer
read_tokens (InbDb     *db,
             gpointer   workspace_id,
             GError   **error)
{
  const char *params[] = { workspace_id };
  g_autoptr (PGresult) result = NULL;
  GString *json;

  result = inb_read_one (db, workspace_id, inb_sql_get ("admin/tokens"), G_N_ELEMENTS (params), params, error);
  if (result == NULL)
    {
      g_prefix_error (error, "Reading the tokens: ");
      return NULL;
    }

  json = g_string_new ("{\"tokens\":[");
  for (int i = 0; i < PQntuples (result); i++)
    {
      g_string_append (json, i == 0 ? "{" : ",{");
      append_token (json, result, i);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");

  return json;
}

static void
on_get (InbApi         *api,
        InbHttpRequest *request,
        InbSession     *session)
{
  if (inb_admin_check_params (request))
    inb_api_read (api, request, read_tokens, g_strdup (session->workspace_id), g_free);
}

static InbRow *
find_member (InbAdmin    *admin,
             JsonObject  *body,
             GError     **error)
{
  g_autofree char *text = NULL;
  g_autofree char *user_id = NULL;
  g_autoptr (GError) local = NULL;
  InbRow *member;

  if (!inb_admin_read_text (body, "user_id", INB_UUID_LENGTH, &text, error))
    return NULL;
  user_id = text == NULL ? NULL : inb_uuid_normalize (text);
  if (user_id == NULL)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "user_id must be the id of a member; GET /api/users lists them");
      return NULL;
    }

  member = inb_member_find (admin, user_id, &local);
  if (g_error_matches (local, INB_ERROR, INB_ERROR_NOT_FOUND))
    g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "user_id: %s; GET /api/users lists the members", local->message);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return member;
}

static gboolean
run_post (InbAdminEntity  *entity,
          InbAdmin        *admin,
          GError         **error)
{
  JsonObject *body = inb_admin_entity_get_body (entity);
  g_auto (InbTokenGrant) grant = { NULL };
  g_autoptr (InbRow) member = NULL;
  GString *token;

  if (!inb_token_grant_read (&grant, body, "name", "role", admin->now, error) || (member = find_member (admin, body, error)) == NULL)
    return FALSE;

  token = inb_token_grant_make (&grant, admin, member, entity->server, error);
  inb_admin_entity_take_token (entity, token);

  return token != NULL;
}

static GString *
answer_post (InbAdminEntity *entity,
             InbAdmin       *admin)
{
  return g_steal_pointer (&entity->token);
}

static gboolean
run_delete (InbAdminEntity  *entity,
            InbAdmin        *admin,
            GError         **error)
{
  return inb_member_revoke_token (admin, entity->id, error);
}

static GString *
answer_delete (InbAdminEntity *entity,
               InbAdmin       *admin)
{
  GString *json = g_string_new ("{");

  inb_json_append_member (json, "id", entity->id);
  inb_json_append_member (json, "revoked_at", admin->now_text);
  g_string_append_c (json, '}');

  return json;
}

static const InbAdminEntityRoute routes[] = {
  { "POST", "/api/tokens", post_members, INB_ADMIN_ID_NONE, INB_RIGHT_TOKENS, run_post, answer_post },
  { "DELETE", "/api/tokens/{id}", NULL, INB_ADMIN_ID_UUID, INB_RIGHT_TOKENS, run_delete, answer_delete },
};

/**
 * inb_api_tokens_register:
 * @server: gets the routes
 */
void
inb_api_tokens_register (InbApi        *self,
                         InbHttpServer *server)
{
  inb_admin_add_route (self, server, "GET", "/api/tokens", INB_RIGHT_TOKENS, on_get);
  inb_admin_entity_add_routes (self, server, routes, G_N_ELEMENTS (routes));
}

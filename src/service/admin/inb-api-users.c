#define G_LOG_DOMAIN "inb-service"

#include "inb-api-users.h"

#include "inb-admin-entity.h"
#include "inb-admin-fields.h"
#include "inb-admin-list.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-mail.h"
#include "inb-token-grant.h"

#define MAX_NAME 120
#define MAX_EMAIL 254
#define MAX_WORD 63

static const char * const post_members[] = { "name", "email", "role", "team_id", "is_service", "token_name", "token_role", "expires_at", NULL };
static const char * const patch_members[] = { "name", "role", "team_id", NULL };

static void
on_get (InbApi         *api,
        InbHttpRequest *request,
        InbSession     *session)
{
  inb_admin_list (api, request, session, "admin/members", INB_KIND_MEMBER, "users", FALSE);
}

static void
on_get_former (InbApi         *api,
               InbHttpRequest *request,
               InbSession     *session)
{
  inb_admin_list (api, request, session, "admin/former-members", INB_KIND_MEMBER, "users", FALSE);
}

static gboolean
check_team (InbAdmin    *admin,
            const char  *team_id,
            GError     **error)
{
  g_autoptr (InbRow) team = NULL;

  if (team_id == NULL)
    return TRUE;
  if (!inb_admin_load (admin, "admin/find-team", INB_KIND_TEAM, team_id, &team, error))
    return FALSE;
  if (team != NULL && inb_row_get (team, INB_TEAM_DELETED_AT) == NULL)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "team_id: there is no team “%s”; GET /api/teams lists them", team_id);

  return FALSE;
}

/* Name, role and team, into the row of a member that may be new. */
static gboolean
take_members (InbAdmin    *admin,
              JsonObject  *body,
              InbRow      *row,
              GError     **error)
{
  InbRole role;

  if (!inb_admin_take_text (body, "name", MAX_NAME, TRUE, row, INB_MEMBER_NAME, error)
      || !inb_admin_take_text (body, "role", MAX_WORD, TRUE, row, INB_MEMBER_ROLE, error)
      || !inb_admin_take_text (body, "team_id", MAX_WORD, FALSE, row, INB_MEMBER_TEAM_ID, error))
    return FALSE;
  if (!inb_role_from_name (inb_row_get (row, INB_MEMBER_ROLE), &role))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "role must be viewer, agent, manager or owner");
      return FALSE;
    }

  return !json_object_has_member (body, "team_id") || check_team (admin, inb_row_get (row, INB_MEMBER_TEAM_ID), error);
}

/* @email: (out) (transfer full): NULL for a program */
static gboolean
read_email (JsonObject  *body,
            char       **email,
            GError     **error)
{
  JsonNode *service = json_object_get_member (body, "is_service");
  gboolean is_service = service != NULL && json_node_get_value_type (service) == G_TYPE_BOOLEAN && json_node_get_boolean (service);
  g_autofree char *norm = NULL;

  if (service != NULL && json_node_get_value_type (service) != G_TYPE_BOOLEAN)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "is_service must be true or false");
      return FALSE;
    }
  if (!inb_admin_read_text (body, "email", MAX_EMAIL, email, error))
    return FALSE;
  if (is_service != (*email == NULL))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "email: a person has one, a program (is_service) has none");
      return FALSE;
    }
  norm = *email == NULL ? NULL : inb_mail_normalize (*email);
  if (*email != NULL && norm == NULL)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "email must be a mail address such as name@example.org");
      return FALSE;
    }

  return TRUE;
}

static gboolean
run_post (InbAdminEntity  *entity,
          InbAdmin        *admin,
          GError         **error)
{
  JsonObject *body = inb_admin_entity_get_body (entity);
  g_autoptr (InbRow) wanted = inb_row_new (INB_KIND_MEMBER);
  g_auto (InbTokenGrant) grant = { NULL };
  g_autofree char *email = NULL;
  InbRow *row;
  GString *token;
  InbRole role;

  inb_row_set (wanted, INB_MEMBER_ROLE, inb_role_get_name (INB_ROLE_AGENT));
  if (!take_members (admin, body, wanted, error) || !read_email (body, &email, error)
      || !inb_token_grant_read (&grant, body, "token_name", "token_role", admin->now, error))
    return FALSE;

  inb_role_from_name (inb_row_get (wanted, INB_MEMBER_ROLE), &role);
  row = inb_member_create (admin, inb_row_get (wanted, INB_MEMBER_NAME), email, role, inb_row_get (wanted, INB_MEMBER_TEAM_ID), error);
  if (row == NULL)
    return FALSE;
  inb_admin_entity_take_row (entity, row);
  token = inb_token_grant_make (&grant, admin, row, entity->server, error);
  inb_admin_entity_take_token (entity, token);

  return token != NULL;
}

static GString *
answer_post (InbAdminEntity *entity,
             InbAdmin       *admin)
{
  GString *json = g_string_new ("{\"user\":");

  inb_row_append_json (entity->row, FALSE, json);
  g_string_append (json, ",\"token\":");
  g_string_append_len (json, entity->token->str, (gssize) entity->token->len);
  g_string_append_c (json, '}');

  return json;
}

static char *
describe_change (const InbRow *before,
                 const InbRow *after)
{
  static const guint columns[] = { INB_MEMBER_ROLE, INB_MEMBER_TEAM_ID, INB_MEMBER_NAME };
  const InbColumn *infos = inb_kind_get_columns (INB_KIND_MEMBER, NULL);
  GString *json = g_string_new ("{");

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (g_strcmp0 (inb_row_get (before, columns[i]), inb_row_get (after, columns[i])) == 0)
        continue;
      inb_json_append_name (json, infos[columns[i]].name);
      g_string_append_c (json, '[');
      inb_json_append_string (json, inb_row_get (before, columns[i]));
      g_string_append_c (json, ',');
      inb_json_append_string (json, inb_row_get (after, columns[i]));
      g_string_append_c (json, ']');
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static gboolean
run_patch (InbAdminEntity  *entity,
           InbAdmin        *admin,
           GError         **error)
{
  g_autoptr (InbRow) before = inb_member_find (admin, entity->id, error);
  g_autoptr (InbRow) row = before == NULL ? NULL : inb_row_copy (before);
  g_autofree char *details = NULL;

  if (row == NULL || !take_members (admin, inb_admin_entity_get_body (entity), row, error))
    return FALSE;

  details = describe_change (before, row);
  if (!g_str_equal (details, "{}"))
    {
      if (!inb_member_change (admin, before, row, error))
        return FALSE;
      inb_admin_audit (admin, "user_changed", "user", entity->id, details);
    }
  inb_admin_entity_take_row (entity, g_steal_pointer (&row));

  return TRUE;
}

static gboolean
run_delete (InbAdminEntity  *entity,
            InbAdmin        *admin,
            GError         **error)
{
  g_autoptr (InbRow) member = inb_member_find (admin, entity->id, error);
  InbRow *row = member == NULL ? NULL : inb_member_remove (admin, member, error);

  inb_admin_entity_take_row (entity, row);

  return row != NULL;
}

static const InbAdminEntityRoute routes[] = {
  { "POST", "/api/users", post_members, INB_ADMIN_ID_NONE, INB_RIGHT_USERS, run_post, answer_post },
  { "PATCH", "/api/users/{id}", patch_members, INB_ADMIN_ID_UUID, INB_RIGHT_USERS, run_patch, NULL },
  { "DELETE", "/api/users/{id}", NULL, INB_ADMIN_ID_UUID, INB_RIGHT_USERS, run_delete, NULL },
};

/**
 * inb_api_users_register:
 * @server: gets the routes
 */
void
inb_api_users_register (InbApi        *self,
                        InbHttpServer *server)
{
  inb_admin_add_route (self, server, "GET", "/api/users", INB_RIGHT_READ, on_get);
  inb_admin_add_route (self, server, "GET", "/api/users/former", INB_RIGHT_USERS, on_get_former);
  inb_admin_entity_add_routes (self, server, routes, G_N_ELEMENTS (routes));
}

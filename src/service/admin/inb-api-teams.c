#define G_LOG_DOMAIN "inb-service"

#include "inb-api-teams.h"

#include "inb-admin-entity.h"
#include "inb-admin-fields.h"
#include "inb-admin-list.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-key.h"
#include "inb-sql.h"
#include "inb-value.h"

#include <string.h>

#define MAX_NAME 60
#define MAX_DESCRIPTION 500
#define FALLBACK_KEY "team"

static const char * const post_members[] = { "id", "name", "description", NULL };
static const char * const patch_members[] = { "name", "description", NULL };

static void
on_get (InbApi         *api,
        InbHttpRequest *request,
        InbSession     *session)
{
  inb_admin_list (api, request, session, "admin/teams", INB_KIND_TEAM, "teams", FALSE);
}

static gboolean
take_members (InbAdminEntity  *entity,
              InbRow          *row,
              GError         **error)
{
  JsonObject *body = inb_admin_entity_get_body (entity);

  return inb_admin_take_text (body, "name", MAX_NAME, TRUE, row, INB_TEAM_NAME, error)
         && inb_admin_take_text (body, "description", MAX_DESCRIPTION, FALSE, row, INB_TEAM_DESCRIPTION, error);
}

static gboolean
is_key (const char *text)
{
  return *text != '\0' && *text != '_' && *text != '-' && strlen (text) <= INB_KEY_MAX
         && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen (text);
}

/* The id that the body asks for, or one made of the name; deleted teams keep theirs. */
static char *
choose_id (InbAdminEntity  *entity,
           InbAdmin        *admin,
           const char      *name,
           GError         **error)
{
  const char *params[] = { admin->workspace_id };
  g_autofree char *id = NULL;
  g_autoptr (PGresult) known = NULL;
  g_autoptr (GHashTable) taken = NULL;

  if (!inb_admin_read_text (inb_admin_entity_get_body (entity), "id", INB_KEY_MAX, &id, error))
    return NULL;
  if (id != NULL && !is_key (id))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE,
                   "id must have small letters, digits, _ and - only, at most %d; or leave it out: it is made of the name", INB_KEY_MAX);
      return NULL;
    }
  if (id != NULL)
    return g_steal_pointer (&id);

  known = inb_admin_query (admin, "admin/team-ids", G_N_ELEMENTS (params), params, error);
  if (known == NULL)
    return NULL;
  taken = g_hash_table_new (g_str_hash, g_str_equal);
  for (int i = 0; i < PQntuples (known); i++)
    g_hash_table_add (taken, PQgetvalue (known, i, 0));

  return inb_key_make (name, FALLBACK_KEY, taken);
}

static InbRow *
new_team (InbAdmin   *admin,
          const char *id)
{
  InbRow *row = inb_row_new (INB_KIND_TEAM);

  inb_row_set (row, INB_TEAM_WORKSPACE_ID, admin->workspace_id);
  inb_row_set (row, INB_TEAM_ID, id);
  inb_row_set (row, INB_TEAM_CREATED_AT, admin->now_text);

  return row;
}

/* @row: (transfer none) */
static void
put_team (InbAdminEntity *entity,
          InbAdmin       *admin,
          InbRow         *before,
          InbRow         *row,
          const char     *action)
{
  inb_row_set (row, INB_TEAM_UPDATED_AT, admin->now_text);
  inb_write_set_put (admin->write_set, before, row);
  inb_admin_audit (admin, action, "team", inb_row_get (row, INB_TEAM_ID), NULL);
  inb_admin_entity_take_row (entity, inb_row_ref (row));
}

static gboolean
run_post (InbAdminEntity  *entity,
          InbAdmin        *admin,
          GError         **error)
{
  g_autoptr (InbRow) wanted = inb_row_new (INB_KIND_TEAM);
  g_autoptr (InbRow) before = NULL;
  g_autoptr (InbRow) row = NULL;
  g_autofree char *id = NULL;

  if (!take_members (entity, wanted, error))
    return FALSE;
  id = choose_id (entity, admin, inb_row_get (wanted, INB_TEAM_NAME), error);
  if (id == NULL || !inb_admin_load (admin, "admin/find-team", INB_KIND_TEAM, id, &before, error))
    return FALSE;
  if (before != NULL && inb_row_get (before, INB_TEAM_DELETED_AT) == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CONFLICT, "There is a team “%s” already: choose another id, or leave it out", id);
      return FALSE;
    }

  row = before == NULL ? new_team (admin, id) : inb_row_copy (before);
  inb_row_set (row, INB_TEAM_NAME, inb_row_get (wanted, INB_TEAM_NAME));
  inb_row_set (row, INB_TEAM_DESCRIPTION, inb_row_get (wanted, INB_TEAM_DESCRIPTION));
  inb_row_set (row, INB_TEAM_DELETED_AT, NULL);
  put_team (entity, admin, before, row, "team_created");

  return TRUE;
}

static InbRow *
find_team (InbAdmin    *admin,
           const char  *id,
           GError     **error)
{
  g_autoptr (InbRow) row = NULL;

  if (!inb_admin_load (admin, "admin/find-team", INB_KIND_TEAM, id, &row, error))
    return NULL;
  if (row != NULL && inb_row_get (row, INB_TEAM_DELETED_AT) == NULL)
    return g_steal_pointer (&row);

  g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no team “%s”", id);

  return NULL;
}

static gboolean
run_patch (InbAdminEntity  *entity,
           InbAdmin        *admin,
           GError         **error)
{
  g_autoptr (InbRow) before = find_team (admin, entity->id, error);
  g_autoptr (InbRow) row = before == NULL ? NULL : inb_row_copy (before);

  if (row == NULL || !take_members (entity, row, error))
    return FALSE;
  if (g_strcmp0 (inb_row_get (before, INB_TEAM_NAME), inb_row_get (row, INB_TEAM_NAME)) == 0
      && g_strcmp0 (inb_row_get (before, INB_TEAM_DESCRIPTION), inb_row_get (row, INB_TEAM_DESCRIPTION)) == 0)
    {
      inb_admin_entity_take_row (entity, g_steal_pointer (&row));
      return TRUE;
    }

  put_team (entity, admin, before, row, "team_changed");

  return TRUE;
}

/* Its members are in no team then. */
static gboolean
release_members (InbAdmin    *admin,
                 const char  *id,
                 GError     **error)
{
  const char *params[] = { admin->workspace_id, id };
  g_autoptr (PGresult) members = inb_db_query (admin->db, inb_sql_get_selecting ("admin/members-of-team", INB_KIND_MEMBER, "t"),
                                               G_N_ELEMENTS (params), params, error);

  for (int i = 0; members != NULL && i < PQntuples (members); i++)
    {
      g_autoptr (InbRow) before = inb_db_get_row (members, i, INB_KIND_MEMBER);
      g_autoptr (InbRow) row = inb_row_copy (before);

      inb_row_set (row, INB_MEMBER_TEAM_ID, NULL);
      inb_row_set (row, INB_MEMBER_UPDATED_AT, admin->now_text);
      inb_write_set_put (admin->write_set, before, row);
    }

  return members != NULL;
}

static gboolean
run_delete (InbAdminEntity  *entity,
            InbAdmin        *admin,
            GError         **error)
{
  const char *params[] = { admin->workspace_id, entity->id };
  g_autoptr (InbRow) before = find_team (admin, entity->id, error);
  g_autoptr (InbRow) row = before == NULL ? NULL : inb_row_copy (before);
  g_autoptr (PGresult) leads = NULL;

  if (row == NULL)
    return FALSE;
  leads = inb_admin_query (admin, "admin/has-leads-of-team", G_N_ELEMENTS (params), params, error);
  if (leads == NULL)
    return FALSE;
  if (*PQgetvalue (leads, 0, 0) == 't')
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CONFLICT, "Leads are of the team “%s”: give them to another team, or to none, first",
                   inb_row_get (row, INB_TEAM_NAME));
      return FALSE;
    }
  if (!release_members (admin, entity->id, error))
    return FALSE;

  inb_row_set (row, INB_TEAM_DELETED_AT, admin->now_text);
  put_team (entity, admin, before, row, "team_deleted");

  return TRUE;
}

static const InbAdminEntityRoute routes[] = {
  { "POST", "/api/teams", post_members, INB_ADMIN_ID_NONE, INB_RIGHT_TEAMS, run_post, NULL },
  { "PATCH", "/api/teams/{id}", patch_members, INB_ADMIN_ID_TEXT, INB_RIGHT_TEAMS, run_patch, NULL },
  { "DELETE", "/api/teams/{id}", NULL, INB_ADMIN_ID_TEXT, INB_RIGHT_TEAMS, run_delete, NULL },
};

/**
 * inb_api_teams_register:
 * @server: gets the routes
 */
void
inb_api_teams_register (InbApi        *self,
                        InbHttpServer *server)
{
  inb_admin_add_route (self, server, "GET", "/api/teams", INB_RIGHT_READ, on_get);
  inb_admin_entity_add_routes (self, server, routes, G_N_ELEMENTS (routes));
}

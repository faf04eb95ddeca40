#define G_LOG_DOMAIN "inb-service"

#include "inb-local-access.h"

#include "inb-change.h"
#include "inb-json.h"
#include "inb-member-admin.h"
#include "inb-sql.h"

#define TOKENS_FILE "local-tokens.json"
#define USER_NAME "This computer"

/* What is kept: {"<workspace id>": {"epoch": …, "token": …}}. */
static JsonObject *
read_kept (InbDataDir *data_dir)
{
  g_autofree char *path = inb_data_dir_get_file (data_dir, TOKENS_FILE);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (g_file_get_contents (path, &text, &length, NULL))
    {
      node = inb_json_parse (text, length, &error);
      if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
        return json_node_dup_object (node);
      g_warning ("Reading %s: %s", path, error == NULL ? "not an object" : error->message);
    }

  return json_object_new ();
}

static gboolean
write_kept (InbDataDir  *data_dir,
            JsonObject  *kept,
            GError     **error)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *text = NULL;

  json_node_init_object (node, kept);
  text = json_to_string (node, FALSE);

  return inb_data_dir_write (data_dir, TOKENS_FILE, text, error);
}

static gboolean
is_known (InbDb       *db,
          const char  *token,
          gboolean    *known,
          GError     **error)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  g_autofree char *hash = g_strconcat ("\\x", digest, NULL);
  const char *params[] = { hash };
  g_autoptr (PGresult) found = inb_db_query (db, inb_sql_get ("directory/find-token"), 1, params, error);

  *known = found != NULL && PQntuples (found) > 0;

  return found != NULL;
}

static char *
make_token (InbDb       *db,
            const char  *workspace_id,
            GError     **error)
{
  g_autoptr (InbChange) change = inb_change_begin (db, workspace_id, error);
  g_autoptr (InbRow) member = NULL;
  g_autofree char *token = NULL;

  if (change == NULL)
    return NULL;

  member = inb_member_create (inb_change_get_admin (change), USER_NAME, NULL, INB_ROLE_OWNER, NULL, error);
  if (member == NULL)
    return NULL;
  token = inb_member_make_token (inb_change_get_admin (change), inb_row_get (member, INB_MEMBER_USER_ID), USER_NAME, INB_ROLE_OWNER,
                                 NULL, NULL);
  if (!inb_change_commit (change, error))
    return NULL;

  return g_steal_pointer (&token);
}

/* The workspace's token, kept or new. One that was revoked is not replaced: somebody meant it; only a workspace of another
 * epoch, in another database, gets a new one. @token is NULL then. */
static gboolean
ensure_token (InbDb       *db,
              InbDataDir  *data_dir,
              JsonObject  *kept,
              const char  *workspace_id,
              const char  *epoch,
              char       **token,
              GError     **error)
{
  JsonObject *entry = inb_json_get_object (kept, workspace_id);
  const char *text = entry == NULL ? NULL : inb_json_get_string (entry, "token");
  gboolean known;

  *token = NULL;
  if (text != NULL && g_strcmp0 (inb_json_get_string (entry, "epoch"), epoch) == 0)
    {
      if (!is_known (db, text, &known, error))
        return FALSE;
      *token = known ? g_strdup (text) : NULL;
      return TRUE;
    }

  *token = make_token (db, workspace_id, error);
  if (*token == NULL)
    return FALSE;

  entry = json_object_new ();
  json_object_set_string_member (entry, "epoch", epoch);
  json_object_set_string_member (entry, "token", *token);
  json_object_set_object_member (kept, workspace_id, entry);

  return write_kept (data_dir, kept, error);
}

static gboolean
append_workspace (InbDb       *db,
                  InbDataDir  *data_dir,
                  JsonObject  *kept,
                  const char  *workspace_id,
                  GString     *json,
                  GError     **error)
{
  g_autofree char *begin = inb_db_set_workspace_sql (db, workspace_id);
  g_autofree char *token = NULL;
  g_autoptr (PGresult) row = NULL;

  if (!inb_db_exec (db, begin, error))
    return FALSE;
  row = inb_db_query (db, inb_sql_get ("admin/workspace-epoch"), 1, &workspace_id, error);
  if (row == NULL || !inb_db_exec (db, "COMMIT", error))
    return FALSE;
  if (PQntuples (row) == 0)
    return TRUE;
  if (!ensure_token (db, data_dir, kept, workspace_id, PQgetvalue (row, 0, 1), &token, error))
    return FALSE;
  if (token == NULL)
    return TRUE;

  g_string_append (json, json->str[json->len - 1] == '[' ? "{" : ",{");
  inb_json_append_member (json, "id", workspace_id);
  inb_json_append_member (json, "name", PQgetvalue (row, 0, 0));
  inb_json_append_member (json, "token", token);
  g_string_append_c (json, '}');

  return TRUE;
}

char *
inb_local_access_prepare (InbDb       *db,
                          InbDataDir  *data_dir,
                          const char  *url,
                          const char  *socket,
                          GError     **error)
{
  g_autoptr (PGresult) ids = inb_db_query (db, inb_sql_get ("admin/list-workspaces"), 0, NULL, error);
  g_autoptr (JsonObject) kept = NULL;
  g_autoptr (GString) json = g_string_new ("{");

  if (ids == NULL)
    return NULL;

  kept = read_kept (data_dir);
  inb_json_append_member (json, "url", url);
  inb_json_append_member (json, "socket", socket);
  inb_json_append_name (json, "workspaces");
  g_string_append_c (json, '[');
  for (int i = 0; i < PQntuples (ids); i++)
    {
      if (!append_workspace (db, data_dir, kept, PQgetvalue (ids, i, 0), json, error))
        return NULL;
    }
  g_string_append (json, "]}");

  return g_string_free (g_steal_pointer (&json), FALSE);
}

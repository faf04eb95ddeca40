#define G_LOG_DOMAIN "inb-service"

#include "inb-workspace-list.h"

#include "inb-error.h"
#include "inb-sql.h"
#include "inb-uuid.h"

gboolean
inb_require_option (const char  *name,
                    const char  *value,
                    GError     **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s is missing", name);

  return FALSE;
}

gboolean
inb_parse_role (const char  *name,
                InbRole     *role,
                GError     **error)
{
  if (name == NULL || inb_role_from_name (name, role))
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "\"%s\" is no role: use owner, manager, agent or viewer", name);

  return FALSE;
}

char *
inb_parse_id (const char  *text,
              GError     **error)
{
  char *id = inb_uuid_normalize (text);

  if (id == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "\"%s\" is no id", text);

  return id;
}

static gboolean
print_list (InbInvocation  *invocation,
            const char     *name,
            const char     *statement,
            const char     *workspace,
            GError        **error)
{
  InbDb *db = inb_invocation_open (invocation, error);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) PQclear);
  g_autoptr (PGresult) known = NULL;
  g_autofree char *begin = NULL;
  PGresult *rows;

  if (db == NULL)
    return FALSE;

  begin = inb_db_set_workspace_sql (db, workspace);
  if (!inb_db_exec (db, begin, error))
    return FALSE;
  known = inb_db_query (db, inb_sql_get ("admin/workspace"), 1, &workspace, error);
  if (known == NULL)
    return FALSE;
  if (PQntuples (known) == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no workspace \"%s\"; \"workspace list\" tells which there are",
                   workspace);
      return FALSE;
    }

  rows = inb_db_query (db, inb_sql_get (statement), 1, &workspace, error);
  if (rows == NULL)
    return FALSE;
  g_ptr_array_add (results, rows);
  inb_invocation_print_rows (invocation, name, results);

  return inb_db_exec (db, "COMMIT", error);
}

gboolean
inb_workspace_list_run (InbInvocation  *invocation,
                        const char     *name,
                        const char     *statement,
                        GError        **error)
{
  g_autofree char *workspace = NULL;
  const GOptionEntry entries[] = {
    { "workspace", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &workspace, "Whose", "ID" },
    { NULL }
  };

  return inb_invocation_parse (invocation, entries, 0, error)
         && inb_require_option ("workspace", workspace, error)
         && print_list (invocation, name, statement, workspace, error);
}

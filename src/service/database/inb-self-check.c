#define G_LOG_DOMAIN "inb-service"

#include "inb-self-check.h"

#include "inb-error.h"
#include "inb-sql.h"

static gboolean
is_true (const PGresult *result,
         const char     *column)
{
  return *PQgetvalue (result, 0, PQfnumber (result, column)) == 't';
}

static gboolean
check_role (InbDb   *db,
            GError **error)
{
  g_autoptr (PGresult) role = inb_db_query (db, inb_sql_get ("check/role"), 0, NULL, error);
  const char *name;
  const char *problem = NULL;

  if (role == NULL)
    return FALSE;

  name = PQgetvalue (role, 0, 0);
  if (is_true (role, "rolsuper"))
    problem = "is a superuser";
  else if (is_true (role, "rolbypassrls"))
    problem = "may bypass row level security";
  else if (is_true (role, "is_owner"))
    problem = "owns the tables";
  if (problem == NULL)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN,
               "The database role %s %s, so workspaces would not be kept apart: connect as inbound_service", name, problem);

  return FALSE;
}

/* Fails with the names that @statement finds. */
static gboolean
check_none (InbDb       *db,
            const char  *statement,
            const char  *problem,
            GError     **error)
{
  g_autoptr (PGresult) found = inb_db_query (db, inb_sql_get (statement), 0, NULL, error);
  g_autoptr (GString) names = NULL;

  if (found == NULL)
    return FALSE;
  if (PQntuples (found) == 0)
    return TRUE;

  names = g_string_new (NULL);
  for (int i = 0; i < PQntuples (found); i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", PQgetvalue (found, i, 0));
  g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN, "%s: %s", problem, names->str);

  return FALSE;
}

/**
 * inb_self_check_run:
 *
 * Returns: %FALSE with %INB_ERROR_FORBIDDEN and what is unsafe
 */
gboolean
inb_self_check_run (InbDb   *db,
                    GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);

  return check_role (db, error)
         && check_none (db, "check/unprotected-tables", "Tables without enforced row level security", error)
         && check_none (db, "check/unscoped-keys", "Keys that are not led by workspace_id", error);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-migrations.h"

#include "inb-error.h"
#include "inb-sql-resource.h"
#include "inb-sql.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "/org/example/InboundLeads/sql/migrations"
#define EACH_WORKSPACE "-- for each workspace\n"

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* The files' names without extension; the first is number 1 and none is missing. */
static GStrv
list_migrations (void)
{
  g_autoptr (GError) error = NULL;
  GStrv names = g_resource_enumerate_children (inb_sql_get_resource (), FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  guint n_names;

  if (names == NULL)
    g_error ("Listing the migrations: %s", error->message);

  n_names = g_strv_length (names);
  qsort (names, n_names, sizeof (char *), compare_names);
  for (guint i = 0; i < n_names; i++)
    {
      if (g_ascii_strtoull (names[i], NULL, 10) != i + 1 || !g_str_has_suffix (names[i], ".sql"))
        g_error ("The migration %s is not number %u", names[i], i + 1);
      *strrchr (names[i], '.') = '\0';
    }

  return names;
}

guint
inb_migrations_get_latest (void)
{
  g_auto (GStrv) names = list_migrations ();

  return g_strv_length (names);
}

static gboolean
has_rows (InbDb       *db,
          const char  *statement,
          gboolean    *found,
          GError     **error)
{
  g_autoptr (PGresult) result = inb_db_query (db, inb_sql_get (statement), 0, NULL, error);

  if (result == NULL)
    return FALSE;

  *found = PQntuples (result) > 0;

  return TRUE;
}

static gboolean
read_version (InbDb   *db,
              guint   *version,
              GError **error)
{
  g_autoptr (PGresult) result = NULL;
  gboolean found;

  *version = 0;
  if (!has_rows (db, "ledger/find", &found, error))
    return FALSE;
  if (!found)
    return TRUE;

  result = inb_db_query (db, inb_sql_get ("ledger/version"), 0, NULL, error);
  if (result == NULL)
    return FALSE;

  *version = (guint) g_ascii_strtoull (PQgetvalue (result, 0, 0), NULL, 10);

  return TRUE;
}

static gboolean
refuse_newer (guint    version,
              guint    latest,
              GError **error)
{
  if (version <= latest)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_SCHEMA_NEWER,
               "The database has schema version %u, made by a newer release; this one knows %u", version, latest);

  return FALSE;
}

gboolean
inb_migrations_check (InbDb   *db,
                      GError **error)
{
  guint latest = inb_migrations_get_latest ();
  guint version;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!read_version (db, &version, error))
    {
      g_prefix_error (error, "Reading the schema's version: ");
      return FALSE;
    }
  if (version < latest)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE,
                   "The database has schema version %u, this release needs %u: "
                   "run \"inbound-leads-service migrate\" with the owner's --database first", version, latest);
      return FALSE;
    }

  return refuse_newer (version, latest, error);
}

/* The grants name the service's role; a server that is not ours may lack it. */
static gboolean
ensure_service_role (InbDb   *owner,
                     GError **error)
{
  gboolean found;

  if (!has_rows (owner, "ledger/find-role", &found, error))
    return FALSE;
  if (found || inb_db_exec (owner, inb_sql_get ("ledger/create-role"), error))
    return TRUE;

  g_prefix_error (error, "The role inbound_service does not exist and cannot be made by this user; let an administrator run "
                  "\"CREATE ROLE inbound_service LOGIN PASSWORD '…'\": ");

  return FALSE;
}

static gboolean
run_for_each_workspace (InbDb       *owner,
                        const char  *sql,
                        GError     **error)
{
  g_autoptr (PGresult) workspaces = inb_db_query (owner, inb_sql_get ("ledger/workspaces"), 0, NULL, error);

  if (workspaces == NULL)
    return FALSE;

  for (int i = 0; i < PQntuples (workspaces); i++)
    {
      const char *id = PQgetvalue (workspaces, i, 0);
      g_autofree char *begin = inb_db_set_workspace_sql (owner, id);

      /* Its BEGIN would only warn, as the migration's transaction is open already. */
      if (!inb_db_exec (owner, strstr (begin, "SET LOCAL"), error) || !inb_db_exec (owner, sql, error))
        {
          g_prefix_error (error, "Workspace %s: ", id);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * inb_migrations_run_script:
 * @sql: a migration's text
 *
 * Runs one script within the caller's transaction, once, or for every workspace when its first line says so.
 */
gboolean
inb_migrations_run_script (InbDb       *owner,
                           const char  *sql,
                           GError     **error)
{
  g_return_val_if_fail (owner != NULL && sql != NULL, FALSE);

  if (g_str_has_prefix (sql, EACH_WORKSPACE))
    return run_for_each_workspace (owner, sql, error);

  return inb_db_exec (owner, sql, error);
}

static gboolean
apply (InbDb       *owner,
       guint        version,
       const char  *name,
       GError     **error)
{
  g_autofree char *resource = g_strconcat ("migrations/", name, NULL);
  g_autofree char *number = g_strdup_printf ("%u", version);
  const char *params[] = { number, name };
  g_autoptr (PGresult) ledger = NULL;

  if (!inb_db_exec (owner, "BEGIN", error) || !inb_migrations_run_script (owner, inb_sql_get (resource), error))
    return FALSE;

  ledger = inb_db_query (owner, inb_sql_get ("ledger/insert"), G_N_ELEMENTS (params), params, error);

  return ledger != NULL && inb_db_exec (owner, "COMMIT", error);
}

static gboolean
run_locked (InbDb   *owner,
            guint   *n_applied,
            GError **error)
{
  g_auto (GStrv) names = list_migrations ();
  guint latest = g_strv_length (names);
  guint version;

  if (!ensure_service_role (owner, error) || !read_version (owner, &version, error) || !refuse_newer (version, latest, error))
    return FALSE;
  if (version == latest)
    return TRUE;
  if (!inb_db_exec (owner, inb_sql_get ("ledger/create"), error))
    return FALSE;

  for (guint i = version; i < latest; i++)
    {
      if (!apply (owner, i + 1, names[i], error))
        {
          inb_db_reset (owner);
          g_prefix_error (error, "Migration %s: ", names[i]);
          return FALSE;
        }
      g_info ("Applied migration %s", names[i]);
      (*n_applied)++;
    }

  return TRUE;
}

gboolean
inb_migrations_run (InbDb   *owner,
                    guint   *n_applied,
                    GError **error)
{
  g_autoptr (PGresult) locked = NULL;
  guint n_done = 0;
  gboolean done;

  g_return_val_if_fail (owner != NULL, FALSE);

  if (!inb_db_exec (owner, inb_sql_get ("ledger/session"), error))
    return FALSE;
  locked = inb_db_query (owner, inb_sql_get ("ledger/lock"), 0, NULL, error);
  if (locked == NULL)
    {
      g_prefix_error (error, "Locking the schema: ");
      return FALSE;
    }

  done = run_locked (owner, &n_done, error);
  inb_db_exec (owner, inb_sql_get ("ledger/unlock"), NULL);
  if (n_applied != NULL)
    *n_applied = n_done;

  return done;
}

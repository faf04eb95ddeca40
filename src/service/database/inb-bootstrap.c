#define G_LOG_DOMAIN "inb-service"

#include "inb-bootstrap.h"

#include "inb-db.h"
#include "inb-sql.h"

static gboolean
make_database (InbDb   *superuser,
               GError **error)
{
  g_autoptr (PGresult) found = inb_db_query (superuser, inb_sql_get ("bootstrap/find-database"), 0, NULL, error);

  if (found == NULL)
    return FALSE;
  if (PQntuples (found) > 0)
    return TRUE;

  return inb_db_exec (superuser, inb_sql_get ("bootstrap/create-database"), error)
         && inb_db_exec (superuser, inb_sql_get ("bootstrap/database"), error);
}

/**
 * inb_bootstrap_run:
 *
 * Makes what is missing, as the cluster's superuser; does nothing the next time.
 */
gboolean
inb_bootstrap_run (InbCluster  *cluster,
                   GError     **error)
{
  g_autofree char *conninfo = inb_cluster_get_conninfo (cluster, "postgres", "postgres");
  g_autoptr (InbDb) superuser = inb_db_connect (conninfo, error);

  if (superuser == NULL)
    return FALSE;
  if (!inb_db_exec (superuser, inb_sql_get ("bootstrap/roles"), error) || !make_database (superuser, error))
    {
      g_prefix_error (error, "Setting up the database: ");
      return FALSE;
    }

  return TRUE;
}

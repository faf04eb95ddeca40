/* The private cluster, its migrations and our libpq layer, against a real PostgreSQL. */
#include "inb-cluster-fixture.h"
#include "inb-error.h"
#include "inb-migrations.h"
#include "inb-reader-pool.h"
#include "inb-sql.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE (30 * G_TIME_SPAN_SECOND)

typedef InbClusterFixture Fixture;

static void
setup (Fixture       *fixture,
       gconstpointer  data)
{
  inb_cluster_fixture_start (fixture, data);
}

static void
teardown (Fixture       *fixture,
          gconstpointer  data)
{
  inb_cluster_fixture_stop (fixture);
}

static InbDb *
connect_as (const char *conninfo)
{
  g_autoptr (GError) error = NULL;
  InbDb *db = inb_db_connect (conninfo, &error);

  g_assert_no_error (error);

  return db;
}

static char *
query_value (InbDb      *db,
             const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) result = inb_db_query (db, sql, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (PQntuples (result), ==, 1);

  return g_strdup (PQgetvalue (result, 0, 0));
}

static void
test_migrations (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (InbDb) owner = connect_as (fixture->owner);
  g_autoptr (InbDb) service = connect_as (fixture->service);
  g_autoptr (GError) error = NULL;
  g_autofree char *version = NULL;
  guint n_applied;

  g_assert_true (inb_migrations_run (owner, &n_applied, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_applied, ==, 0);
  version = query_value (service, "SELECT count(*) FROM schema_migrations");
  g_assert_cmpuint ((guint) atoi (version), ==, inb_migrations_get_latest ());
  g_assert_true (inb_migrations_check (service, &error));

  inb_db_exec (owner, "INSERT INTO schema_migrations (version, name) VALUES (9999, 'later')", &error);
  g_assert_no_error (error);
  g_assert_false (inb_migrations_run (owner, NULL, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_SCHEMA_NEWER);
  g_clear_error (&error);
  g_assert_false (inb_migrations_check (service, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_SCHEMA_NEWER);
  g_clear_error (&error);
  inb_db_exec (owner, "DELETE FROM schema_migrations WHERE version = 9999", &error);
  g_assert_no_error (error);
}

static void
make_workspace (const char *service,
                const char *id)
{
  g_autoptr (InbDb) db = connect_as (service);
  g_autoptr (GError) error = NULL;
  g_autofree char *begin = inb_db_set_workspace_sql (db, id);
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO workspace_directory VALUES ('%s', now()) ON CONFLICT DO NOTHING;"
    "INSERT INTO workspaces (id, name, region, timezone, currency, epoch, created_at, updated_at, change_seq) "
    "VALUES ('%s', 'old', 'DE', 'UTC', 'EUR', gen_random_uuid(), now(), now(), 1); COMMIT", id, id);

  g_assert_true (inb_db_exec (db, begin, &error));
  g_assert_true (inb_db_exec (db, sql, &error));
  g_assert_no_error (error);
}

/* Under FORCE ROW LEVEL SECURITY the owner sees nothing; a back-fill goes from workspace to workspace. */
static void
test_data_migration (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (InbDb) owner = connect_as (fixture->owner);
  g_autoptr (GError) error = NULL;
  const char *rename = "UPDATE workspaces SET name = 'renamed'; ";
  const char *count = "DO $$ BEGIN IF (SELECT count(*) FROM workspaces WHERE name = 'renamed') <> 1 THEN "
                      "RAISE 'not every row was reached'; END IF; END $$";
  g_autofree char *once = g_strconcat (rename, count, NULL);
  g_autofree char *each = g_strconcat ("-- for each workspace\n", rename, count, NULL);

  make_workspace (fixture->service, "first");
  make_workspace (fixture->service, "it-s");

  g_assert_true (inb_db_exec (owner, "BEGIN", &error));
  g_assert_false (inb_migrations_run_script (owner, once, &error));
  g_assert_nonnull (strstr (error->message, "not every row was reached"));
  g_clear_error (&error);
  g_assert_true (inb_db_reset (owner));

  g_assert_true (inb_db_exec (owner, "BEGIN", &error));
  g_assert_true (inb_migrations_run_script (owner, each, &error));
  g_assert_no_error (error);
  g_assert_true (inb_db_exec (owner, "COMMIT", &error));

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *begin = inb_db_set_workspace_sql (owner, i == 0 ? "first" : "it-s");
      g_autofree char *name = NULL;

      g_assert_true (inb_db_exec (owner, begin, &error));
      name = query_value (owner, "SELECT name FROM workspaces");
      g_assert_cmpstr (name, ==, "renamed");
      g_assert_true (inb_db_exec (owner, "COMMIT", &error));
    }
}

static void
send (InbDb      *db,
      const char *sql,
      const char *param)
{
  g_autoptr (GError) error = NULL;

  inb_db_send (db, sql, param == NULL ? 0 : 1, &param, &error);
  g_assert_no_error (error);
}

static void
assert_received (InbDb      *db,
                 const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) result = inb_db_receive (db, &error);

  g_assert_no_error (error);
  if (value != NULL)
    g_assert_cmpstr (PQgetvalue (result, 0, 0), ==, value);
}

static void
assert_failed (InbDb        *db,
               InbErrorCode  code,
               const char   *sqlstate)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_db_receive (db, &error));
  g_assert_error (error, INB_ERROR, (int) code);
  if (sqlstate != NULL)
    g_assert_cmpstr (inb_db_get_sqlstate (db), ==, sqlstate);
}

static void
test_pipeline (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (InbDb) db = connect_as (fixture->service);
  g_autoptr (GError) error = NULL;
  g_autofree char *begin = inb_db_set_workspace_sql (db, "it's");

  g_assert_true (inb_db_pipeline_begin (db, &error));

  /* Several statements, the workspace's among them, one result each, also before the sync. */
  send (db, begin, NULL);
  send (db, "SELECT current_setting('inbound.workspace')", NULL);
  send (db, "SELECT $1::integer + 1", "41");
  assert_received (db, NULL);
  assert_received (db, "it's");
  assert_received (db, "42");
  send (db, "SELECT $1::integer + 1", "1");
  send (db, "COMMIT", NULL);
  g_assert_true (inb_db_sync (db, &error));
  assert_received (db, "2");
  assert_received (db, NULL);
  g_assert_true (inb_db_receive_sync (db, &error));

  /* An error aborts what follows up to the sync; statements first sent there are prepared again later. */
  send (db, "SELECT 1 / $1::integer", "0");
  send (db, "SELECT $1::text || '!'", "a");
  g_assert_true (inb_db_sync (db, &error));
  assert_failed (db, INB_ERROR_INVALID_ARGUMENT, "22012");
  assert_failed (db, INB_ERROR_INTERNAL, NULL);
  g_assert_true (inb_db_receive_sync (db, &error));
  send (db, "SELECT $1::text || '!'", "b");
  g_assert_true (inb_db_sync (db, &error));
  assert_received (db, "b!");
  g_assert_true (inb_db_receive_sync (db, &error));

  /* A statement that cannot be prepared fails as itself. */
  send (db, "SELECT no_such_column", NULL);
  g_assert_true (inb_db_sync (db, &error));
  assert_failed (db, INB_ERROR_INTERNAL, "42703");
  g_assert_true (inb_db_receive_sync (db, &error));

  /* Unread results are passed over. */
  send (db, "SELECT 1", NULL);
  send (db, "SELECT 2", NULL);
  g_assert_true (inb_db_sync (db, &error));
  g_assert_true (inb_db_receive_sync (db, &error));
  send (db, "SELECT 3", NULL);
  g_assert_true (inb_db_pipeline_end (db, &error));
  g_assert_no_error (error);
  begin = (g_free (begin), query_value (db, "SELECT 4"));
  g_assert_cmpstr (begin, ==, "4");
}

static void
test_reset (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (InbDb) db = connect_as (fixture->service);
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_db_exec (db, "BEGIN", &error));
  g_assert_false (inb_db_exec (db, "SELECT 1 / 0", &error));
  g_clear_error (&error);
  g_assert_true (inb_db_pipeline_begin (db, &error));
  send (db, "SELECT 1", NULL);
  g_assert_true (inb_db_reset (db));
  g_assert_cmpint (PQtransactionStatus (inb_db_get_connection (db)), ==, PQTRANS_IDLE);

  g_assert_false (inb_db_exec (db, "SELECT pg_terminate_backend(pg_backend_pid())", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE);
  g_assert_false (inb_db_is_alive (db));
  g_assert_false (inb_db_reset (db));
}

static void
test_row (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (InbDb) db = connect_as (fixture->service);
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) result = NULL;
  g_autoptr (InbRow) row = NULL;

  result = inb_db_query (db, "SELECT true AS is_active, 7 AS nothing, 'new' AS stage, 1234.50::numeric(15,2) AS estimated_value, "
                         "timestamptz '2026-11-22 18:00:00.5+01' AS created_at, NULL AS tags, false AS is_test", 0, NULL, &error);
  g_assert_no_error (error);
  row = inb_db_get_row (result, 0, INB_KIND_LEAD);
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_IS_ACTIVE), ==, "true");
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_IS_TEST), ==, "false");
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_STAGE), ==, "new");
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_ESTIMATED_VALUE), ==, "1234.50");
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_CREATED_AT), ==, "2026-11-22T17:00:00.500000Z");
  g_assert_null (inb_row_get (row, INB_LEAD_TAGS));
}

static gpointer
read_backend (InbDb     *db,
              gpointer   data,
              GError   **error)
{
  g_autoptr (PGresult) result = inb_db_query (db, data, 0, NULL, error);

  return result == NULL ? NULL : g_strdup (PQgetvalue (result, 0, 0));
}

typedef struct {
  GAsyncResult *result;
} Answer;

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Answer *answer = user_data;

  answer->result = g_object_ref (result);
}

static char *
read_value (InbReaderPool  *pool,
            const char     *sql,
            GError        **error)
{
  Answer answer = { NULL };
  char *value;

  inb_reader_pool_run_async (pool, read_backend, (gpointer) sql, NULL, g_free, NULL, on_read, &answer);
  while (answer.result == NULL)
    g_main_context_iteration (NULL, TRUE);
  value = inb_reader_pool_run_finish (pool, answer.result, error);
  g_object_unref (answer.result);

  return value;
}

static void
test_reader_pool (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (InbReaderPool) pool = inb_reader_pool_new (fixture->service, 1);
  g_autoptr (InbDb) other = connect_as (fixture->service);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) connection_error = NULL;
  g_autofree char *pid = read_value (pool, "SELECT pg_backend_pid()", &error);
  g_autofree char *kill_sql = g_strdup_printf ("SELECT pg_terminate_backend(%s, 5000)", pid);
  g_autofree char *killed = query_value (other, kill_sql);
  g_autofree char *again = NULL;

  /* The connection broke while nobody looked: the job is tried once more on a new one. */
  g_assert_cmpstr (killed, ==, "t");
  again = read_value (pool, "SELECT pg_backend_pid()", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, !=, pid);

  /* Readers cannot write. */
  g_assert_null (read_value (pool, "INSERT INTO workspace_directory VALUES ('x', now()) RETURNING 1", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE);
  g_clear_error (&error);

  inb_reader_pool_stop (pool);
  g_assert_null (read_value (pool, "SELECT 1", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE);
}

static GPid
read_postmaster (Fixture *fixture)
{
  g_autofree char *folder = inb_data_dir_get_file (fixture->data_dir, "cluster/postmaster.pid");
  g_autofree char *text = NULL;

  return g_file_get_contents (folder, &text, NULL, NULL) ? atoi (text) : 0;
}

static void
test_dead_server (Fixture       *fixture,
                  gconstpointer  data)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE;
  GPid pid = read_postmaster (fixture);
  g_autoptr (InbDb) db = NULL;

  g_test_expect_message ("inb-service", G_LOG_LEVEL_WARNING, "*ended; starting it again*");
  inb_cluster_watch (fixture->cluster);
  kill (pid, SIGKILL);
  while ((db == NULL || read_postmaster (fixture) == pid) && g_get_monotonic_time () < deadline)
    {
      g_clear_pointer (&db, inb_db_free);
      g_main_context_iteration (NULL, FALSE);
      db = inb_db_connect (fixture->service, NULL);
    }
  g_assert_nonnull (db);
  g_assert_cmpint (read_postmaster (fixture), !=, pid);
  g_test_assert_expected_messages ();
}

/* What is there after the service's own kill -9: a server that runs, without anybody's lock. */
static void
test_adoption (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (InbDataDir) other_dir = NULL;
  g_autoptr (InbCluster) other = NULL;
  g_autoptr (GError) error = NULL;
  GPid pid = read_postmaster (fixture);

  other_dir = inb_data_dir_open (data, &error);
  g_assert_no_error (error);
  other = inb_cluster_new (other_dir);
  g_assert_true (inb_cluster_start (other, &error));
  g_assert_cmpint (read_postmaster (fixture), ==, pid);

  /* The first that leaves is not the last. */
  g_assert_true (inb_cluster_stop (other, &error));
  g_assert_cmpint (kill (pid, 0), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = inb_cluster_fixture_make_folder ("inb-database-XXXXXX");

  g_test_add ("/service/database/migrations", Fixture, folder, setup, test_migrations, teardown);
  g_test_add ("/service/database/data-migration", Fixture, folder, setup, test_data_migration, teardown);
  g_test_add ("/service/database/pipeline", Fixture, folder, setup, test_pipeline, teardown);
  g_test_add ("/service/database/reset", Fixture, folder, setup, test_reset, teardown);
  g_test_add ("/service/database/row", Fixture, folder, setup, test_row, teardown);
  g_test_add ("/service/database/reader-pool", Fixture, folder, setup, test_reader_pool, teardown);
  g_test_add ("/service/database/adoption", Fixture, folder, setup, test_adoption, teardown);
  g_test_add ("/service/database/dead-server", Fixture, folder, setup, test_dead_server, teardown);
  status = g_test_run ();

  inb_cluster_fixture_remove_folder (folder);

  return status;
}

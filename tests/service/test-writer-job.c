/* The writer's jobs against a real PostgreSQL: turns, what they leave when they fail, and connections lost in the middle. */
#include "inb-cluster-fixture.h"
#include "inb-error.h"
#include "inb-sql.h"
#include "inb-time.h"
#include "inb-uuid.h"
#include "inb-writer.h"

#include <signal.h>
#include <string.h>

#define WAIT (20 * G_TIME_SPAN_SECOND)
#define MAX_OPEN 20 /* transactions at a time */

typedef struct {
  InbClusterFixture cluster;
  InbWriter        *writer;
  InbDb            *db;
  guint             n_workspaces;
} Server;

/* A job that adds contacts, one a turn. */
typedef struct {
  Server   *server;
  guint     n_wanted;      /* turns */
  gint64    first_head;    /* 0 before the first turn */
  guint     n_stored;      /* by the turns before the current one */
  guint     n_runs;
  guint     poison;        /* the number of a contact that PostgreSQL refuses; 0 = none */
  guint     n_failed;      /* how often failed() was called */
  gboolean  skips;         /* failed() passes over the poisonous one */
  gboolean  breaks_in_run; /* the connection, once */
  gboolean  breaks_at_end; /* between the rows and COMMIT, once */
  gboolean  crashes_at_end; /* the server, in the same place */

  gboolean  is_done;
  gint64    head;
  GError   *error;
} Adder;

static char *
create_workspace (Server *server)
{
  char *id = g_strdup_printf ("w%u", server->n_workspaces++);
  g_autofree char *sql = g_strdup_printf (
    "BEGIN; SET LOCAL inbound.workspace = '%1$s';"
    "INSERT INTO workspaces (id, name, region, timezone, currency, epoch, created_at, updated_at, change_seq)"
    "  VALUES ('%1$s', 'Demo', 'DE', 'Europe/Berlin', 'CHF', gen_random_uuid(), now(), now(), 1);"
    "INSERT INTO workspace_heads (workspace_id, change_seq) VALUES ('%1$s', 1); COMMIT", id);
  g_autoptr (GError) error = NULL;

  inb_db_exec (server->db, sql, &error);
  g_assert_no_error (error);

  return id;
}

static gint64
count_contacts (Server     *server,
                const char *workspace_id)
{
  g_autofree char *begin = inb_db_set_workspace_sql (server->db, workspace_id);
  g_autoptr (PGresult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  inb_db_exec (server->db, begin, &error);
  g_assert_no_error (error);
  result = inb_db_query (server->db, "SELECT count(*), coalesce(max(change_seq), 1) FROM contacts", 0, NULL, &error);
  g_assert_no_error (error);
  count = g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
  g_assert_cmpint (g_ascii_strtoll (PQgetvalue (result, 0, 1), NULL, 10), ==, count + 1);
  inb_db_reset (server->db);

  return count;
}

/* Ends the connection at the server's side, as a failing server would. */
static void
break_connection (Server *server,
                  InbDb  *db)
{
  g_autofree char *sql = g_strdup_printf ("SELECT pg_terminate_backend(%d, 5000)", PQbackendPID (inb_db_get_connection (db)));
  g_autoptr (GError) error = NULL;

  inb_db_exec (server->db, sql, &error);
  g_assert_no_error (error);
}

/* The process that serves the cluster is the parent of those that serve its connections. */
static void
kill_server (InbDb *db)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", PQbackendPID (inb_db_get_connection (db)));
  g_autofree char *status = NULL;
  g_autoptr (GError) error = NULL;
  const char *parent;

  g_file_get_contents (path, &status, NULL, &error);
  g_assert_no_error (error);
  parent = strstr (status, "PPid:");
  g_assert_nonnull (parent);
  kill ((GPid) g_ascii_strtoll (parent + strlen ("PPid:"), NULL, 10), SIGKILL);
}

static InbDb *
reconnect (Server *server)
{
  gint64 deadline = g_get_monotonic_time () + WAIT;
  InbDb *db;

  do
    db = inb_db_connect (server->cluster.service, NULL);
  while (db == NULL && g_get_monotonic_time () < deadline);
  g_assert_nonnull (db);

  return db;
}

static gint64
ask_number (InbDb      *db,
            const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) result = inb_db_query (db, sql, 0, NULL, &error);

  g_assert_no_error (error);

  return g_ascii_strtoll (PQgetvalue (result, 0, 0), NULL, 10);
}

/* Kills the server, waits for the next one, and there commits transactions of all numbers that were given out before: those that are
 * ended, which the snapshot tells, and a few that are not. */
static void
crash (Server *server)
{
  gint64 next = ask_number (server->db, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text");

  kill_server (server->db);
  inb_db_free (server->db);
  server->db = reconnect (server);
  while (ask_number (server->db, "SELECT pg_current_xact_id()::text") < next + MAX_OPEN)
    continue;
}

static gboolean
adder_run (gpointer   data,
           InbWrite  *write,
           GError   **error)
{
  Adder *self = data;
  g_autoptr (InbRow) contact = inb_row_new (INB_KIND_CONTACT);
  g_autofree char *id = inb_uuid_new_v7 ();

  g_assert_cmpstr (write->region, ==, "DE");
  g_assert_cmpstr (write->currency, ==, "CHF");
  self->n_runs++;
  if (self->first_head == 0)
    self->first_head = write->from;
  self->n_stored = (guint) (write->from - self->first_head);
  g_assert_cmpint (self->n_stored == 0, ==, write->last_turn == 0);
  if (self->n_stored == self->n_wanted)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_FORBIDDEN, "no more");
      return FALSE;
    }

  inb_row_set (contact, INB_CONTACT_ID, id);
  inb_row_set (contact, INB_CONTACT_WORKSPACE_ID, write->workspace_id);
  inb_row_set_time (contact, INB_CONTACT_CREATED_AT, write->now);
  inb_row_set_time (contact, INB_CONTACT_UPDATED_AT, write->now);
  if (self->n_stored + 1 == self->poison)
    inb_row_set (contact, INB_CONTACT_PHONE_STATUS, "poison");
  inb_write_set_put (write->write_set, NULL, contact);
  if (self->breaks_in_run)
    {
      self->breaks_in_run = FALSE;
      break_connection (self->server, write->db);
    }
  write->again = self->n_stored + 1 < self->n_wanted;

  return TRUE;
}

static gboolean
adder_store (gpointer   data,
             InbWrite  *write,
             guint     *n_statements,
             GError   **error)
{
  Adder *self = data;

  g_assert_cmpint (write->to, ==, write->from + 1);
  if (self->breaks_at_end)
    {
      self->breaks_at_end = FALSE;
      break_connection (self->server, write->db);
    }
  if (self->crashes_at_end)
    {
      self->crashes_at_end = FALSE;
      crash (self->server);
    }

  return TRUE;
}

static gboolean
adder_failed (gpointer      data,
              const GError *error)
{
  Adder *self = data;

  self->n_failed++;
  if (!self->skips)
    return FALSE;
  self->poison = 0;

  return TRUE;
}

static void
adder_done (gpointer      data,
            gint64        head,
            const GError *error)
{
  Adder *self = data;

  self->is_done = TRUE;
  self->head = head;
  self->error = error == NULL ? NULL : g_error_copy (error);
}

static const InbWriterJobFuncs adder_funcs = {
  .run = adder_run,
  .store = adder_store,
  .failed = adder_failed,
  .done = adder_done,
};

static void
run_adder (Server     *server,
           Adder      *adder,
           const char *workspace_id)
{
  gint64 deadline = g_get_monotonic_time () + WAIT;
  g_autoptr (GError) error = NULL;

  adder->server = server;
  inb_writer_push_job (server->writer, inb_writer_job_new (workspace_id, &adder_funcs, adder, 1), &error);
  g_assert_no_error (error);
  while (!adder->is_done)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_turns (gconstpointer data)
{
  Server *server = (Server *) data;
  g_autofree char *workspace_id = create_workspace (server);
  Adder adder = { .n_wanted = 5 };

  run_adder (server, &adder, workspace_id);
  g_assert_no_error (adder.error);
  g_assert_cmpuint (adder.n_runs, ==, 5);
  g_assert_cmpint (adder.head, ==, 6);
  g_assert_cmpint (count_contacts (server, workspace_id), ==, 5);
}

/* What a job refuses by itself comes out as it is, and what was committed before stays. */
static void
test_refusal (gconstpointer data)
{
  Server *server = (Server *) data;
  g_autofree char *workspace_id = create_workspace (server);
  Adder adder = { .n_wanted = 0 };

  run_adder (server, &adder, workspace_id);
  g_assert_error (adder.error, INB_ERROR, INB_ERROR_FORBIDDEN);
  g_assert_cmpstr (adder.error->message, ==, "no more");
  g_assert_cmpuint (adder.n_runs, ==, 1);
  g_assert_cmpint (count_contacts (server, workspace_id), ==, 0);
  g_clear_error (&adder.error);

  adder = (Adder) { .n_wanted = 1 };
  run_adder (server, &adder, "nowhere");
  g_assert_error (adder.error, INB_ERROR, INB_ERROR_NOT_FOUND);
  g_clear_error (&adder.error);
}

static void
test_poison (gconstpointer data)
{
  Server *server = (Server *) data;
  g_autofree char *workspace_id = create_workspace (server);
  Adder adder = { .n_wanted = 4, .poison = 3 };

  run_adder (server, &adder, workspace_id);
  g_assert_error (adder.error, INB_ERROR, INB_ERROR_INTERNAL);
  g_assert_null (strstr (adder.error->message, "phone_status"));
  g_assert_cmpuint (adder.n_failed, ==, 1);
  g_assert_cmpint (count_contacts (server, workspace_id), ==, 2);
  g_clear_error (&adder.error);

  adder = (Adder) { .n_wanted = 4, .poison = 3, .skips = TRUE };
  run_adder (server, &adder, workspace_id);
  g_assert_no_error (adder.error);
  g_assert_cmpuint (adder.n_failed, ==, 1);
  g_assert_cmpint (count_contacts (server, workspace_id), ==, 6);
}

/* A turn whose connection is lost before COMMIT is run again; afterwards it is looked up. Never twice, never not at all. */
static void
test_lost_connection (gconstpointer data)
{
  Server *server = (Server *) data;
  g_autofree char *workspace_id = create_workspace (server);
  Adder in_run = { .n_wanted = 2, .breaks_in_run = TRUE };
  Adder at_end = { .n_wanted = 2, .breaks_at_end = TRUE };

  run_adder (server, &in_run, workspace_id);
  g_assert_no_error (in_run.error);
  g_assert_cmpuint (in_run.n_runs, ==, 3);
  g_assert_cmpint (count_contacts (server, workspace_id), ==, 2);

  run_adder (server, &at_end, workspace_id);
  g_assert_no_error (at_end.error);
  g_assert_cmpint (count_contacts (server, workspace_id), ==, 4);
}

/* The server dies between the rows and COMMIT, and the number of the turn's transaction, which was not logged yet, goes to another one,
 * which is committed. */
static void
test_crash (gconstpointer data)
{
  Server *server = (Server *) data;
  g_autofree char *workspace_id = create_workspace (server);
  Adder adder = { .n_wanted = 1, .crashes_at_end = TRUE };

  g_test_expect_message ("inb-service", G_LOG_LEVEL_WARNING, "PostgreSQL * ended; starting it again *");
  run_adder (server, &adder, workspace_id);
  g_test_assert_expected_messages ();
  g_assert_no_error (adder.error);
  g_assert_cmpint (count_contacts (server, workspace_id), ==, 1);
}

/* Once the service is stopping, a long job ends with what it has. */
static void
test_hurry (gconstpointer data)
{
  Server *server = (Server *) data;
  g_autofree char *workspace_id = create_workspace (server);
  Adder adder = { .n_wanted = 1000000 };

  inb_writer_hurry (server->writer);
  run_adder (server, &adder, workspace_id);
  g_assert_error (adder.error, INB_ERROR, INB_ERROR_UNAVAILABLE);
  g_assert_cmpint (count_contacts (server, workspace_id), ==, 1);
  g_clear_error (&adder.error);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = inb_cluster_fixture_make_folder ("inb-writer-job-XXXXXX");
  Server server = { { NULL } };
  int status;

  g_test_init (&argc, &argv, NULL);
  inb_cluster_fixture_start (&server.cluster, folder);
  server.db = inb_cluster_fixture_connect (&server.cluster);
  inb_cluster_watch (server.cluster.cluster);
  server.writer = inb_writer_new (server.cluster.service);

  g_test_add_data_func ("/writer-job/turns", &server, test_turns);
  g_test_add_data_func ("/writer-job/refusal", &server, test_refusal);
  g_test_add_data_func ("/writer-job/poison", &server, test_poison);
  g_test_add_data_func ("/writer-job/lost-connection", &server, test_lost_connection);
  g_test_add_data_func ("/writer-job/crash", &server, test_crash);
  g_test_add_data_func ("/writer-job/hurry", &server, test_hurry);
  status = g_test_run ();

  inb_writer_stop (server.writer);
  g_clear_object (&server.writer);
  inb_db_free (server.db);
  inb_cluster_fixture_stop (&server.cluster);
  inb_cluster_fixture_remove_folder (folder);

  return status;
}

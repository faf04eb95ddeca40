/* What is too old goes, and only that; the clock is the test's. */
#include "inb-cluster-fixture.h"
#include "inb-retention.h"
#include "inb-time.h"

#include <stdlib.h>

#define MANY 1000000

/* Workspaces "a" (defaults), "b" (shorter), "c" (for ever). */
typedef struct {
  InbClusterFixture  cluster;
  InbDb             *db;
  InbRetention      *retention;
} Fixture;

static void
exec (Fixture    *fixture,
      const char *workspace_id,
      const char *sql)
{
  g_autofree char *script = g_strdup_printf ("BEGIN; SET LOCAL inbound.workspace = '%s'; %s; COMMIT", workspace_id, sql);
  g_autoptr (GError) error = NULL;

  inb_db_exec (fixture->db, script, &error);
  g_assert_no_error (error);
}

/* 1,200 deliveries and 700 mutations, one more a minute backwards from 2026-01-01; some share their time. */
static void
create_workspace (Fixture    *fixture,
                  const char *workspace_id,
                  const char *settings)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO workspace_directory VALUES ('%1$s', now());"
    "INSERT INTO workspaces (id, name, region, timezone, currency, settings, epoch, created_at, updated_at, change_seq)"
    "  VALUES ('%1$s', 'Demo', 'US', 'Europe/Berlin', 'EUR', '%2$s', gen_random_uuid(), now(), now(), 1);"
    "INSERT INTO deliveries (workspace_id, id, webhook_id, received_at, stored_at, queue_us, body, outcome, answer_status, answer)"
    "  SELECT '%1$s', gen_random_uuid(), gen_random_uuid(), '2026-01-01T00:00:00Z'::timestamptz - (i / 3) * interval '3 minutes',"
    "         now(), 0, 'secret', 'created', 200, '{}' FROM generate_series(0, 1199) i;"
    "INSERT INTO mutations (workspace_id, user_id, id, entity, entity_id, request, answer, created_at)"
    "  SELECT '%1$s', gen_random_uuid(), gen_random_uuid(), 'lead', gen_random_uuid(), '{}', '{}',"
    "         '2026-01-01T00:00:00Z'::timestamptz - i * interval '1 minute' FROM generate_series(0, 699) i",
    workspace_id, settings);

  exec (fixture, workspace_id, sql);
}

static void
setup (Fixture       *fixture,
       gconstpointer  data)
{
  inb_cluster_fixture_start (&fixture->cluster, data);
  fixture->db = inb_cluster_fixture_connect (&fixture->cluster);
  fixture->retention = inb_retention_new ();
  create_workspace (fixture, "a", "{}");
  create_workspace (fixture, "b", "{\"delivery_body_days\":30,\"mutation_days\":7}");
  create_workspace (fixture, "c", "{\"delivery_body_days\":0,\"mutation_days\":0}");
}

static void
teardown (Fixture       *fixture,
          gconstpointer  data)
{
  inb_retention_free (fixture->retention);
  inb_db_free (fixture->db);
  inb_cluster_fixture_stop (&fixture->cluster);
}

static guint
count (Fixture    *fixture,
       const char *workspace_id,
       const char *what)
{
  g_autofree char *begin = inb_db_set_workspace_sql (fixture->db, workspace_id);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", what);
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) result = NULL;

  inb_db_exec (fixture->db, begin, &error);
  g_assert_no_error (error);
  result = inb_db_query (fixture->db, sql, 0, NULL, &error);
  g_assert_no_error (error);
  inb_db_exec (fixture->db, "COMMIT", &error);
  g_assert_no_error (error);

  return (guint) atoi (PQgetvalue (result, 0, 0));
}

static InbRetentionReport
run (Fixture    *fixture,
     const char *now,
     guint       max_steps)
{
  InbRetentionReport report;
  g_autoptr (GError) error = NULL;
  gint64 time;

  g_assert_true (inb_time_parse (now, &time));
  g_assert_true (inb_retention_run (fixture->retention, fixture->db, time, max_steps, NULL, &report, &error));
  g_assert_no_error (error);

  return report;
}

static void
test_ages (Fixture       *fixture,
           gconstpointer  data)
{
  InbRetentionReport report;

  /* Nothing is 90 days old, but in "b" what is older than 30: all deliveries; and mutations older than 7. */
  report = run (fixture, "2026-02-15T00:00:00Z", MANY);
  g_assert_cmpuint (report.n_bodies, ==, 1200);
  g_assert_cmpuint (report.n_mutations, ==, 700);
  g_assert_cmpuint (count (fixture, "b", "deliveries WHERE body IS NULL"), ==, 1200);
  g_assert_cmpuint (count (fixture, "b", "mutations"), ==, 0);
  g_assert_cmpuint (count (fixture, "a", "deliveries WHERE body IS NULL"), ==, 0);

  /* 90 days after 2025-12-31 12:00: 240 times of three are not older than that, and the one of that moment. */
  report = run (fixture, "2026-03-31T12:00:00Z", MANY);
  g_assert_cmpuint (count (fixture, "a", "deliveries WHERE body IS NOT NULL"), ==, 723);
  g_assert_cmpuint (count (fixture, "a", "deliveries WHERE received_at < '2025-12-31T12:00:00Z' AND body IS NOT NULL"), ==, 0);
  g_assert_cmpuint (count (fixture, "a", "deliveries"), ==, 1200);
  g_assert_cmpuint (report.n_bodies, ==, 477);

  /* 180 days after 2025-12-31 18:00. */
  report = run (fixture, "2026-06-29T18:00:00Z", MANY);
  g_assert_cmpuint (count (fixture, "a", "deliveries WHERE body IS NOT NULL"), ==, 0);
  g_assert_cmpuint (count (fixture, "a", "mutations"), ==, 361);
  g_assert_cmpuint (report.n_mutations, ==, 339);

  g_assert_cmpuint (count (fixture, "c", "deliveries WHERE body IS NOT NULL"), ==, 1200);
  g_assert_cmpuint (count (fixture, "c", "mutations"), ==, 700);

  /* Nothing is left to do, and nothing is looked at again. */
  report = run (fixture, "2026-06-29T18:00:00Z", MANY);
  g_assert_cmpuint (report.n_bodies + report.n_mutations, ==, 0);
  g_assert_cmpuint (report.n_steps, ==, 3 + 2 * 2);
}

static void
test_nonsense (Fixture       *fixture,
               gconstpointer  data)
{
  create_workspace (fixture, "d", "{\"delivery_body_days\":\"soon\",\"mutation_days\":\"7\"}");
  g_test_expect_message ("inb-service", G_LOG_LEVEL_WARNING, "Workspace d: *delivery_body_days*90 is used");
  run (fixture, "2026-03-31T12:00:00Z", MANY);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (count (fixture, "d", "deliveries WHERE body IS NOT NULL"), ==, 723);
  g_assert_cmpuint (count (fixture, "d", "mutations"), ==, 0);
}

static void
test_bounded (Fixture       *fixture,
              gconstpointer  data)
{
  guint n_bodies = 0;
  guint n_runs = 0;

  while (count (fixture, "a", "deliveries WHERE body IS NOT NULL") + count (fixture, "b", "deliveries WHERE body IS NOT NULL") > 0)
    {
      InbRetentionReport report = run (fixture, "2027-01-01T00:00:00Z", 2);

      g_assert_cmpuint (report.n_steps, <=, 2);
      n_bodies += report.n_bodies;
      g_assert_cmpuint (++n_runs, <, 50);
    }
  g_assert_cmpuint (n_bodies, ==, 2400);
  g_assert_cmpuint (count (fixture, "c", "deliveries WHERE body IS NOT NULL"), ==, 1200);
}

static void
test_stopped_and_failed (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbRetention) second = inb_retention_new ();
  InbRetentionReport report;
  gint64 now;

  g_assert_true (inb_time_parse ("2027-01-01T00:00:00Z", &now));
  g_cancellable_cancel (cancellable);
  g_assert_true (inb_retention_run (fixture->retention, fixture->db, now, MANY, cancellable, &report, &error));
  g_assert_cmpuint (report.n_steps, ==, 0);

  /* A workspace that fails does not keep the others from their turn. */
  inb_db_exec (fixture->db, "SET default_transaction_read_only = on", &error);
  g_assert_no_error (error);
  g_assert_false (inb_retention_run (fixture->retention, fixture->db, now, MANY, NULL, &report, &error));
  g_assert_nonnull (g_strstr_len (error->message, -1, "workspace a"));
  g_assert_true (inb_db_reset (fixture->db));
  g_clear_error (&error);
  inb_db_exec (fixture->db, "RESET default_transaction_read_only", &error);
  g_assert_no_error (error);
  run (fixture, "2027-01-01T00:00:00Z", MANY);
  g_assert_cmpuint (count (fixture, "b", "deliveries WHERE body IS NOT NULL"), ==, 0);
  g_assert_cmpuint (count (fixture, "a", "deliveries WHERE body IS NOT NULL"), ==, 1200);
  run (fixture, "2027-01-01T00:00:00Z", MANY);
  g_assert_cmpuint (count (fixture, "a", "deliveries WHERE body IS NOT NULL"), ==, 0);

  /* One that has just started finds nothing to do. */
  g_assert_true (inb_retention_run (second, fixture->db, now, MANY, NULL, &report, &error));
  g_assert_cmpuint (report.n_bodies, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *parent = NULL;
  g_autofree char *ages = NULL;
  g_autofree char *bounded = NULL;
  g_autofree char *stopped = NULL;
  g_autofree char *nonsense = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  parent = inb_cluster_fixture_make_folder ("inb-retention-XXXXXX");
  ages = g_build_filename (parent, "a", NULL);
  bounded = g_build_filename (parent, "b", NULL);
  stopped = g_build_filename (parent, "c", NULL);
  nonsense = g_build_filename (parent, "d", NULL);

  g_test_add ("/service/retention/ages", Fixture, ages, setup, test_ages, teardown);
  g_test_add ("/service/retention/bounded", Fixture, bounded, setup, test_bounded, teardown);
  g_test_add ("/service/retention/stopped-and-failed", Fixture, stopped, setup, test_stopped_and_failed, teardown);
  g_test_add ("/service/retention/nonsense", Fixture, nonsense, setup, test_nonsense, teardown);
  status = g_test_run ();

  inb_cluster_fixture_remove_folder (parent);

  return status;
}

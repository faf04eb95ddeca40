/* Ingest against a real PostgreSQL: what a batch of deliveries leaves in the tables. */
#include "inb-cluster-fixture.h"
#include "inb-ingest.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

/* One cluster for all tests; each has a workspace of its own, and so sees no other's rows. */
typedef struct {
  InbClusterFixture cluster;
  guint             n_workspaces;
} Server;

typedef struct {
  char       *workspace_id;
  InbDb      *db;
  InbStore   *store;
  InbIngest  *ingest;
  InbWebhook *webhook;
} Fixture;

static void
create_workspace (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
    "BEGIN; SET LOCAL inbound.workspace = '%1$s';"
    "INSERT INTO workspaces (id, name, region, timezone, currency, epoch, created_at, updated_at, change_seq)"
    "  VALUES ('%1$s', 'Demo', 'US', 'Europe/Berlin', 'EUR', gen_random_uuid(), now(), now(), 1);"
    "INSERT INTO workspace_heads (workspace_id, change_seq) VALUES ('%1$s', 1); COMMIT",
    fixture->workspace_id);

  inb_db_exec (fixture->db, sql, &error);
  g_assert_no_error (error);
}

static InbWebhook *
make_webhook (const char *workspace_id)
{
  g_autoptr (GError) error = NULL;
  InbWebhook *webhook = g_new0 (InbWebhook, 1);

  g_atomic_ref_count_init (&webhook->refs);
  webhook->webhook_id = inb_uuid_new_v4 ();
  webhook->workspace_id = g_strdup (workspace_id);
  webhook->name = g_strdup ("Landing page");
  webhook->source_label = g_strdup ("Landing page");
  webhook->auth = g_strdup ("none");
  webhook->is_active = TRUE;
  webhook->field_map = inb_field_map_new (NULL, &error);
  g_assert_no_error (error);
  webhook->rules = inb_lead_rules_new (NULL, &error);
  g_assert_no_error (error);
  webhook->stages = inb_stage_set_new_default ();
  webhook->region = g_strdup ("US");
  webhook->currency = g_strdup ("EUR");
  webhook->timezone = g_time_zone_new_identifier ("Europe/Berlin");

  return webhook;
}

static void
setup (Fixture       *fixture,
       gconstpointer  data)
{
  Server *server = (Server *) data;

  fixture->workspace_id = g_strdup_printf ("w%u", server->n_workspaces++);
  fixture->db = inb_cluster_fixture_connect (&server->cluster);
  create_workspace (fixture);
  fixture->store = inb_store_new (fixture->db);
  fixture->ingest = inb_ingest_new (fixture->store);
  fixture->webhook = make_webhook (fixture->workspace_id);
}

static void
teardown (Fixture       *fixture,
          gconstpointer  data)
{
  inb_webhook_unref (fixture->webhook);
  inb_ingest_free (fixture->ingest);
  inb_store_free (fixture->store);
  inb_db_free (fixture->db);
  g_free (fixture->workspace_id);
}

static InbDelivery *
make_delivery (Fixture    *fixture,
               const char *json,
               const char *key)
{
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr (GPtrArray) events = NULL;
  InbDelivery *delivery = inb_delivery_new (fixture->webhook, inb_time_now ());
  gboolean is_array;

  events = inb_payload_parse ("application/json", body, &is_array, &delivery->error);
  delivery->body = g_bytes_ref (body);
  delivery->delivery_key = g_strdup (key);
  if (events != NULL)
    {
      g_ptr_array_set_free_func (events, NULL);
      delivery->event = g_ptr_array_index (events, 0);
    }

  return delivery;
}

static GPtrArray *
new_batch (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) inb_delivery_free);
}

static InbChanges *
run_batch (Fixture   *fixture,
           GPtrArray *batch)
{
  g_autoptr (GError) error = NULL;
  gboolean commit_unknown;
  InbChanges *changes = inb_ingest_run (fixture->ingest, batch, TRUE, &commit_unknown, &error);

  g_assert_no_error (error);
  g_assert_false (commit_unknown);

  return changes;
}

/* Posts one body by itself and returns its delivery with the answer. */
static InbDelivery *
post (Fixture    *fixture,
      const char *json,
      const char *key)
{
  g_autoptr (GPtrArray) batch = g_ptr_array_new ();
  g_autoptr (InbChanges) changes = NULL;
  InbDelivery *delivery = make_delivery (fixture, json, key);

  g_ptr_array_add (batch, delivery);
  changes = run_batch (fixture, batch);

  return delivery;
}

static char *
query (Fixture    *fixture,
       const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PGresult) result = NULL;
  g_autofree char *begin = inb_db_set_workspace_sql (fixture->db, fixture->workspace_id);

  inb_db_exec (fixture->db, begin, &error);
  g_assert_no_error (error);
  result = inb_db_query (fixture->db, sql, 0, NULL, &error);
  g_assert_no_error (error);
  inb_db_exec (fixture->db, "COMMIT", &error);
  g_assert_no_error (error);
  g_assert_cmpint (PQntuples (result), ==, 1);

  return g_strdup (PQgetvalue (result, 0, 0));
}

static void
assert_value (Fixture    *fixture,
              const char *sql,
              const char *expected)
{
  g_autofree char *value = query (fixture, sql);

  g_assert_cmpstr (value, ==, expected);
}

/* What must hold after every batch: no gap and no repeat in the feed, and the roll-up equal to a count of the rows. */
static void
assert_consistent (Fixture *fixture)
{
  assert_value (fixture,
                "SELECT (count(*) = count(DISTINCT seq) AND max(seq) <= (SELECT change_seq FROM workspace_heads))::text FROM ("
                "SELECT change_seq FROM contacts UNION ALL SELECT change_seq FROM leads UNION ALL"
                " SELECT change_seq FROM lead_activities UNION ALL SELECT change_seq FROM workspaces) AS feed (seq)", "true");
  assert_value (fixture,
                "SELECT count(*) FROM (SELECT lead_source, coalesce(product_interest, ''), stage, count(*), count(*) FILTER (WHERE is_converted)"
                " FROM leads WHERE deleted_at IS NULL AND NOT is_test GROUP BY 1, 2, 3) AS counted (source, product, stage, leads, converted)"
                " FULL JOIN (SELECT * FROM lead_counts WHERE leads <> 0) AS kept USING (source, product, stage, leads, converted)"
                " WHERE counted.leads IS NULL OR kept.leads IS NULL OR kept.workspace_id IS NULL", "0");
  assert_value (fixture,
                "SELECT count(*) FROM (SELECT (created_at AT TIME ZONE 'Europe/Berlin')::date, lead_source,"
                " coalesce(product_interest, ''), stage, count(*), count(*) FILTER (WHERE is_converted)"
                " FROM leads WHERE deleted_at IS NULL AND NOT is_test GROUP BY 1, 2, 3, 4)"
                " AS counted (day, source, product, stage, leads, converted)"
                " FULL JOIN (SELECT * FROM lead_day_counts WHERE leads <> 0) AS kept USING (day, source, product, stage, leads, converted)"
                " WHERE kept.workspace_id IS NULL OR counted.leads IS NULL", "0");
}

static void
test_life_of_a_lead (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (InbDelivery) created = NULL;
  g_autoptr (InbDelivery) qualified = NULL;
  g_autoptr (InbDelivery) converted = NULL;

  created = post (fixture,
                  "{\"firstname\":\"Test\",\"lastname\":\"Lead\",\"phone\":\"+1234567890\",\"email\":\"test@example.com\","
                  "\"product\":\"Product A\",\"lead_status\":\"new\",\"notes\":\"Test lead from API\"}", NULL);
  g_assert_cmpuint (created->answer_status, ==, 200);
  assert_value (fixture, "SELECT count(*) FROM leads", "1");
  assert_value (fixture, "SELECT title FROM lead_activities WHERE activity_type = 'lead_created'", "🆕 New Lead Created");
  assert_value (fixture, "SELECT phone_e164 || ' ' || phone_status FROM contacts", "+1234567890 invalid");
  assert_value (fixture, "SELECT metadata->'webhook'->>'source' FROM lead_activities WHERE activity_type = 'lead_created'",
                "Landing page");

  qualified = post (fixture, "{\"phone\":\"+1234567890\",\"product\":\"Product A\",\"lead_status\":\"qualified\"}", NULL);
  g_assert_cmpstr (qualified->answer + strlen ("{\"success\":true"), !=, "");
  assert_value (fixture, "SELECT title FROM lead_activities WHERE activity_type = 'status_updated'", "Status: new → qualified");
  converted = post (fixture,
                    "{\"phone\":\"+1234567890\",\"product\":\"Product A\",\"lead_status\":\"converted\","
                    "\"appointment_date\":\"2025-10-20 10:00AM\"}", NULL);
  g_assert_cmpuint (converted->answer_status, ==, 200);
  assert_value (fixture, "SELECT count(*) FROM leads", "1");
  assert_value (fixture, "SELECT stage || previous_stage || is_converted || (converted_at IS NOT NULL) FROM leads",
                "wonqualifiedtruetrue");
  assert_value (fixture, "SELECT string_agg(activity_type, ',' ORDER BY created_at) FROM lead_activities"
                         " WHERE created_at > (SELECT max(created_at) FROM lead_activities WHERE title LIKE '%new → qualified')",
                "status_updated,appointment_scheduled,lead_converted");
  assert_value (fixture, "SELECT title || ' ' || outcome FROM lead_activities WHERE activity_type = 'lead_converted'",
                "🎉 Lead Converted to Won converted");
  assert_value (fixture, "SELECT to_char(due_at, 'YYYY-MM-DD HH24:MI') FROM lead_activities"
                         " WHERE activity_type = 'appointment_scheduled'", "2025-10-20 08:00");
  assert_value (fixture, "SELECT count(*) FROM deliveries WHERE outcome IN ('lead_created', 'lead_updated')", "3");
  assert_consistent (fixture);
}

static void
test_contact_only (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (InbDelivery) delivery = post (fixture, "{\"phone\":\"+14155552671\",\"firstname\":\"Ann\"}", NULL);

  g_assert_cmpuint (delivery->answer_status, ==, 200);
  g_assert_nonnull (strstr (delivery->answer, "\"lead_id\":null"));
  assert_value (fixture, "SELECT count(*) FROM contacts", "1");
  assert_value (fixture, "SELECT count(*) FROM leads", "0");
  assert_consistent (fixture);
}

static void
test_identical (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) batch = new_batch ();
  g_autoptr (InbChanges) changes = NULL;

  for (guint i = 0; i < 64; i++)
    g_ptr_array_add (batch, make_delivery (fixture, "{\"phone\":\"+14155552671\",\"product\":\"A\",\"lead_status\":\"new\"}", NULL));
  changes = run_batch (fixture, batch);
  assert_value (fixture, "SELECT count(*) FROM contacts", "1");
  assert_value (fixture, "SELECT count(*) FROM leads", "64");
  g_assert_cmpint (changes->to - changes->from, ==, 1 + 64 + 64);
  g_assert_cmpuint (changes->events->len, ==, 64);
  assert_consistent (fixture);
}

static void
test_delivery_key (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GPtrArray) batch = new_batch ();
  g_autoptr (InbChanges) changes = NULL;
  g_autoptr (InbDelivery) later = NULL;
  const char *json = "{\"phone\":\"+14155552671\",\"product\":\"A\"}";

  for (guint i = 0; i < 10; i++)
    g_ptr_array_add (batch, make_delivery (fixture, json, "k\"ey\\1"));
  changes = run_batch (fixture, batch);
  later = post (fixture, json, "k\"ey\\1");

  assert_value (fixture, "SELECT count(*) FROM leads", "1");
  assert_value (fixture, "SELECT count(*) FROM deliveries", "1");
  for (guint i = 0; i < batch->len; i++)
    g_assert_cmpstr (((InbDelivery *) g_ptr_array_index (batch, i))->answer, ==, later->answer);
  assert_consistent (fixture);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (InbDelivery) nobody = post (fixture, "{\"firstname\":\"Ann\"}", "k");
  g_autoptr (InbDelivery) broken = post (fixture, "{\"firstname\":", NULL);
  g_autoptr (InbDelivery) repaired = post (fixture, "{\"email\":\"Ann@Example.com\",\"notes\":\"Hi\"}", "k");

  g_assert_cmpuint (nobody->answer_status, ==, 422);
  g_assert_cmpuint (broken->answer_status, ==, 400);
  g_assert_cmpuint (repaired->answer_status, ==, 200);
  assert_value (fixture, "SELECT string_agg(outcome, ',' ORDER BY received_at) FROM deliveries", "refused,refused,lead_created");
  assert_value (fixture, "SELECT convert_from(body, 'UTF8') FROM deliveries WHERE answer_status = 400", "{\"firstname\":");
  assert_consistent (fixture);
}

static void
test_random (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *words[] = { "new", "qualified", "won", "lost", "unheard-of", "" };

  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (GPtrArray) batch = new_batch ();
      g_autoptr (InbChanges) changes = NULL;
      guint size = (guint) g_test_rand_int_range (1, 65);

      for (guint i = 0; i < size; i++)
        {
          g_autofree char *json = g_strdup_printf (
            "{\"phone\":\"+1415555%04d\",\"email\":\"p%d@example.com\",\"product\":\"P%d\",\"lead_status\":\"%s\",\"source\":\"S%d\","
            "\"utm_source\":\"%s\"}",
            g_test_rand_int_range (2600, 2630), g_test_rand_int_range (0, 40), g_test_rand_int_range (0, 3),
            words[g_test_rand_int_range (0, G_N_ELEMENTS (words))], g_test_rand_int_range (0, 4), round % 3 == 0 ? "g" : "");

          g_ptr_array_add (batch, make_delivery (fixture, json, NULL));
        }
      changes = run_batch (fixture, batch);
    }
  assert_consistent (fixture);
  assert_value (fixture, "SELECT count(*) FROM (SELECT phone_e164 FROM contacts GROUP BY 1 HAVING count(*) > 1) AS doubled", "0");
}

static void
test_many_names (Fixture       *fixture,
                 gconstpointer  data)
{
  for (guint start = 0; start < 1088; start += 64)
    {
      g_autoptr (GPtrArray) batch = new_batch ();
      g_autoptr (InbChanges) changes = NULL;

      for (guint i = start; i < start + 64; i++)
        {
          g_autofree char *json = g_strdup_printf ("{\"email\":\"p%u@example.com\",\"product\":\"P%u\"}", i, i);

          g_ptr_array_add (batch, make_delivery (fixture, json, NULL));
        }
      changes = run_batch (fixture, batch);
    }
  assert_value (fixture, "SELECT count(*) FROM lead_count_names WHERE dimension = 'product'", "1000");
  assert_value (fixture, "SELECT leads FROM lead_counts WHERE product = 'other'", "88");
  assert_value (fixture, "SELECT sum(leads) FROM lead_counts", "1088");
}

static void
test_speed (Fixture       *fixture,
            gconstpointer  data)
{
  static const guint sizes[] = { 1, 8, 64 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      const guint n_batches = 2048 / sizes[s] / (g_test_thorough () ? 1 : 8);
      gint64 start = g_get_monotonic_time ();

      for (guint round = 0; round < n_batches; round++)
        {
          g_autoptr (GPtrArray) batch = new_batch ();
          g_autoptr (InbChanges) changes = NULL;

          for (guint i = 0; i < sizes[s]; i++)
            {
              g_autofree char *json = g_strdup_printf (
                "{\"firstname\":\"Jo\",\"lastname\":\"Do\",\"phone\":\"+1415%07u\",\"email\":\"p%u.%u.%u@example.com\","
                "\"product\":\"Solar\",\"lead_status\":\"new\",\"notes\":\"Call me\"}", s * 1000000 + round * 64 + i, s, round, i);

              g_ptr_array_add (batch, make_delivery (fixture, json, NULL));
            }
          changes = run_batch (fixture, batch);
        }
      g_test_message ("batches of %u: %.0f deliveries/s, %.2f ms a batch", sizes[s],
                      n_batches * sizes[s] * 1e6 / (double) (g_get_monotonic_time () - start),
                      (double) (g_get_monotonic_time () - start) / 1e3 / n_batches);
    }
  assert_consistent (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  Server server = { { NULL }, };
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = inb_cluster_fixture_make_folder ("inb-ingest-XXXXXX");
  inb_cluster_fixture_start (&server.cluster, folder);

  g_test_add ("/service/ingest/life-of-a-lead", Fixture, &server, setup, test_life_of_a_lead, teardown);
  g_test_add ("/service/ingest/contact-only", Fixture, &server, setup, test_contact_only, teardown);
  g_test_add ("/service/ingest/identical", Fixture, &server, setup, test_identical, teardown);
  g_test_add ("/service/ingest/delivery-key", Fixture, &server, setup, test_delivery_key, teardown);
  g_test_add ("/service/ingest/refused", Fixture, &server, setup, test_refused, teardown);
  g_test_add ("/service/ingest/random", Fixture, &server, setup, test_random, teardown);
  g_test_add ("/service/ingest/many-names", Fixture, &server, setup, test_many_names, teardown);
  g_test_add ("/service/ingest/speed", Fixture, &server, setup, test_speed, teardown);
  status = g_test_run ();

  inb_cluster_fixture_stop (&server.cluster);
  inb_cluster_fixture_remove_folder (folder);

  return status;
}

/* How long a first sync takes from the wire's bytes to the replica, without the network: pages are parsed on one thread while
 * the other stores the page before, as the client does it.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-sync-parse.h"
#include "inb-time.h"

#define ROWS_PER_PAGE 1000
#define EPOCH "one"

static double
get_ms (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

static GBytes *
write_page (GPtrArray *rows,
            guint      start,
            gint64     from,
            gint64     head)
{
  GString *json = g_string_new ("{\"epoch\":\"" EPOCH "\",\"rows\":[");
  guint end = MIN (start + ROWS_PER_PAGE, rows->len);
  gint64 to = inb_row_get_seq (g_ptr_array_index (rows, end - 1));

  for (guint i = start; i < end; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (json, "%s{\"kind\":\"%s\",\"row\":", i > start ? "," : "", inb_kind_get_name (inb_row_get_kind (row)));
      inb_row_append_json (row, FALSE, json);
      g_string_append_c (json, '}');
    }
  g_string_append_printf (json, "],\"from\":%" G_GINT64_FORMAT ",\"to\":%" G_GINT64_FORMAT ",\"head\":%" G_GINT64_FORMAT "}",
                          from, to, MAX (head, to));

  return g_string_free_to_bytes (json);
}

static void
on_applied (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  inb_replica_apply_finish (INB_REPLICA (source), result, &error);
  g_assert_no_error (error);
  (*(guint *) user_data)--;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

static void
test_speed (gconstpointer data)
{
  guint n_leads = GPOINTER_TO_UINT (data);
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbSample) sample = inb_sample_new (9);
  InbReplica *replica = inb_kit_new (folder);
  guint n_applying = 0;
  guint n_rows = 0;
  gsize n_bytes = 0;
  double spent = 0;
  double parsing = 0;
  gint64 from = 0;

  while (sample->n_leads < n_leads)
    {
      g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

      if (sample->seq == 0)
        inb_sample_add_small (sample, rows);
      for (guint i = 0; i < 5 * ROWS_PER_PAGE; i++)
        inb_sample_add_lead (sample, rows, inb_time_now ());
      for (guint start = 0; start < rows->len; start += ROWS_PER_PAGE)
        {
          g_autoptr (GBytes) body = write_page (rows, start, from, sample->seq);
          g_autoptr (GError) error = NULL;
          gint64 started = g_get_monotonic_time ();
          InbChanges *changes = inb_sync_parse_changes (body, &error);

          g_assert_no_error (error);
          parsing += get_ms (started);
          from = changes->to;
          n_rows += changes->rows->len;
          n_bytes += g_bytes_get_size (body);
          inb_kit_wait (is_zero, &n_applying);
          n_applying = 1;
          inb_replica_apply_async (replica, changes, on_applied, &n_applying);
          spent += get_ms (started);
        }
      {
        gint64 started = g_get_monotonic_time ();

        inb_kit_wait (is_zero, &n_applying);
        spent += get_ms (started);
      }
    }

  g_test_message ("%u leads, %u rows, %" G_GSIZE_FORMAT " MiB of JSON: parsing %.1f s, parsing and storing side by side %.1f s",
                  n_leads, n_rows, n_bytes / 1024 / 1024, parsing / 1000, spent / 1000);
  g_assert_cmpint (inb_replica_get_cursor (replica), ==, sample->seq);
  inb_kit_drop (replica);
  inb_kit_delete_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  guint n_leads;

  g_test_init (&argc, &argv, NULL);
  n_leads = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 20000;
  g_test_add_data_func ("/sync/speed", GUINT_TO_POINTER (n_leads), test_speed);

  return g_test_run ();
}

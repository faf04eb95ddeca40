/* inb-make-replica FOLDER LEADS [EPOCH]: fills a replica with realistic leads, the newest of them now; for measuring. As a first
 * sync does it, without most indexes until the end: row by row they grow slower than the rows do.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <locale.h>

#define LEADS_PER_PAGE 2000
#define SPACING (37 * INB_TIME_SECOND)

int
main (int    argc,
      char **argv)
{
  g_autoptr (InbSample) sample = inb_sample_new (7);
  g_autoptr (GError) error = NULL;
  const char *epoch = argc > 3 ? argv[3] : "sample";
  gint64 started = g_get_monotonic_time ();
  gint64 created_at;
  InbReplica *replica;
  guint n_leads;

  setlocale (LC_ALL, "");
  if (argc < 3)
    {
      g_printerr ("Usage: %s FOLDER LEADS [EPOCH]\n", argv[0]);
      return 2;
    }

  n_leads = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  replica = inb_replica_new (argv[1]);
  if (!inb_kit_open (replica, &error) || !inb_kit_reset (replica, epoch, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  created_at = inb_time_now () - (gint64) n_leads * SPACING;
  while (sample->n_leads < n_leads)
    {
      InbSnapshotPage *page = inb_snapshot_page_new ();

      if (sample->seq == 0)
        inb_sample_add_small (sample, page->rows);
      for (guint i = 0; i < LEADS_PER_PAGE && sample->n_leads < n_leads; i++)
        inb_sample_add_lead (sample, page->rows, created_at += SPACING);
      page->epoch = g_strdup (epoch);
      page->position = sample->n_leads < n_leads ? g_strdup ("more") : NULL;
      page->head = sample->seq;
      if (!inb_kit_apply_snapshot (replica, page, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
    }
  inb_kit_drop (replica);
  g_print ("%u leads in %.1f s\n", n_leads, (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC);

  return 0;
}

/* Stages that have not arrived, or are the workspace's own: filters, figures and the first page of figures, which SQLite counts,
 * take them for the same.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-stage.h"
#include "inb-time.h"

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"

/* Of the workspace itself are only "new", "sold" (won) and "lost", which is open there. */
typedef struct {
  const char *stage;
  gboolean    is_open;
} Lead;

static const Lead leads[] = {
  { "new", TRUE }, { "sold", FALSE }, { "lost", TRUE }, { "won", FALSE }, { "qualified", TRUE }, { "unheard of", TRUE }, { NULL, TRUE },
};

/* Without any stage what a new workspace has counts. */
static const Lead leads_without_stages[] = {
  { "new", TRUE }, { "sold", TRUE }, { "lost", FALSE }, { "won", FALSE }, { "qualified", TRUE }, { "unheard of", TRUE }, { NULL, TRUE },
};

static void
add_stage (InbSample  *sample,
           GPtrArray  *rows,
           const char *key,
           const char *category,
           gint64      number)
{
  InbRow *row = inb_row_new (INB_KIND_STAGE);
  g_autofree char *id = inb_sample_make_id (sample, NOW);

  inb_row_set (row, INB_STAGE_ID, id);
  inb_row_set (row, INB_STAGE_KEY, key);
  inb_row_set (row, INB_STAGE_NAME, key);
  inb_row_set (row, INB_STAGE_CATEGORY, category);
  inb_row_set_integer (row, INB_STAGE_NUMBER, number);
  inb_row_set_integer (row, INB_STAGE_POSITION, number);
  inb_sample_touch (sample, row);
  g_ptr_array_add (rows, row);
}

/* Nobody has answered any of them. */
static void
add_lead (InbSample  *sample,
          GPtrArray  *rows,
          const char *stage)
{
  InbRow *row = inb_sample_make_lead (sample, NULL, NOW);

  inb_row_set (row, INB_LEAD_STAGE, stage);
  inb_row_set (row, INB_LEAD_FIRST_RESPONSE_AT, NULL);
  inb_row_set_time (row, INB_LEAD_NEXT_FOLLOW_UP_AT, NOW - INB_TIME_DAY);
  inb_row_set_boolean (row, INB_LEAD_IS_TEST, FALSE);
  inb_row_set_boolean (row, INB_LEAD_IS_CONVERTED, FALSE);
  g_ptr_array_add (rows, row);
}

static guint
count_matches (InbReplica     *replica,
               InbFilterFlags  flags,
               const char     *stage)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = NULL;

  query->now = NOW;
  query->filter->flags = flags;
  if (stage != NULL)
    inb_lead_filter_toggle_value (query->filter, INB_FILTER_STAGE, stage);
  rowids = inb_kit_query (replica, query, &error);
  g_assert_no_error (error);

  return rowids->len;
}

static void
check_pending (InbReplica *replica,
               const Lead *expected,
               guint       n_leads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = inb_kit_get_metrics (replica, NOW, &error);
  guint n_pending = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < n_leads; i++)
    n_pending += expected[i].is_open && g_strcmp0 (expected[i].stage, INB_STAGE_DEFAULT_KEY) != 0;
  g_assert_cmpint (metrics->total, ==, n_leads);
  g_assert_cmpint (metrics->new_leads, ==, 1);
  g_assert_cmpint (metrics->pending, ==, n_pending);
}

static void
check_open (InbReplica *replica,
            const Lead *expected,
            guint       n_leads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = inb_kit_get_metrics (replica, NOW, &error);
  guint n_open = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < n_leads; i++)
    {
      const char *stage = expected[i].stage != NULL ? expected[i].stage : "";

      g_assert_cmpuint (count_matches (replica, INB_FILTER_UNANSWERED, stage), ==, expected[i].is_open);
      g_assert_cmpuint (count_matches (replica, INB_FILTER_FOLLOW_UP_DUE, stage), ==, expected[i].is_open);
      n_open += expected[i].is_open;
    }
  g_assert_cmpuint (count_matches (replica, INB_FILTER_UNANSWERED, NULL), ==, n_open);
  g_assert_true (metrics->has_details);
  g_assert_cmpint (metrics->waiting, ==, n_open);
}

static void
check_stages (const Lead *expected,
              guint       n_leads,
              gboolean    with_stages)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbSample) sample = inb_sample_new (5);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_kit_new_rows ();
  InbReplica *replica = inb_kit_new (folder);

  if (with_stages)
    {
      add_stage (sample, rows, "new", "open", 1);
      add_stage (sample, rows, "sold", "won", 2);
      add_stage (sample, rows, "lost", "open", 3);
    }
  for (guint i = 0; i < n_leads; i++)
    add_lead (sample, rows, expected[i].stage);
  inb_kit_apply (replica, inb_kit_make_changes (replica, EPOCH, rows, sample->seq), &error);
  g_assert_no_error (error);

  /* At first from SQLite, before the facts are read; then from them. */
  inb_kit_drop (replica);
  replica = inb_kit_new (folder);
  check_pending (replica, expected, n_leads);
  inb_kit_wait_for_facts (replica);
  check_pending (replica, expected, n_leads);
  check_open (replica, expected, n_leads);

  inb_kit_drop (replica);
  inb_kit_delete_folder (folder);
}

static void
test_own (void)
{
  check_stages (leads, G_N_ELEMENTS (leads), TRUE);
}

static void
test_none (void)
{
  check_stages (leads_without_stages, G_N_ELEMENTS (leads_without_stages), FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica/stages/own", test_own);
  g_test_add_func ("/replica/stages/none", test_none);

  return g_test_run ();
}

/* The thread that keeps the facts: opened, closed, emptied and asked in any order. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-world.h"

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  guint *n_answers = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbValueCounts) counts = inb_replica_get_values_finish (INB_REPLICA (source), result, &error);

  /* Nothing but that it was closed meanwhile may keep it from an answer. */
  if (counts == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  (*n_answers)++;
}

typedef struct {
  guint *n_answers;
  guint  n_awaited;
} Answers;

static gboolean
has_answers (gpointer data)
{
  const Answers *answers = data;

  return *answers->n_answers == answers->n_awaited;
}

/* Closed, emptied and changed while the facts are being read and asked for. */
static void
test_close (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GPtrArray) none = NULL;
  guint n_answers = 0;
  Answers answers = { &n_answers, 0 };
  InbWorld world = { NULL, };

  inb_world_init (&world, folder, 500);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GError) error = NULL;

      inb_kit_drop (world.replica);
      world.replica = inb_kit_new (folder);
      for (guint i = 0; i <= round % 4; i++, answers.n_awaited++)
        inb_replica_get_values_async (world.replica, every, INB_FILTER_SOURCE, INB_WORLD_NOW, NULL, on_counted, &n_answers);
      if (round % 5 == 4)
        {
          inb_kit_reset (world.replica, INB_WORLD_EPOCH, &error);
          g_assert_no_error (error);
        }
    }
  inb_kit_wait (has_answers, &answers);
  inb_lead_filter_set_text (query->filter, "a");
  none = inb_world_load (&world, query);
  g_assert_cmpuint (none->len, ==, 0);

  inb_world_clear (&world);
  inb_kit_delete_folder (folder);
}

static void
on_facts_ready (InbReplica *replica,
                gboolean   *ready)
{
  *ready = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_ready (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = NULL;
  gboolean ready = FALSE;
  InbWorld world = { NULL, };

  inb_world_init (&world, folder, 100);
  inb_kit_drop (world.replica);
  world.replica = inb_replica_new (folder);
  g_signal_connect (world.replica, "facts-ready", G_CALLBACK (on_facts_ready), &ready);
  inb_kit_open (world.replica, &error);
  g_assert_no_error (error);
  inb_kit_wait (is_true, &ready);
  metrics = inb_kit_get_metrics (world.replica, INB_WORLD_NOW, &error);
  g_assert_no_error (error);
  g_assert_true (metrics->has_details);

  inb_world_clear (&world);
  inb_kit_delete_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica-analyst/close", test_close);
  g_test_add_func ("/replica-analyst/ready", test_ready);

  return g_test_run ();
}

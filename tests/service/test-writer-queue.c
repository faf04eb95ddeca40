/* What waits for the writer is served in turns, and bounded in number and in bytes. */
#include "inb-writer-queue.h"
#include "inb-error.h"

#include <string.h>

static InbWebhook *
make_webhook (const char *workspace_id)
{
  InbWebhook *webhook = g_new0 (InbWebhook, 1);

  g_atomic_ref_count_init (&webhook->refs);
  webhook->workspace_id = g_strdup (workspace_id);

  return webhook;
}

static gboolean
push (InbWriterQueue  *queue,
      InbWebhook        *webhook,
      GBytes            *body,
      GError           **error)
{
  g_autoptr (InbDelivery) delivery = inb_delivery_new (webhook, 0);

  delivery->body = g_bytes_ref (body);
  if (!inb_writer_queue_push (queue, &delivery, 1, error))
    return FALSE;
  g_steal_pointer (&delivery);

  return TRUE;
}

static guint
take (InbWriterQueue *queue,
      const char       *workspace_id)
{
  g_autoptr (GPtrArray) batch = NULL;
  InbWriterTurn turn;

  g_assert_true (inb_writer_queue_take (queue, 64, 0, &turn));
  g_assert_null (turn.job);
  g_assert_nonnull (turn.deliveries);
  batch = turn.deliveries;
  for (guint i = 0; i < batch->len; i++)
    {
      InbDelivery *delivery = g_ptr_array_index (batch, i);

      g_assert_cmpstr (delivery->webhook->workspace_id, ==, workspace_id);
      inb_delivery_free (delivery);
    }

  return batch->len;
}

static void
test_turns (void)
{
  g_autoptr (InbWriterQueue) queue = inb_writer_queue_new ();
  g_autoptr (InbWebhook) busy = make_webhook ("busy");
  g_autoptr (InbWebhook) quiet = make_webhook ("quiet");
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < INB_WRITER_QUEUE_MAX_WORKSPACE; i++)
    g_assert_true (push (queue, busy, body, &error));
  g_assert_false (push (queue, busy, body, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_QUEUE_FULL);
  g_clear_error (&error);
  g_assert_true (push (queue, quiet, body, &error));

  g_assert_cmpuint (take (queue, "busy"), ==, 64);
  g_assert_cmpuint (take (queue, "quiet"), ==, 1);
  g_assert_cmpuint (take (queue, "busy"), ==, 64);
  g_assert_true (push (queue, busy, body, &error));

  inb_writer_queue_close (queue);
  g_assert_false (push (queue, quiet, body, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE);
}

static void
test_bytes (void)
{
  g_autoptr (InbWriterQueue) queue = inb_writer_queue_new ();
  g_autoptr (InbWebhook) webhook = make_webhook ("w");
  const gsize length = 1024 * 1024;
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < INB_WRITER_QUEUE_MAX_BYTES / length; i++)
        g_assert_true (push (queue, webhook, body, &error));
      g_assert_false (push (queue, webhook, body, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_QUEUE_FULL);
      g_clear_error (&error);
      g_assert_cmpuint (take (queue, "w"), ==, INB_WRITER_QUEUE_MAX_BYTES / length);
    }
  g_assert_cmpuint (inb_writer_queue_get_length (queue), ==, 0);
}

static gboolean
run_nothing (gpointer   data,
             InbWrite  *write,
             GError   **error)
{
  return TRUE;
}

static void
done_nothing (gpointer      data,
              gint64        head,
              const GError *error)
{
}

static const InbWriterJobFuncs idle_funcs = {
  .run = run_nothing,
  .done = done_nothing,
};

static gboolean
push_job (InbWriterQueue  *queue,
          const char      *workspace_id,
          gsize            size,
          GError         **error)
{
  g_autoptr (InbWriterJob) job = inb_writer_job_new (workspace_id, &idle_funcs, NULL, size);

  if (!inb_writer_queue_push_job (queue, job, error))
    return FALSE;
  g_steal_pointer (&job);

  return TRUE;
}

static InbWriterJob *
take_job (InbWriterQueue *queue,
          const char     *workspace_id)
{
  InbWriterTurn turn;

  g_assert_true (inb_writer_queue_take (queue, 64, 0, &turn));
  g_assert_null (turn.deliveries);
  g_assert_nonnull (turn.job);
  g_assert_cmpstr (turn.job->workspace_id, ==, workspace_id);

  return turn.job;
}

/* Webhooks pass a waiting job, also those of other workspaces, but not for ever. */
static void
test_webhooks_first (void)
{
  g_autoptr (InbWriterQueue) queue = inb_writer_queue_new ();
  g_autoptr (InbWebhook) webhook = make_webhook ("w");
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (InbWriterJob) job = NULL;

      g_assert_true (push_job (queue, "v", 1, &error));
      for (guint i = 0; i < (INB_WRITER_QUEUE_BATCHES_A_JOB + 1) * 64; i++)
        g_assert_true (push (queue, webhook, body, &error));

      for (guint i = 0; i < INB_WRITER_QUEUE_BATCHES_A_JOB; i++)
        g_assert_cmpuint (take (queue, "w"), ==, 64);
      job = take_job (queue, "v");
      g_assert_cmpuint (take (queue, "w"), ==, 64);
      g_assert_cmpuint (inb_writer_queue_get_length (queue), ==, 0);
    }

  /* What passed while no job waited does not count. */
  for (guint i = 0; i < INB_WRITER_QUEUE_BATCHES_A_JOB * 2 * 64; i++)
    g_assert_true (push (queue, webhook, body, &error));
  for (guint i = 0; i < INB_WRITER_QUEUE_BATCHES_A_JOB; i++)
    g_assert_cmpuint (take (queue, "w"), ==, 64);
  g_assert_true (push_job (queue, "w", 1, &error));
  g_assert_cmpuint (take (queue, "w"), ==, 64);
}

/* A job of many turns lets the others of its workspace pass, and other workspaces' too. */
static void
test_job_turns (void)
{
  g_autoptr (InbWriterQueue) queue = inb_writer_queue_new ();
  g_autoptr (InbWriterJob) longest = NULL;
  g_autoptr (InbWriterJob) first = NULL;
  g_autoptr (InbWriterJob) second = NULL;
  g_autoptr (GError) error = NULL;
  InbWriterJob *seen;

  g_assert_true (push_job (queue, "a", 1, &error));
  g_assert_true (push_job (queue, "a", 2, &error));
  g_assert_true (push_job (queue, "b", 3, &error));

  longest = take_job (queue, "a");
  g_assert_cmpuint (longest->size, ==, 1);
  g_assert_true (inb_writer_queue_return_job (queue, longest));
  second = take_job (queue, "b");
  first = take_job (queue, "a");
  g_assert_cmpuint (first->size, ==, 2);
  seen = take_job (queue, "a");
  g_assert_true (seen == longest);

  inb_writer_queue_hurry (queue);
  g_assert_false (inb_writer_queue_return_job (queue, longest));
  g_assert_true (push_job (queue, "a", 1, &error));
  inb_writer_queue_close (queue);
  g_assert_false (push_job (queue, "a", 1, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE);
  g_clear_pointer (&first, inb_writer_job_free);
  first = take_job (queue, "a");
}

static void
test_job_bounds (void)
{
  g_autoptr (InbWriterQueue) queue = inb_writer_queue_new ();
  g_autoptr (GError) error = NULL;
  const gsize large = INB_WRITER_QUEUE_MAX_JOB_BYTES / 2;

  for (guint i = 0; i < INB_WRITER_QUEUE_MAX_WORKSPACE_JOBS; i++)
    g_assert_true (push_job (queue, "a", 1, &error));
  g_assert_false (push_job (queue, "a", 1, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_QUEUE_FULL);
  g_clear_error (&error);

  g_assert_true (push_job (queue, "b", large, &error));
  g_assert_false (push_job (queue, "b", large, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_QUEUE_FULL);
  inb_writer_job_free (take_job (queue, "a"));
  inb_writer_job_free (take_job (queue, "b"));
  g_clear_error (&error);
  g_assert_true (push_job (queue, "b", large, &error));
  g_assert_cmpuint (inb_writer_queue_get_length (queue), ==, INB_WRITER_QUEUE_MAX_WORKSPACE_JOBS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/writer-queue/turns", test_turns);
  g_test_add_func ("/writer-queue/bytes", test_bytes);
  g_test_add_func ("/writer-queue/webhooks-first", test_webhooks_first);
  g_test_add_func ("/writer-queue/job-turns", test_job_turns);
  g_test_add_func ("/writer-queue/job-bounds", test_job_bounds);

  return g_test_run ();
}

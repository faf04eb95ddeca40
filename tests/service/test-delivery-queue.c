/* What waits for the writer is served in turns, and bounded in number and in bytes. */
#include "inb-delivery-queue.h"
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
push (InbDeliveryQueue  *queue,
      InbWebhook        *webhook,
      GBytes            *body,
      GError           **error)
{
  g_autoptr (InbDelivery) delivery = inb_delivery_new (webhook, 0);

  delivery->body = g_bytes_ref (body);
  if (!inb_delivery_queue_push (queue, &delivery, 1, error))
    return FALSE;
  g_steal_pointer (&delivery);

  return TRUE;
}

static guint
take (InbDeliveryQueue *queue,
      const char       *workspace_id)
{
  g_autoptr (GPtrArray) batch = inb_delivery_queue_take (queue, 64, 0);

  g_assert_nonnull (batch);
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
  g_autoptr (InbDeliveryQueue) queue = inb_delivery_queue_new ();
  g_autoptr (InbWebhook) busy = make_webhook ("busy");
  g_autoptr (InbWebhook) quiet = make_webhook ("quiet");
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < INB_DELIVERY_QUEUE_MAX_WORKSPACE; i++)
    g_assert_true (push (queue, busy, body, &error));
  g_assert_false (push (queue, busy, body, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_QUEUE_FULL);
  g_clear_error (&error);
  g_assert_true (push (queue, quiet, body, &error));

  g_assert_cmpuint (take (queue, "busy"), ==, 64);
  g_assert_cmpuint (take (queue, "quiet"), ==, 1);
  g_assert_cmpuint (take (queue, "busy"), ==, 64);
  g_assert_true (push (queue, busy, body, &error));

  inb_delivery_queue_close (queue);
  g_assert_false (push (queue, quiet, body, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE);
}

static void
test_bytes (void)
{
  g_autoptr (InbDeliveryQueue) queue = inb_delivery_queue_new ();
  g_autoptr (InbWebhook) webhook = make_webhook ("w");
  const gsize length = 1024 * 1024;
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (length), length);
  g_autoptr (GError) error = NULL;

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < INB_DELIVERY_QUEUE_MAX_BYTES / length; i++)
        g_assert_true (push (queue, webhook, body, &error));
      g_assert_false (push (queue, webhook, body, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_QUEUE_FULL);
      g_clear_error (&error);
      g_assert_cmpuint (take (queue, "w"), ==, INB_DELIVERY_QUEUE_MAX_BYTES / length);
    }
  g_assert_cmpuint (inb_delivery_queue_get_length (queue), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/delivery-queue/turns", test_turns);
  g_test_add_func ("/delivery-queue/bytes", test_bytes);

  return g_test_run ();
}

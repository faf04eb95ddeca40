#define G_LOG_DOMAIN "inb-app"

#include "inb-latency.h"

#include "inb-time.h"

#include <stdlib.h>
#include <string.h>

#define N_KEPT 100
/* What is not on screen by then is filtered out or scrolled away: nobody waits for it. */
#define MAX_WAIT (5 * G_USEC_PER_SEC)
#define MAX_WAITING 64

typedef struct {
  gint64 values[N_KEPT];
  guint  n;
  guint  next;
} Ring;

typedef struct {
  char     *lead_id;
  gint64    received_at;  /* monotonic */
  gint64    created_at;   /* wall clock; 0 while the row is not there */
} Waiting;

struct _InbLatency {
  GObject        parent_instance;

  /* Owned */
  InbSession    *session;
  GPtrArray     *waiting;       /* Waiting */

  /* Borrowed */
  GtkWidget     *widget;
  GdkFrameClock *clock;         /* while a frame is waited for */

  gulong         handler;
  Ring           told;
  Ring           whole;
  gboolean       same_clock;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbLatency, inb_latency, G_TYPE_OBJECT)

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->lead_id);
  g_free (waiting);
}

static void
ring_add (Ring   *ring,
          gint64  value)
{
  ring->values[ring->next] = value;
  ring->next = (ring->next + 1) % N_KEPT;
  ring->n = MIN (ring->n + 1, N_KEPT);
}

static int
compare (const void *a,
         const void *b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static InbLatencyFigures
ring_get (const Ring *ring)
{
  gint64 sorted[N_KEPT];
  InbLatencyFigures figures = { ring->n, 0, 0 };

  if (ring->n == 0)
    return figures;

  memcpy (sorted, ring->values, ring->n * sizeof (gint64));
  qsort (sorted, ring->n, sizeof (gint64), compare);
  figures.median = sorted[ring->n / 2];
  figures.p95 = sorted[MIN (ring->n * 95 / 100, ring->n - 1)];

  return figures;
}

static void
forget_frame (InbLatency *self)
{
  if (self->clock != NULL)
    g_signal_handler_disconnect (self->clock, self->handler);
  g_clear_object (&self->clock);
}

static void
on_painted (InbLatency *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wall = inb_time_now ();
  gboolean measured = FALSE;

  forget_frame (self);
  for (guint i = self->waiting->len; i > 0; i--)
    {
      const Waiting *waiting = g_ptr_array_index (self->waiting, i - 1);

      if (waiting->created_at == 0)
        continue;
      measured = TRUE;
      ring_add (&self->told, now - waiting->received_at);
      if (self->same_clock && wall >= waiting->created_at)
        ring_add (&self->whole, wall - waiting->created_at);
      g_ptr_array_remove_index (self->waiting, i - 1);
    }
  if (measured)
    g_signal_emit (self, changed_signal, 0);
}

static void
wait_for_frame (InbLatency *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->widget);

  if (self->clock != NULL || clock == NULL)
    return;

  self->clock = g_object_ref (clock);
  self->handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_painted), self);
}

/* The rows have changed, and the next frame shows them. */
static void
on_items_changed (InbLatency *self)
{
  InbLeadList *list = inb_session_get_list (self->session);
  gint64 now = g_get_monotonic_time ();

  for (guint i = self->waiting->len; i > 0; i--)
    {
      Waiting *waiting = g_ptr_array_index (self->waiting, i - 1);
      gint64 rowid = inb_lead_list_find_loaded (list, waiting->lead_id);
      const InbLeadSummary *summary = rowid != 0 ? inb_lead_list_peek (list, rowid) : NULL;

      if (summary != NULL)
        {
          waiting->created_at = summary->created_at;
          wait_for_frame (self);
        }
      else if (now - waiting->received_at > MAX_WAIT)
        {
          g_ptr_array_remove_index (self->waiting, i - 1);
        }
    }
}

static void
on_announced (InbLatency *self,
              const char *lead_id,
              gint64      received_at)
{
  Waiting *waiting;

  if (!gtk_widget_get_mapped (self->widget))
    return;

  if (self->waiting->len >= MAX_WAITING)
    g_ptr_array_remove_index (self->waiting, 0);
  waiting = g_new0 (Waiting, 1);
  waiting->lead_id = g_strdup (lead_id);
  waiting->received_at = received_at;
  g_ptr_array_add (self->waiting, waiting);
}

static gboolean
has_our_clock (const InbSyncAccount *account)
{
  g_autoptr (GUri) uri = account->server != NULL ? g_uri_parse (account->server, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return account->socket_path != NULL || g_strcmp0 (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

static void
inb_latency_dispose (GObject *object)
{
  inb_latency_set_session (INB_LATENCY (object), NULL);

  G_OBJECT_CLASS (inb_latency_parent_class)->dispose (object);
}

static void
inb_latency_finalize (GObject *object)
{
  g_ptr_array_unref (INB_LATENCY (object)->waiting);

  G_OBJECT_CLASS (inb_latency_parent_class)->finalize (object);
}

static void
inb_latency_class_init (InbLatencyClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_latency_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_latency_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_latency_init (InbLatency *self)
{
  self->waiting = g_ptr_array_new_with_free_func (waiting_free);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbLatency *
inb_latency_new (GtkWidget *widget)
{
  InbLatency *self = g_object_new (INB_TYPE_LATENCY, NULL);

  self->widget = widget;

  return self;
}

/**
 * inb_latency_set_session:
 * @session: (nullable): whose leads are measured
 */
void
inb_latency_set_session (InbLatency *self,
                         InbSession *session)
{
  g_return_if_fail (INB_IS_LATENCY (self));

  forget_frame (self);
  g_ptr_array_set_size (self->waiting, 0);
  memset (&self->told, 0, sizeof self->told);
  memset (&self->whole, 0, sizeof self->whole);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (inb_session_get_client (self->session), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_list (self->session), self);
    }
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  self->same_clock = has_our_clock (inb_session_get_account (session));
  g_signal_connect_object (inb_session_get_client (session), "lead-announced", G_CALLBACK (on_announced), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_list (session), "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
}

InbLatencyFigures
inb_latency_get (InbLatency *self)
{
  g_return_val_if_fail (INB_IS_LATENCY (self), (InbLatencyFigures) { 0 });

  return ring_get (&self->told);
}

InbLatencyFigures
inb_latency_get_whole (InbLatency *self)
{
  g_return_val_if_fail (INB_IS_LATENCY (self), (InbLatencyFigures) { 0 });

  return ring_get (&self->whole);
}

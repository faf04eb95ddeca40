#define G_LOG_DOMAIN "inb-service"

#include "inb-http-pool.h"

#include "inb-error.h"

#include <string.h>

#define SWEEP_INTERVAL 250          /* milliseconds */
#define SEND_TIMEOUT 10000          /* milliseconds without a step */
#define LINGER_TIMEOUT 2000         /* milliseconds */
#define MAX_LINGERING 256

struct _InbHttpPool {
  /* Owned */
  GHashTable          *peers; /* address → number of connections */
  guint                sweep;

  /* Borrowed */
  const InbHttpLimits *limits;
  InbHttpExpired       expired;
  InbHttpRefused       refused; /* or NULL */
  gpointer             refused_data;

  GQueue               queues[INB_HTTP_N_PHASES];
  gsize                n_buffered;
  gboolean             draining;
};

InbHttpPool *
inb_http_pool_new (const InbHttpLimits *limits,
                   InbHttpExpired       expired)
{
  InbHttpPool *self = g_new0 (InbHttpPool, 1);

  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->limits = limits;
  self->expired = expired;

  return self;
}

void
inb_http_pool_free (InbHttpPool *self)
{
  g_clear_handle_id (&self->sweep, g_source_remove);
  g_hash_table_unref (self->peers);
  g_free (self);
}

static guint
get_timeout (InbHttpPool  *self,
             InbHttpPhase  phase)
{
  switch (phase)
    {
    case INB_HTTP_PHASE_IDLE:
    case INB_HTTP_PHASE_RECEIVING:
      return self->limits->receive_timeout;
    case INB_HTTP_PHASE_ANSWERING:
      return self->limits->answer_timeout;
    case INB_HTTP_PHASE_SENDING:
      return SEND_TIMEOUT;
    case INB_HTTP_PHASE_LINGERING:
      return LINGER_TIMEOUT;
    case INB_HTTP_PHASE_OUT:
    case INB_HTTP_PHASE_UPGRADED:
    case INB_HTTP_N_PHASES:
      break;
    }

  return 0;
}

gpointer
inb_http_pool_get_oldest (InbHttpPool  *self,
                          InbHttpPhase  phase)
{
  InbHttpTicket *ticket = g_queue_peek_head (&self->queues[phase]);

  return ticket == NULL ? NULL : ticket->owner;
}

static gboolean
on_sweep (gpointer user_data)
{
  InbHttpPool *self = user_data;
  gint64 now = g_get_monotonic_time ();
  guint n_left = 0;

  for (InbHttpPhase phase = INB_HTTP_PHASE_IDLE; phase <= INB_HTTP_PHASE_LINGERING; phase++)
    {
      InbHttpTicket *ticket;

      while ((ticket = g_queue_peek_head (&self->queues[phase])) != NULL && ticket->deadline <= now)
        {
          self->expired (ticket->owner, phase);
          /* Whoever expired left, or went on to another phase. */
          g_assert (g_queue_peek_head (&self->queues[phase]) != ticket);
        }
      n_left += self->queues[phase].length;
    }

  if (n_left > 0)
    return G_SOURCE_CONTINUE;

  self->sweep = 0;

  return G_SOURCE_REMOVE;
}

static void
take_from_queue (InbHttpPool   *self,
                 InbHttpTicket *ticket)
{
  if (ticket->phase != INB_HTTP_PHASE_OUT)
    g_queue_unlink (&self->queues[ticket->phase], &ticket->link);
  ticket->phase = INB_HTTP_PHASE_OUT;
}

static void
put_into_queue (InbHttpPool   *self,
                InbHttpTicket *ticket,
                InbHttpPhase   phase)
{
  ticket->phase = phase;
  ticket->link.data = ticket;
  ticket->deadline = g_get_monotonic_time () + (gint64) get_timeout (self, phase) * 1000;
  g_queue_push_tail_link (&self->queues[phase], &ticket->link);
  if (self->sweep == 0 && phase != INB_HTTP_PHASE_UPGRADED)
    self->sweep = g_timeout_add (SWEEP_INTERVAL, on_sweep, self);
}

static void
count_peer (InbHttpPool   *self,
            InbHttpTicket *ticket,
            int            step)
{
  gpointer key = NULL;
  gpointer value = NULL;
  int n;

  ticket->counted = step > 0;
  g_hash_table_lookup_extended (self->peers, ticket->peer, &key, &value);
  n = GPOINTER_TO_INT (value) + step;
  if (n == 0)
    g_hash_table_remove (self->peers, ticket->peer);
  else
    g_hash_table_insert (self->peers, g_strdup (ticket->peer), GINT_TO_POINTER (n));
}

static guint
count_active (InbHttpPool *self)
{
  return self->queues[INB_HTTP_PHASE_IDLE].length + self->queues[INB_HTTP_PHASE_RECEIVING].length +
         self->queues[INB_HTTP_PHASE_ANSWERING].length + self->queues[INB_HTTP_PHASE_SENDING].length +
         self->queues[INB_HTTP_PHASE_UPGRADED].length;
}

/* @peer: whose connection must give way, or NULL for anyone's. */
static gboolean
make_room_among (InbHttpPool  *self,
                 InbHttpPhase  phase,
                 const char   *peer)
{
  InbHttpTicket *oldest = g_queue_peek_head (&self->queues[phase]);
  gint64 since;

  if (oldest == NULL || (peer != NULL && strcmp (peer, oldest->peer) != 0))
    return FALSE;
  since = oldest->deadline - (gint64) get_timeout (self, phase) * 1000;
  if (g_get_monotonic_time () - since < (gint64) self->limits->grace * 1000)
    return FALSE;

  self->expired (oldest->owner, phase);

  return TRUE;
}

static gboolean
make_room (InbHttpPool *self,
           const char  *peer)
{
  return make_room_among (self, INB_HTTP_PHASE_IDLE, peer) ||
         make_room_among (self, INB_HTTP_PHASE_RECEIVING, peer);
}

/**
 * inb_http_pool_enter:
 * @ticket: with peer and owner set
 *
 * Returns: whether the connection may stay; if not, with %INB_ERROR_UNAVAILABLE or %INB_ERROR_TOO_MANY_REQUESTS
 */
gboolean
inb_http_pool_enter (InbHttpPool    *self,
                     InbHttpTicket  *ticket,
                     GError        **error)
{
  gboolean full = count_active (self) >= self->limits->max_connections && !make_room (self, NULL);
  guint n_of_peer = GPOINTER_TO_UINT (g_hash_table_lookup (self->peers, ticket->peer));
  gboolean crowded = n_of_peer >= self->limits->max_per_peer;

  if (crowded && !full)
    crowded = !make_room (self, ticket->peer);
  put_into_queue (self, ticket, INB_HTTP_PHASE_IDLE);
  if (full)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Too many connections");
      return FALSE;
    }
  if (crowded)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Too many connections from one address");
      return FALSE;
    }

  count_peer (self, ticket, 1);

  return TRUE;
}

/**
 * inb_http_pool_move:
 *
 * Gives the ticket the time of its new phase.
 */
void
inb_http_pool_move (InbHttpPool   *self,
                    InbHttpTicket *ticket,
                    InbHttpPhase   phase)
{
  take_from_queue (self, ticket);
  if (phase == INB_HTTP_PHASE_LINGERING && ticket->counted)
    count_peer (self, ticket, -1);
  put_into_queue (self, ticket, phase);

  if (phase == INB_HTTP_PHASE_LINGERING && self->queues[phase].length > MAX_LINGERING)
    self->expired (inb_http_pool_get_oldest (self, phase), phase);
}

/**
 * inb_http_pool_leave:
 *
 * The connection is over.
 */
void
inb_http_pool_leave (InbHttpPool   *self,
                     InbHttpTicket *ticket)
{
  take_from_queue (self, ticket);
  if (ticket->counted)
    count_peer (self, ticket, -1);
  inb_http_pool_release (self, ticket);
}

/**
 * inb_http_pool_release:
 *
 * Gives the memory for the body back.
 */
void
inb_http_pool_release (InbHttpPool   *self,
                       InbHttpTicket *ticket)
{
  self->n_buffered -= ticket->n_buffered;
  ticket->n_buffered = 0;
}

gboolean
inb_http_pool_reserve (InbHttpPool    *self,
                       InbHttpTicket  *ticket,
                       gsize           n_bytes,
                       GError        **error)
{
  if (self->n_buffered + n_bytes > self->limits->max_buffered)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Too many requests are being received");
      return FALSE;
    }

  self->n_buffered += n_bytes;
  ticket->n_buffered += n_bytes;

  return TRUE;
}

guint
inb_http_pool_count (InbHttpPool  *self,
                     InbHttpPhase  phase)
{
  return self->queues[phase].length;
}

void
inb_http_pool_set_refused (InbHttpPool    *self,
                           InbHttpRefused  refused,
                           gpointer        user_data)
{
  self->refused = refused;
  self->refused_data = user_data;
}

/**
 * inb_http_pool_tell_refused:
 * @microseconds: since the request's first byte
 */
void
inb_http_pool_tell_refused (InbHttpPool *self,
                            guint        status,
                            gint64       microseconds)
{
  if (self->refused != NULL)
    self->refused ("other", status, microseconds, self->refused_data);
}

void
inb_http_pool_set_draining (InbHttpPool *self)
{
  self->draining = TRUE;
}

gboolean
inb_http_pool_is_draining (InbHttpPool *self)
{
  return self->draining;
}

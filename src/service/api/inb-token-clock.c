#define G_LOG_DOMAIN "inb-service"

#include "inb-token-clock.h"

#include "inb-time.h"

#define MAX_WAIT 60000 /* milliseconds: the clock of the day may be set, and the machine may sleep */

struct _InbTokenClock {
  /* Owned */
  GHashTable      *tokens; /* id → gint64, when it expires */
  guint            timer;

  /* Borrowed */
  InbTokenExpired  expired;
  gpointer         user_data;
};

static void arm (InbTokenClock *self);

/**
 * inb_token_clock_new:
 * @expired: called once for each token, from the main loop
 *
 * Returns: (transfer full): a clock that watches nothing yet
 */
InbTokenClock *
inb_token_clock_new (InbTokenExpired expired,
                     gpointer        user_data)
{
  InbTokenClock *self = g_new0 (InbTokenClock, 1);

  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->expired = expired;
  self->user_data = user_data;

  return self;
}

void
inb_token_clock_free (InbTokenClock *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->tokens);
  g_free (self);
}

static gboolean
on_timer (gpointer user_data)
{
  InbTokenClock *self = user_data;
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_free);
  gint64 now = inb_time_now ();
  GHashTableIter iter;
  gpointer id, expires_at;

  self->timer = 0;
  g_hash_table_iter_init (&iter, self->tokens);
  while (g_hash_table_iter_next (&iter, &id, &expires_at))
    {
      if (*(gint64 *) expires_at > now)
        continue;
      g_ptr_array_add (due, g_strdup (id));
      g_hash_table_iter_remove (&iter);
    }
  for (guint i = 0; i < due->len; i++)
    self->expired (g_ptr_array_index (due, i), self->user_data);
  arm (self);

  return G_SOURCE_REMOVE;
}

static void
arm (InbTokenClock *self)
{
  gint64 next = G_MAXINT64;
  GHashTableIter iter;
  gpointer expires_at;
  gint64 wait;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (g_hash_table_size (self->tokens) == 0)
    return;

  g_hash_table_iter_init (&iter, self->tokens);
  while (g_hash_table_iter_next (&iter, NULL, &expires_at))
    next = MIN (next, *(gint64 *) expires_at);
  wait = (next - inb_time_now ()) / 1000 + 1;
  self->timer = g_timeout_add ((guint) CLAMP (wait, 1, MAX_WAIT), on_timer, self);
}

void
inb_token_clock_watch (InbTokenClock *self,
                       const char    *token_id,
                       gint64         expires_at)
{
  gint64 *value;

  if (expires_at == INB_TIME_NONE)
    return;

  value = g_new (gint64, 1);
  *value = expires_at;
  g_hash_table_replace (self->tokens, g_strdup (token_id), value);
  arm (self);
}

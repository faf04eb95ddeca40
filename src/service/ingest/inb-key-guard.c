#define G_LOG_DOMAIN "inb-service"

#include "inb-key-guard.h"

/* Who comes when the table is full shares one count. */
#define OTHERS ""

struct _InbKeyGuard {
  GHashTable *counts;     /* guesser → wrong keys of this period */
  gint64      started_at; /* of the period */
};

/**
 * inb_key_guard_new:
 *
 * Returns: (transfer full): a guard that has seen nothing
 */
InbKeyGuard *
inb_key_guard_new (void)
{
  InbKeyGuard *self = g_new0 (InbKeyGuard, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
inb_key_guard_free (InbKeyGuard *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->counts);
  g_free (self);
}

/**
 * inb_key_guard_note:
 * @guesser: who sent a wrong key, and where
 * @now: monotonic, in microseconds
 *
 * Returns: 0 while that may happen, else the seconds after which the guesser may try again
 */
guint
inb_key_guard_note (InbKeyGuard *self,
                    const char  *guesser,
                    gint64       now)
{
  guint count;

  g_return_val_if_fail (self != NULL && guesser != NULL, 0);

  if (now - self->started_at >= INB_KEY_GUARD_PERIOD)
    {
      g_hash_table_remove_all (self->counts);
      self->started_at = now;
    }
  if (!g_hash_table_contains (self->counts, guesser) && g_hash_table_size (self->counts) >= INB_KEY_GUARD_MAX_GUESSERS)
    guesser = OTHERS;

  count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, guesser)) + 1;
  g_hash_table_insert (self->counts, g_strdup (guesser), GUINT_TO_POINTER (count));
  if (count <= INB_KEY_GUARD_MAX_WRONG)
    return 0;

  return (guint) ((self->started_at + INB_KEY_GUARD_PERIOD - now + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
}

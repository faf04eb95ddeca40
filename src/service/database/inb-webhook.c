#define G_LOG_DOMAIN "inb-service"

#include "inb-directory.h"

#include <string.h>

InbWebhook *
inb_webhook_ref (InbWebhook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_webhook_unref (InbWebhook *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->webhook_id);
  g_free (self->workspace_id);
  g_free (self->name);
  g_free (self->source_label);
  g_free (self->auth);
  g_clear_pointer (&self->key_hash, g_bytes_unref);
  g_clear_pointer (&self->previous_key_hash, g_bytes_unref);
  g_clear_pointer (&self->field_map, inb_field_map_unref);
  g_clear_pointer (&self->rules, inb_lead_rules_free);
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  g_free (self->region);
  g_free (self->currency);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  g_free (self);
}

/* In constant time, although both are hashes: then nobody has to think about whether it matters. */
static gboolean
is_hash (GBytes       *stored,
         const guint8 *hash,
         gsize         length)
{
  const guint8 *expected;
  gsize expected_length;
  guint difference = 0;

  if (stored == NULL)
    return FALSE;

  expected = g_bytes_get_data (stored, &expected_length);
  if (expected_length != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= expected[i] ^ hash[i];

  return difference == 0;
}

/**
 * inb_webhook_check_key:
 * @key: (nullable): what the sender presented
 * @now: microseconds since 1970
 *
 * Returns: whether @key is the webhook's key, or the one it replaced and @now is before the end of its grace
 */
gboolean
inb_webhook_check_key (InbWebhook *self,
                       const char *key,
                       gint64      now)
{
  g_autoptr (GChecksum) checksum = NULL;
  guint8 hash[32];
  gsize length = sizeof hash;
  gboolean current;
  gboolean previous;

  g_return_val_if_fail (self != NULL, FALSE);

  if (key == NULL)
    return FALSE;

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) key, (gssize) strlen (key));
  g_checksum_get_digest (checksum, hash, &length);
  current = is_hash (self->key_hash, hash, length);
  previous = is_hash (self->previous_key_hash, hash, length) && now < self->previous_key_until;

  return current || previous;
}

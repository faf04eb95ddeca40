#define G_LOG_DOMAIN "inb-model"

#include "inb-uuid.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* The state behind version 7: the last id's time and its 74 other bits, and random bytes fetched ahead, since a system
 * call for each id would cost more than the id. */
typedef struct {
  GMutex   mutex;
  guint64  milliseconds;
  guint16  high;            /* rand_a, 12 bits */
  guint64  low;             /* rand_b, 62 bits */
  guint8   pool[1024];
  gsize    pool_used;
} Generator;

static Generator generator = { .pool_used = sizeof (generator.pool) };

static const char hex_digits[] = "0123456789abcdef";

/**
 * inb_random_bytes:
 * @bytes: (out caller-allocates) (array length=n_bytes): where to
 */
void
inb_random_bytes (guint8 *bytes,
                  gsize   n_bytes)
{
  while (n_bytes > 0)
    {
      gssize got = getrandom (bytes, n_bytes, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        g_error ("No random bytes from the kernel: %s", g_strerror (errno));

      bytes += got;
      n_bytes -= (gsize) got;
    }
}

/**
 * inb_random_token:
 * @n_bytes: how many random bytes the token carries
 *
 * Returns: (transfer full): them as URL-safe base64 without padding
 */
char *
inb_random_token (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  char *token;

  inb_random_bytes (bytes, n_bytes);
  token = g_base64_encode (bytes, n_bytes);
  for (char *c = token; *c != '\0'; c++)
    {
      if (*c == '+')
        *c = '-';
      else if (*c == '/')
        *c = '_';
      else if (*c == '=')
        *c = '\0';
    }

  return token;
}

static char *
format_uuid (const guint8 bytes[16])
{
  char *text = g_malloc (INB_UUID_LENGTH + 1);
  char *out = text;

  for (guint i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = hex_digits[bytes[i] >> 4];
      *out++ = hex_digits[bytes[i] & 15];
    }
  *out = '\0';

  return text;
}

static guint64
generator_take_random (Generator *self)
{
  guint64 value;

  if (self->pool_used + sizeof value > sizeof self->pool)
    {
      inb_random_bytes (self->pool, sizeof self->pool);
      self->pool_used = 0;
    }
  memcpy (&value, self->pool + self->pool_used, sizeof value);
  self->pool_used += sizeof value;

  return value;
}

/* Within one millisecond, and while the clock stands behind, the random part counts on by a random step, so that ids
 * stay in order and still cannot be guessed from one another. */
static void
generator_advance (Generator *self,
                   guint64    now)
{
  guint64 random = generator_take_random (self);

  if (now > self->milliseconds)
    {
      self->milliseconds = now;
      self->high = generator_take_random (self) & 0x7ff;
      self->low = random >> 2;
      return;
    }

  self->low += (random & 0xffffffff) + 1;
  if (self->low >> 62 == 0)
    return;

  self->low &= (G_GUINT64_CONSTANT (1) << 62) - 1;
  if (++self->high > 0xfff)
    {
      self->high = 0;
      self->milliseconds++;
    }
}

/**
 * inb_uuid_new_v7:
 *
 * Returns: (transfer full): an id that sorts after every other one made before it in this process
 */
char *
inb_uuid_new_v7 (void)
{
  guint64 now = (guint64) g_get_real_time () / 1000;
  guint64 milliseconds;
  guint64 low;
  guint16 high;
  guint8 bytes[16];

  g_mutex_lock (&generator.mutex);
  generator_advance (&generator, now);
  milliseconds = generator.milliseconds;
  high = generator.high;
  low = generator.low;
  g_mutex_unlock (&generator.mutex);

  for (guint i = 0; i < 6; i++)
    bytes[i] = (milliseconds >> (40 - 8 * i)) & 0xff;
  bytes[6] = 0x70 | (high >> 8);
  bytes[7] = high & 0xff;
  low |= G_GUINT64_CONSTANT (1) << 63;
  for (guint i = 0; i < 8; i++)
    bytes[8 + i] = (low >> (56 - 8 * i)) & 0xff;

  return format_uuid (bytes);
}

/**
 * inb_uuid_derive_v7:
 * @microseconds: since 1970 UTC
 * @name: anything that tells this id from others of the same time
 *
 * Returns: (transfer full): an id that is the same for the same arguments
 */
char *
inb_uuid_derive_v7 (gint64      microseconds,
                    const char *name)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint64 milliseconds = (guint64) MAX (microseconds, 0) / 1000;
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, digest, &length);
  for (guint i = 0; i < 6; i++)
    digest[i] = (milliseconds >> (40 - 8 * i)) & 0xff;
  digest[6] = 0x70 | (digest[6] & 0x0f);
  digest[8] = 0x80 | (digest[8] & 0x3f);

  return format_uuid (digest);
}

/**
 * inb_uuid_new_v4:
 *
 * Returns: (transfer full): a random id
 */
char *
inb_uuid_new_v4 (void)
{
  guint8 bytes[16];

  inb_random_bytes (bytes, sizeof bytes);
  bytes[6] = 0x40 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);

  return format_uuid (bytes);
}

static gboolean
has_uuid_shape (const char *text,
                gboolean    upper_case_too)
{
  for (guint i = 0; i < INB_UUID_LENGTH; i++)
    {
      char c = text[i];

      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (c != '-')
            return FALSE;
        }
      else if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f') && !(upper_case_too && c >= 'A' && c <= 'F'))
        {
          return FALSE;
        }
    }

  return text[INB_UUID_LENGTH] == '\0';
}

/**
 * inb_uuid_is_valid:
 * @text: (nullable): anything
 *
 * Returns: whether it is a UUID in the lower-case canonical form
 */
gboolean
inb_uuid_is_valid (const char *text)
{
  return text != NULL && has_uuid_shape (text, FALSE);
}

/**
 * inb_uuid_normalize:
 * @text: (nullable): anything
 *
 * Returns: (transfer full) (nullable): the canonical form of the UUID, or %NULL when it is none
 */
char *
inb_uuid_normalize (const char *text)
{
  if (text == NULL || !has_uuid_shape (text, TRUE))
    return NULL;

  return g_ascii_strdown (text, INB_UUID_LENGTH);
}

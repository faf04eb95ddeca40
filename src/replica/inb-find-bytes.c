#define G_LOG_DOMAIN "inb-replica"

#include "inb-find-bytes.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* From @start on, one place at a time. */
static const char *
find_slowly (const char *text,
             gsize       length,
             gsize       start,
             const char *wanted,
             gsize       n_wanted)
{
  for (gsize i = start; i + n_wanted <= length; i++)
    if (text[i] == wanted[0] && memcmp (text + i, wanted, n_wanted) == 0)
      return text + i;

  return NULL;
}

#ifdef __SSE2__

#define STEP 16

/* Sixteen places at a time are looked at for the first and the last byte; only where both are right the rest is compared. */
static const char *
find (const char *text,
      gsize       length,
      const char *wanted,
      gsize       n_wanted)
{
  const __m128i first = _mm_set1_epi8 (wanted[0]);
  const __m128i last = _mm_set1_epi8 (wanted[n_wanted - 1]);
  gsize i = 0;

  for (; i + n_wanted - 1 + STEP <= length; i += STEP)
    {
      __m128i starts = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (text + i));
      __m128i ends = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (text + i + n_wanted - 1));
      __m128i both = _mm_and_si128 (_mm_cmpeq_epi8 (starts, first), _mm_cmpeq_epi8 (ends, last));

      for (guint places = (guint) _mm_movemask_epi8 (both); places != 0; places &= places - 1)
        {
          const char *place = text + i + __builtin_ctz (places);

          if (memcmp (place, wanted, n_wanted) == 0)
            return place;
        }
    }

  return find_slowly (text, length, i, wanted, n_wanted);
}

#else

static const char *
find (const char *text,
      gsize       length,
      const char *wanted,
      gsize       n_wanted)
{
  return find_slowly (text, length, 0, wanted, n_wanted);
}

#endif

/**
 * inb_find_bytes:
 * @text: (array length=length): where to look; need not end with a zero
 * @wanted: (array length=n_wanted): what for; found at once when it is empty
 *
 * Returns: (nullable): the first place
 */
const char *
inb_find_bytes (const char *text,
                gsize       length,
                const char *wanted,
                gsize       n_wanted)
{
  if (n_wanted == 0)
    return text;

  return n_wanted <= length ? find (text, length, wanted, n_wanted) : NULL;
}

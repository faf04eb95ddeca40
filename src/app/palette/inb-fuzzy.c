#define G_LOG_DOMAIN "inb-app"

#include "inb-fuzzy.h"

#include <string.h>

#define WHOLE_SCORE 1000    /* the title begins with it */
#define WORD_SCORE 500      /* one of its words does */
#define INSIDE_SCORE 250
#define INITIAL_SCORE 10
#define RUN_SCORE 5

static gboolean
is_word_start (const char *title,
               const char *at)
{
  return at == title || strchr (" -/·", at[-1]) != NULL;
}

/* The letters one after the other, as early as they come. */
static int
score_letters (const char *wanted,
               const char *title)
{
  const char *previous = NULL;
  const char *from = title;
  int score = 0;

  for (const char *letter = wanted; *letter != '\0'; letter++)
    {
      const char *at;

      if (*letter == ' ')
        continue;
      at = strchr (from, *letter);
      if (at == NULL)
        return -1;
      if (is_word_start (title, at))
        score += INITIAL_SCORE;
      if (previous != NULL && at == previous + 1)
        score += RUN_SCORE;
      previous = at;
      from = at + 1;
    }

  /* Scattered in the middle of words they are there by chance. */
  return score > 0 ? score : -1;
}

/**
 * inb_fuzzy_score:
 * @wanted: what was typed, folded
 * @title: folded
 *
 * Returns: -1 when @title does not fit; of several that do, the highest fits best
 */
int
inb_fuzzy_score (const char *wanted,
                 const char *title)
{
  const char *at;

  g_return_val_if_fail (wanted != NULL && title != NULL, -1);

  if (*wanted == '\0')
    return 0;
  if (g_str_has_prefix (title, wanted))
    return WHOLE_SCORE;
  for (at = strstr (title, wanted); at != NULL; at = strstr (at + 1, wanted))
    if (is_word_start (title, at))
      return WORD_SCORE;
  if (strstr (title, wanted) != NULL)
    return INSIDE_SCORE;

  return score_letters (wanted, title);
}

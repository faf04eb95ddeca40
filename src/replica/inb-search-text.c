#define G_LOG_DOMAIN "inb-replica"

#include "inb-search-text.h"

#include "inb-find-bytes.h"
#include "inb-fold.h"

#include <string.h>

#define MIN_DIGITS 3          /* fewer are looked for as text only */
#define MAX_COUNTRY_DIGITS 3
#define MIN_NATIONAL_DIGITS 6 /* enough to look for a number without its country */

/* Words that may be one phone number written with spaces, or a single other word. */
typedef struct {
  GPtrArray *words;    /* (element-type Word) */
  GPtrArray *numbers;  /* (element-type utf8): spellings of all the digits in them, or empty */
} Term;

typedef struct {
  char      *text;
  gsize      length;
  GPtrArray *numbers;
} Word;

struct _InbSearchTerms {
  /* Owned */
  GPtrArray *terms;
};

static void
word_free (Word *word)
{
  g_free (word->text);
  g_ptr_array_unref (word->numbers);
  g_free (word);
}

static void
term_free (Term *term)
{
  g_ptr_array_unref (term->words);
  g_ptr_array_unref (term->numbers);
  g_free (term);
}

static const char *
skip_zeros (const char *digits)
{
  while (*digits == '0')
    digits++;

  return digits;
}

/* After a space, and without leading zeros: a number is written with them, with its country or with neither. */
static void
append_number (GString    *text,
               const char *number)
{
  g_autofree char *digits = NULL;
  const char *significant;

  if (number == NULL)
    return;

  digits = inb_fold_digits (number);
  significant = skip_zeros (digits);
  if (*significant == '\0' || strstr (text->str, significant) != NULL)
    return;
  g_string_append_c (text, ' ');
  g_string_append (text, significant);
}

/**
 * inb_search_text_new:
 * @numbers: (array length=n_numbers): phone numbers, or %NULL, the fullest spelling first
 * @texts: (array length=n_texts): anything, or %NULL
 *
 * Returns: (transfer full): digits, each number after a space, a line feed, folded texts with a space between
 */
char *
inb_search_text_new (const char * const *numbers,
                     guint               n_numbers,
                     const char * const *texts,
                     guint               n_texts)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autofree char *folded = NULL;

  for (guint i = 0; i < n_numbers; i++)
    append_number (text, numbers[i]);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < n_texts; i++)
    {
      if (texts[i] == NULL)
        continue;
      g_string_append_c (joined, ' ');
      g_string_append (joined, texts[i]);
    }
  folded = inb_fold_text (joined->str);
  g_string_append (text, folded);

  return g_string_free (text, FALSE);
}

static gboolean
is_phone_like (const char *word)
{
  return word[strspn (word, "0123456789+-()/.")] == '\0';
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

static void
add_number (GPtrArray  *numbers,
            const char *digits)
{
  if (strlen (digits) >= MIN_DIGITS)
    g_ptr_array_add (numbers, g_strdup (digits));
}

/* The spellings under which a number may be stored: "0171 23", "+49 171 23", "+49 (0)171 23" and "0049171 23" mean the same, and
 * one that was stored without its country is found with it, from its beginning. */
static GPtrArray *
make_numbers (const char *typed)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (typed);
  g_autofree char *digits = NULL;
  const char *significant;

  g_string_replace (text, "(0)", "", 0);
  digits = inb_fold_digits (text->str);
  significant = skip_zeros (digits);
  add_number (numbers, significant);
  if (typed[strspn (typed, "(")] != '+' && !g_str_has_prefix (digits, "00"))
    return numbers;

  for (gsize length = 1; length <= MAX_COUNTRY_DIGITS && length < strlen (significant); length++)
    {
      const char *national = skip_zeros (significant + length);

      if (strlen (national) >= MIN_NATIONAL_DIGITS)
        g_ptr_array_add (numbers, g_strconcat (" ", national, NULL));
      if (national != significant + length && *national != '\0')
        {
          g_autofree char *whole = g_strdup_printf ("%.*s%s", (int) length, significant, national);

          add_number (numbers, whole);
        }
    }

  return numbers;
}

static Term *
make_term (char  **words,
           guint   n_words)
{
  Term *term = g_new0 (Term, 1);
  g_autoptr (GString) joined = g_string_new (NULL);

  term->words = g_ptr_array_new_with_free_func ((GDestroyNotify) word_free);
  for (guint i = 0; i < n_words; i++)
    {
      Word *word = g_new0 (Word, 1);

      word->text = g_strdup (words[i]);
      word->length = strlen (words[i]);
      word->numbers = is_phone_like (words[i]) ? make_numbers (words[i]) : g_ptr_array_new ();
      g_ptr_array_add (term->words, word);
      g_string_append (joined, words[i]);
    }
  term->numbers = n_words > 1 ? make_numbers (joined->str) : g_ptr_array_new ();

  return term;
}

/**
 * inb_search_terms_new:
 * @typed: free text
 *
 * Returns: (transfer full): what all has to be found
 */
InbSearchTerms *
inb_search_terms_new (const char *typed)
{
  InbSearchTerms *self = g_new0 (InbSearchTerms, 1);
  g_autofree char *folded = inb_fold_text (typed);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  guint n_words = g_strv_length (words);
  guint end;

  self->terms = g_ptr_array_new_with_free_func ((GDestroyNotify) term_free);
  for (guint start = 0; start < n_words; start = end)
    {
      gboolean digits = has_digit (words[start]);

      end = start + 1;
      while (is_phone_like (words[start]) && end < n_words && is_phone_like (words[end]))
        digits |= has_digit (words[end++]);
      if (!digits)
        end = start + 1;
      if (*words[start] != '\0')
        g_ptr_array_add (self->terms, make_term (words + start, end - start));
    }

  return self;
}

void
inb_search_terms_free (InbSearchTerms *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->terms);
  g_free (self);
}

typedef struct {
  const char *digits;
  gsize       n_digits;
  const char *text;
  gsize       length;
} Spans;

static gboolean
match_numbers (const Spans     *spans,
               const GPtrArray *numbers)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      const char *number = g_ptr_array_index (numbers, i);

      if (inb_find_bytes (spans->digits, spans->n_digits, number, strlen (number)) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
match_term (const Spans *spans,
            const Term  *term)
{
  if (match_numbers (spans, term->numbers))
    return TRUE;

  for (guint i = 0; i < term->words->len; i++)
    {
      const Word *word = g_ptr_array_index (term->words, i);

      if (inb_find_bytes (spans->text, spans->length, word->text, word->length) == NULL && !match_numbers (spans, word->numbers))
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_search_terms_match:
 * @text: as inb_search_text_new() made it
 *
 * Returns: whether all of the terms are in it
 */
gboolean
inb_search_terms_match (const InbSearchTerms *self,
                        const char           *text,
                        gsize                 length)
{
  const char *feed = memchr (text, '\n', length);
  Spans spans = { text, 0, text, length };

  if (feed != NULL)
    {
      spans.n_digits = (gsize) (feed - text);
      spans.text = feed + 1;
      spans.length = length - spans.n_digits - 1;
    }
  for (guint i = 0; i < self->terms->len; i++)
    {
      if (!match_term (&spans, g_ptr_array_index (self->terms, i)))
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_search_typed_narrows:
 * @shorter: what was typed before
 * @typed: what is typed now
 *
 * Not so where a word may be a phone number: "01" finds less than "0171" does.
 *
 * Returns: whether all that @typed finds is among what @shorter found
 */
gboolean
inb_search_typed_narrows (const char *shorter,
                          const char *typed)
{
  g_autofree char *old = inb_fold_text (shorter);
  g_autofree char *new = inb_fold_text (typed);
  g_auto (GStrv) words = g_strsplit (old, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (is_phone_like (words[i]))
        return FALSE;
    }

  return g_str_has_prefix (new, old);
}

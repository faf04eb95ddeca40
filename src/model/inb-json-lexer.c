#define G_LOG_DOMAIN "inb-model"

#include "inb-json-lexer.h"

#include "inb-error.h"

#include <math.h>
#include <string.h>

/**
 * inb_json_lexer_fail:
 * @position: where in the text
 * @what: what is wrong there
 *
 * Sets %INB_ERROR_INVALID_BODY.
 *
 * Returns: %FALSE
 */
gboolean
inb_json_lexer_fail (InbJsonLexer *self,
                     const char   *position,
                     const char   *what)
{
  g_set_error (self->error, INB_ERROR, INB_ERROR_INVALID_BODY, "%s at byte %" G_GSIZE_FORMAT,
               what, (gsize) (position - self->text));

  return FALSE;
}

static inline gboolean
is_digit (const InbJsonLexer *self,
          const char    *c)
{
  return c < self->end && *c >= '0' && *c <= '9';
}

/* Past the bytes that need no look: printable ASCII but quote and backslash, eight at a time. */
static inline const char *
skip_plain (const char *c,
            const char *end)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 tops = G_GUINT64_CONSTANT (0x8080808080808080);

  while (end - c >= 8)
    {
      guint64 word, quote, backslash;

      memcpy (&word, c, 8);
      quote = word ^ (ones * '"');
      backslash = word ^ (ones * '\\');
      if (((word | (word - ones * 0x20) | (quote - ones) | (backslash - ones)) & tops) != 0)
        break;
      c += 8;
    }
  while (c < end && (guchar) *c >= 0x20 && (guchar) *c < 0x80 && *c != '"' && *c != '\\')
    c++;

  return c;
}

/* Returns: how many bytes the UTF-8 character of more than one byte at @c has, or 0 when it is none */
static gsize
measure_character (const char *c,
                   const char *end)
{
  const guchar *byte = (const guchar *) c;
  gsize left = (gsize) (end - c);
  guchar low = 0x80, high = 0xbf;
  gsize length;

  if (byte[0] >= 0xc2 && byte[0] <= 0xdf)
    length = 2;
  else if ((byte[0] & 0xf0) == 0xe0)
    length = 3;
  else if (byte[0] >= 0xf0 && byte[0] <= 0xf4)
    length = 4;
  else
    return 0;

  if (byte[0] == 0xe0)
    low = 0xa0;
  else if (byte[0] == 0xed)
    high = 0x9f;
  else if (byte[0] == 0xf0)
    low = 0x90;
  else if (byte[0] == 0xf4)
    high = 0x8f;

  if (left < length || byte[1] < low || byte[1] > high)
    return 0;
  for (gsize i = 2; i < length; i++)
    {
      if ((byte[i] & 0xc0) != 0x80)
        return 0;
    }

  return length;
}

/* @c: behind "\u".  Returns: the number that four hexadecimal digits give, or -1 */
static int
read_hex (const char *c,
          const char *end)
{
  int value = 0;

  if (end - c < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (c[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }

  return value;
}

/* The cursor is at a backslash. */
static gboolean
scan_escape (InbJsonLexer *self)
{
  const char *start = self->cursor;
  int unit;

  if (self->end - start < 2)
    return inb_json_lexer_fail (self, start, "Unterminated string");
  if (start[1] != '\0' && strchr ("\"\\/bfnrt", start[1]) != NULL)
    {
      self->cursor += 2;
      return TRUE;
    }
  if (start[1] != 'u')
    return inb_json_lexer_fail (self, start, "Unknown escape");

  unit = read_hex (start + 2, self->end);
  if (unit < 0)
    return inb_json_lexer_fail (self, start, "Unknown escape");
  if (unit == 0)
    return inb_json_lexer_fail (self, start, "NUL character");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return inb_json_lexer_fail (self, start, "Lone surrogate");

  self->cursor += 6;
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;

  if (self->end - self->cursor < 6 || self->cursor[0] != '\\' || self->cursor[1] != 'u')
    return inb_json_lexer_fail (self, start, "Lone surrogate");
  unit = read_hex (self->cursor + 2, self->end);
  if (unit < 0xdc00 || unit > 0xdfff)
    return inb_json_lexer_fail (self, start, "Lone surrogate");
  self->cursor += 6;

  return TRUE;
}

/* The cursor is at the opening quote. */
/**
 * inb_json_lexer_string:
 * @start: (out): the first byte behind the opening quote
 * @length: (out): how many there are before the closing one
 * @has_escapes: (out): whether a backslash is among them
 *
 * Reads a string; the cursor is at its opening quote.
 *
 * Returns: whether it is one
 */
gboolean
inb_json_lexer_string (InbJsonLexer  *self,
                       const char   **start,
                       gsize         *length,
                       gboolean      *has_escapes)
{
  const char *quote = self->cursor++;

  *start = self->cursor;
  *has_escapes = FALSE;
  while (TRUE)
    {
      self->cursor = skip_plain (self->cursor, self->end);
      if (self->cursor == self->end)
        return inb_json_lexer_fail (self, quote, "Unterminated string");

      if (*self->cursor == '"')
        {
          *length = (gsize) (self->cursor - *start);
          self->cursor++;
          return TRUE;
        }
      if (*self->cursor == '\\')
        {
          *has_escapes = TRUE;
          if (!scan_escape (self))
            return FALSE;
        }
      else if ((guchar) *self->cursor < 0x20)
        {
          return inb_json_lexer_fail (self, self->cursor, *self->cursor == '\0' ? "NUL character" : "Control character in a string");
        }
      else
        {
          gsize size = measure_character (self->cursor, self->end);

          if (size == 0)
            return inb_json_lexer_fail (self, self->cursor, "Invalid UTF-8");
          self->cursor += size;
        }
    }
}

static gboolean
fits_int64 (const char *digits,
            gsize       n_digits,
            gboolean    negative)
{
  if (n_digits != 19)
    return n_digits < 19;

  return memcmp (digits, negative ? "9223372036854775808" : "9223372036854775807", 19) <= 0;
}

static gboolean
fits_double (const char *start,
             gsize       length,
             gsize       n_digits,
             gboolean    has_exponent)
{
  g_autofree char *copy = NULL;

  if (!has_exponent && n_digits < 309)
    return TRUE;

  copy = g_strndup (start, length);

  return isfinite (g_ascii_strtod (copy, NULL));
}

/**
 * inb_json_lexer_number:
 * @is_integer: (out): whether it has neither fraction nor exponent
 *
 * Reads a number; the cursor is at its first byte.
 *
 * Returns: whether it is one, within the range of its kind
 */
gboolean
inb_json_lexer_number (InbJsonLexer *self,
                       gboolean     *is_integer)
{
  const char *start = self->cursor;
  const char *c = start;
  const char *digits;
  gboolean negative = *c == '-';
  gboolean has_exponent = FALSE;
  gsize n_digits;

  *is_integer = TRUE;
  if (negative)
    c++;
  digits = c;
  if (!is_digit (self, c))
    return inb_json_lexer_fail (self, start, "Not a value");
  if (*c == '0' && is_digit (self, c + 1))
    return inb_json_lexer_fail (self, start, "Number with a leading zero");
  while (is_digit (self, c))
    c++;
  n_digits = (gsize) (c - digits);

  if (c < self->end && *c == '.')
    {
      *is_integer = FALSE;
      if (!is_digit (self, ++c))
        return inb_json_lexer_fail (self, start, "Number without digits behind its point");
      while (is_digit (self, c))
        c++;
    }
  if (c < self->end && (*c == 'e' || *c == 'E'))
    {
      *is_integer = FALSE;
      has_exponent = TRUE;
      c++;
      if (c < self->end && (*c == '+' || *c == '-'))
        c++;
      if (!is_digit (self, c))
        return inb_json_lexer_fail (self, start, "Number without digits in its exponent");
      while (is_digit (self, c))
        c++;
    }

  if (*is_integer ? !fits_int64 (digits, n_digits, negative)
                  : !fits_double (start, (gsize) (c - start), n_digits, has_exponent))
    return inb_json_lexer_fail (self, start, "Number out of range");
  self->cursor = c;

  return TRUE;
}

/**
 * inb_json_lexer_literal:
 * @word: "true", "false" or "null"
 *
 * Returns: whether @word stands at the cursor, which then is behind it
 */
gboolean
inb_json_lexer_literal (InbJsonLexer *self,
                        const char   *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->cursor) < length || memcmp (self->cursor, word, length) != 0)
    return inb_json_lexer_fail (self, self->cursor, "Not a value");
  self->cursor += length;

  return TRUE;
}

/**
 * inb_json_scanner_unescape:
 * @start: (array length=length): what stands between the quotes of a string that was scanned
 *
 * Returns: (transfer full): its text
 */
char *
inb_json_scanner_unescape (const char *start,
                           gsize       length)
{
  const char *end = start + length;
  char *text = g_malloc (length + 1);
  char *out = text;

  while (start < end)
    {
      const char *backslash = memchr (start, '\\', (gsize) (end - start));
      gsize run = (gsize) ((backslash != NULL ? backslash : end) - start);
      gunichar character;

      memcpy (out, start, run);
      out += run;
      start += run;
      if (start == end)
        break;

      switch (start[1])
        {
        case 'b': *out++ = '\b'; start += 2; break;
        case 'f': *out++ = '\f'; start += 2; break;
        case 'n': *out++ = '\n'; start += 2; break;
        case 'r': *out++ = '\r'; start += 2; break;
        case 't': *out++ = '\t'; start += 2; break;
        case 'u':
          character = (gunichar) read_hex (start + 2, end);
          start += 6;
          if (character >= 0xd800 && character <= 0xdbff)
            {
              character = 0x10000 + ((character - 0xd800) << 10) + ((gunichar) read_hex (start + 2, end) - 0xdc00);
              start += 6;
            }
          out += g_unichar_to_utf8 (character, out);
          break;
        default: *out++ = start[1]; start += 2; break;
        }
    }
  *out = '\0';

  return text;
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-json-scanner.h"

#include "inb-error.h"
#include "inb-json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Up to here a name is compared with each one before it; larger objects are sorted when they end, so that no object,
 * however hostile, costs more than n log n. */
#define MAX_PAIRWISE_NAMES 16

typedef struct {
  const char *bytes;
  gsize       length;
  const char *position;
} Name;

typedef struct {
  gboolean is_object;
  guint    first_name;
} Frame;

typedef struct {
  const char      *text;
  const char      *cursor;
  const char      *end;
  InbJsonHandler   handler;
  gpointer         user_data;
  GError         **error;

  Frame            frames[INB_JSON_MAX_DEPTH];
  guint            depth;
  GArray          *names;     /* of Name: of all open objects, the innermost last */
  GPtrArray       *unescaped; /* texts of names that were written with escapes */
} Scanner;

static gboolean
fail (Scanner    *self,
      const char *position,
      const char *what)
{
  g_set_error (self->error, INB_ERROR, INB_ERROR_INVALID_BODY, "%s at byte %" G_GSIZE_FORMAT,
               what, (gsize) (position - self->text));

  return FALSE;
}

static inline gboolean
emit (Scanner      *self,
      InbJsonToken  token,
      const char   *start,
      gsize         length)
{
  return self->handler == NULL || self->handler (token, start, length, self->user_data, self->error);
}

static inline void
skip_space (Scanner *self)
{
  const char *c = self->cursor;

  while (c < self->end && (*c == ' ' || *c == '\n' || *c == '\r' || *c == '\t'))
    c++;
  self->cursor = c;
}

static inline gboolean
is_digit (const Scanner *self,
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
scan_escape (Scanner *self)
{
  const char *start = self->cursor;
  int unit;

  if (self->end - start < 2)
    return fail (self, start, "Unterminated string");
  if (start[1] != '\0' && strchr ("\"\\/bfnrt", start[1]) != NULL)
    {
      self->cursor += 2;
      return TRUE;
    }
  if (start[1] != 'u')
    return fail (self, start, "Unknown escape");

  unit = read_hex (start + 2, self->end);
  if (unit < 0)
    return fail (self, start, "Unknown escape");
  if (unit == 0)
    return fail (self, start, "NUL character");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (self, start, "Lone surrogate");

  self->cursor += 6;
  if (unit < 0xd800 || unit > 0xdbff)
    return TRUE;

  if (self->end - self->cursor < 6 || self->cursor[0] != '\\' || self->cursor[1] != 'u')
    return fail (self, start, "Lone surrogate");
  unit = read_hex (self->cursor + 2, self->end);
  if (unit < 0xdc00 || unit > 0xdfff)
    return fail (self, start, "Lone surrogate");
  self->cursor += 6;

  return TRUE;
}

/* The cursor is at the opening quote. */
static gboolean
scan_string (Scanner     *self,
             const char **start,
             gsize       *length,
             gboolean    *has_escapes)
{
  const char *quote = self->cursor++;

  *start = self->cursor;
  *has_escapes = FALSE;
  while (TRUE)
    {
      self->cursor = skip_plain (self->cursor, self->end);
      if (self->cursor == self->end)
        return fail (self, quote, "Unterminated string");

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
          return fail (self, self->cursor, *self->cursor == '\0' ? "NUL character" : "Control character in a string");
        }
      else
        {
          gsize size = measure_character (self->cursor, self->end);

          if (size == 0)
            return fail (self, self->cursor, "Invalid UTF-8");
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

static gboolean
scan_number (Scanner *self)
{
  const char *start = self->cursor;
  const char *c = start;
  const char *digits;
  gboolean negative = *c == '-';
  gboolean is_integer = TRUE, has_exponent = FALSE;
  gsize n_digits;

  if (negative)
    c++;
  digits = c;
  if (!is_digit (self, c))
    return fail (self, start, "Not a value");
  if (*c == '0' && is_digit (self, c + 1))
    return fail (self, start, "Number with a leading zero");
  while (is_digit (self, c))
    c++;
  n_digits = (gsize) (c - digits);

  if (c < self->end && *c == '.')
    {
      is_integer = FALSE;
      if (!is_digit (self, ++c))
        return fail (self, start, "Number without digits behind its point");
      while (is_digit (self, c))
        c++;
    }
  if (c < self->end && (*c == 'e' || *c == 'E'))
    {
      is_integer = FALSE;
      has_exponent = TRUE;
      c++;
      if (c < self->end && (*c == '+' || *c == '-'))
        c++;
      if (!is_digit (self, c))
        return fail (self, start, "Number without digits in its exponent");
      while (is_digit (self, c))
        c++;
    }

  if (is_integer ? !fits_int64 (digits, n_digits, negative)
                 : !fits_double (start, (gsize) (c - start), n_digits, has_exponent))
    return fail (self, start, "Number out of range");
  self->cursor = c;

  return emit (self, is_integer ? INB_JSON_INTEGER : INB_JSON_NUMBER, start, (gsize) (c - start));
}

static gboolean
scan_literal (Scanner      *self,
              const char   *word,
              gsize         length,
              InbJsonToken  token)
{
  const char *start = self->cursor;

  if ((gsize) (self->end - start) < length || memcmp (start, word, length) != 0)
    return fail (self, start, "Not a value");
  self->cursor += length;

  return emit (self, token, start, length);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Name *first = a;
  const Name *second = b;

  if (first->length != second->length)
    return first->length < second->length ? -1 : 1;

  return memcmp (first->bytes, second->bytes, first->length);
}

static gboolean
check_new_name (Scanner    *self,
                const char *start,
                gsize       length,
                gboolean    has_escapes)
{
  Name name = { start, length, start };
  guint first = self->frames[self->depth - 1].first_name;

  if (has_escapes)
    {
      char *text = inb_json_scanner_unescape (start, length);

      g_ptr_array_add (self->unescaped, text);
      name.bytes = text;
      name.length = strlen (text);
    }

  if (self->names->len - first < MAX_PAIRWISE_NAMES)
    {
      for (guint i = first; i < self->names->len; i++)
        {
          if (compare_names (&g_array_index (self->names, Name, i), &name) == 0)
            return fail (self, start, "Repeated name");
        }
    }
  g_array_append_val (self->names, name);

  return TRUE;
}

static gboolean
check_all_names (Scanner *self,
                 guint    first)
{
  Name *names = &g_array_index (self->names, Name, first);
  guint n_names = self->names->len - first;

  qsort (names, n_names, sizeof (Name), compare_names);
  for (guint i = 1; i < n_names; i++)
    {
      if (compare_names (&names[i - 1], &names[i]) == 0)
        return fail (self, MAX (names[i - 1].position, names[i].position), "Repeated name");
    }

  return TRUE;
}

static gboolean
open_container (Scanner  *self,
                gboolean  is_object)
{
  const char *start = self->cursor;

  if (self->depth == INB_JSON_MAX_DEPTH)
    return fail (self, start, "Nested too deeply");

  self->frames[self->depth].is_object = is_object;
  self->frames[self->depth].first_name = self->names->len;
  self->depth++;
  self->cursor++;

  return emit (self, is_object ? INB_JSON_OBJECT_START : INB_JSON_ARRAY_START, start, 1);
}

static gboolean
close_container (Scanner *self)
{
  const Frame *frame = &self->frames[--self->depth];
  const char *start = self->cursor++;

  if (self->names->len - frame->first_name > MAX_PAIRWISE_NAMES && !check_all_names (self, frame->first_name))
    return FALSE;
  g_array_set_size (self->names, frame->first_name);

  return emit (self, frame->is_object ? INB_JSON_OBJECT_END : INB_JSON_ARRAY_END, start, 1);
}

/* A name and its colon. */
static gboolean
scan_name (Scanner *self)
{
  const char *start;
  gsize length;
  gboolean has_escapes;

  skip_space (self);
  if (self->cursor == self->end || *self->cursor != '"')
    return fail (self, self->cursor, "Expected a name");
  if (!scan_string (self, &start, &length, &has_escapes) || !check_new_name (self, start, length, has_escapes))
    return FALSE;

  skip_space (self);
  if (self->cursor == self->end || *self->cursor != ':')
    return fail (self, self->cursor, "Expected a colon");
  self->cursor++;

  return emit (self, INB_JSON_NAME, start, length);
}

/* Anything but a container. */
static gboolean
scan_scalar (Scanner *self)
{
  const char *start;
  gsize length;
  gboolean has_escapes;

  switch (*self->cursor)
    {
    case '"':
      return scan_string (self, &start, &length, &has_escapes) && emit (self, INB_JSON_STRING, start, length);
    case 't':
      return scan_literal (self, "true", 4, INB_JSON_TRUE);
    case 'f':
      return scan_literal (self, "false", 5, INB_JSON_FALSE);
    case 'n':
      return scan_literal (self, "null", 4, INB_JSON_NULL);
    default:
      return scan_number (self);
    }
}

/* Behind a value: closes what ends here, up to the next comma or the end of the text. */
static gboolean
finish_value (Scanner *self)
{
  while (self->depth > 0)
    {
      const Frame *frame = &self->frames[self->depth - 1];

      skip_space (self);
      if (self->cursor == self->end)
        return fail (self, self->cursor, "Unterminated array or object");
      if (*self->cursor == ',')
        {
          self->cursor++;
          return !frame->is_object || scan_name (self);
        }
      if (*self->cursor != (frame->is_object ? '}' : ']'))
        return fail (self, self->cursor, "Expected a comma or an end");
      if (!close_container (self))
        return FALSE;
    }

  return TRUE;
}

/* From the start of a container that was just opened to the start of its first value. */
static gboolean
enter_container (Scanner  *self,
                 gboolean *is_empty)
{
  gboolean is_object = self->frames[self->depth - 1].is_object;

  skip_space (self);
  *is_empty = self->cursor < self->end && *self->cursor == (is_object ? '}' : ']');
  if (*is_empty)
    return close_container (self);

  return !is_object || scan_name (self);
}

static gboolean
scan_text (Scanner *self)
{
  do
    {
      gboolean finished = TRUE;

      skip_space (self);
      if (self->cursor == self->end)
        return fail (self, self->cursor, self->depth == 0 ? "Empty text" : "Expected a value");

      if (*self->cursor == '{' || *self->cursor == '[')
        {
          if (!open_container (self, *self->cursor == '{') || !enter_container (self, &finished))
            return FALSE;
        }
      else if (!scan_scalar (self))
        {
          return FALSE;
        }

      if (finished && !finish_value (self))
        return FALSE;
    }
  while (self->depth > 0);

  skip_space (self);
  if (self->cursor != self->end)
    return fail (self, self->cursor, "Text behind the value");

  return TRUE;
}

/**
 * inb_json_scanner_run:
 * @text: (array length=length): foreign bytes
 * @handler: (nullable) (scope call): told of every token
 *
 * Returns: whether the text is one JSON value as inb_json_scan() wants it, and @handler accepted every token
 */
gboolean
inb_json_scanner_run (const char      *text,
                      gsize            length,
                      InbJsonHandler   handler,
                      gpointer         user_data,
                      GError         **error)
{
  g_autoptr (GArray) names = NULL;
  g_autoptr (GPtrArray) unescaped = NULL;
  Scanner self;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  if (text == NULL)
    text = "";
  names = g_array_sized_new (FALSE, FALSE, sizeof (Name), 64);
  unescaped = g_ptr_array_new_with_free_func (g_free);
  self.text = text;
  self.cursor = text;
  self.end = text + length;
  self.handler = handler;
  self.user_data = user_data;
  self.error = error;
  self.depth = 0;
  self.names = names;
  self.unescaped = unescaped;
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    self.cursor += 3;

  return scan_text (&self);
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

#define G_LOG_DOMAIN "inb-model"

#include "inb-json-scanner.h"

#include "inb-json-lexer.h"
#include "inb-json.h"

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
  InbJsonLexer     lexer;
  InbJsonHandler   handler;
  gpointer         user_data;

  Frame            frames[INB_JSON_MAX_DEPTH];
  guint            depth;
  GArray          *names;     /* of Name: of all open objects, the innermost last */
  GPtrArray       *unescaped; /* texts of names that were written with escapes */
} Scanner;

static inline gboolean
emit (Scanner      *self,
      InbJsonToken  token,
      const char   *start,
      gsize         length)
{
  return self->handler == NULL || self->handler (token, start, length, self->user_data, self->lexer.error);
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
            return inb_json_lexer_fail (&self->lexer, start, "Repeated name");
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
        return inb_json_lexer_fail (&self->lexer, MAX (names[i - 1].position, names[i].position), "Repeated name");
    }

  return TRUE;
}

static gboolean
open_container (Scanner  *self,
                gboolean  is_object)
{
  const char *start = self->lexer.cursor;

  if (self->depth == INB_JSON_MAX_DEPTH)
    return inb_json_lexer_fail (&self->lexer, start, "Nested too deeply");

  self->frames[self->depth].is_object = is_object;
  self->frames[self->depth].first_name = self->names->len;
  self->depth++;
  self->lexer.cursor++;

  return emit (self, is_object ? INB_JSON_OBJECT_START : INB_JSON_ARRAY_START, start, 1);
}

static gboolean
close_container (Scanner *self)
{
  const Frame *frame = &self->frames[--self->depth];
  const char *start = self->lexer.cursor++;

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

  inb_json_lexer_skip_space (&self->lexer);
  if (self->lexer.cursor == self->lexer.end || *self->lexer.cursor != '"')
    return inb_json_lexer_fail (&self->lexer, self->lexer.cursor, "Expected a name");
  if (!inb_json_lexer_string (&self->lexer, &start, &length, &has_escapes) || !check_new_name (self, start, length, has_escapes))
    return FALSE;

  inb_json_lexer_skip_space (&self->lexer);
  if (self->lexer.cursor == self->lexer.end || *self->lexer.cursor != ':')
    return inb_json_lexer_fail (&self->lexer, self->lexer.cursor, "Expected a colon");
  self->lexer.cursor++;

  return emit (self, INB_JSON_NAME, start, length);
}

/* Anything but a container. */
static gboolean
scan_scalar (Scanner *self)
{
  const char *start = self->lexer.cursor;
  const char *string;
  gsize length;
  gboolean has_escapes, is_integer;

  switch (*self->lexer.cursor)
    {
    case '"':
      return inb_json_lexer_string (&self->lexer, &string, &length, &has_escapes)
             && emit (self, INB_JSON_STRING, string, length);
    case 't':
      return inb_json_lexer_literal (&self->lexer, "true") && emit (self, INB_JSON_TRUE, start, 4);
    case 'f':
      return inb_json_lexer_literal (&self->lexer, "false") && emit (self, INB_JSON_FALSE, start, 5);
    case 'n':
      return inb_json_lexer_literal (&self->lexer, "null") && emit (self, INB_JSON_NULL, start, 4);
    default:
      return inb_json_lexer_number (&self->lexer, &is_integer)
             && emit (self, is_integer ? INB_JSON_INTEGER : INB_JSON_NUMBER, start, (gsize) (self->lexer.cursor - start));
    }
}

/* Behind a value: closes what ends here, up to the next comma or the end of the text. */
static gboolean
finish_value (Scanner *self)
{
  while (self->depth > 0)
    {
      const Frame *frame = &self->frames[self->depth - 1];

      inb_json_lexer_skip_space (&self->lexer);
      if (self->lexer.cursor == self->lexer.end)
        return inb_json_lexer_fail (&self->lexer, self->lexer.cursor, "Unterminated array or object");
      if (*self->lexer.cursor == ',')
        {
          self->lexer.cursor++;
          return !frame->is_object || scan_name (self);
        }
      if (*self->lexer.cursor != (frame->is_object ? '}' : ']'))
        return inb_json_lexer_fail (&self->lexer, self->lexer.cursor, "Expected a comma or an end");
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

  inb_json_lexer_skip_space (&self->lexer);
  *is_empty = self->lexer.cursor < self->lexer.end && *self->lexer.cursor == (is_object ? '}' : ']');
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

      inb_json_lexer_skip_space (&self->lexer);
      if (self->lexer.cursor == self->lexer.end)
        return inb_json_lexer_fail (&self->lexer, self->lexer.cursor, self->depth == 0 ? "Empty text" : "Expected a value");

      if (*self->lexer.cursor == '{' || *self->lexer.cursor == '[')
        {
          if (!open_container (self, *self->lexer.cursor == '{') || !enter_container (self, &finished))
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

  inb_json_lexer_skip_space (&self->lexer);
  if (self->lexer.cursor != self->lexer.end)
    return inb_json_lexer_fail (&self->lexer, self->lexer.cursor, "Text behind the value");

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
  self.lexer = (InbJsonLexer) { text, text, text + length, error };
  self.handler = handler;
  self.user_data = user_data;
  self.depth = 0;
  self.names = names;
  self.unescaped = unescaped;
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    self.lexer.cursor += 3;

  return scan_text (&self);
}

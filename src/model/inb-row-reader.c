#define G_LOG_DOMAIN "inb-model"

#include "inb-row-reader.h"

#include "inb-error.h"
#include "inb-money.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

#define TIME_LENGTH 27 /* 2026-11-22T17:50:26.123456Z */

/**
 * inb_row_reader_begin:
 *
 * Begins a row; the scanner is at the start of its object.
 */
void
inb_row_reader_begin (InbRowReader *self,
                      InbKind       kind)
{
  inb_row_reader_clear (self);
  self->row = inb_row_new (kind);
  self->columns = inb_kind_get_columns (kind, &self->n_columns);
}

void
inb_row_reader_clear (InbRowReader *self)
{
  g_clear_pointer (&self->row, inb_row_unref);
  memset (self, 0, sizeof *self);
}

static gboolean
is_named (const InbColumn *column,
          const char      *name,
          gsize            length)
{
  return strncmp (column->name, name, length) == 0 && column->name[length] == '\0';
}

/* Members mostly come in the order of the columns, those without a value left out. */
static int
find_column (InbRowReader *self,
             const char   *name,
             gsize         length)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      guint at = self->next + i < self->n_columns ? self->next + i : self->next + i - self->n_columns;

      if (is_named (&self->columns[at], name, length))
        {
          self->next = at + 1 < self->n_columns ? at + 1 : 0;
          return (int) at;
        }
    }

  return -1;
}

static void
take_name (InbRowReader *self,
           const char   *start,
           gsize         length)
{
  g_autofree char *name = NULL;

  if (memchr (start, '\\', length) == NULL)
    {
      self->column = find_column (self, start, length);
      return;
    }

  name = inb_json_scanner_unescape (start, length);
  self->column = find_column (self, name, strlen (name));
}

/* The value without the white space between its tokens. */
static char *
compact (const char *start,
         gsize       length)
{
  char *text = g_malloc (length + 1);
  char *out = text;
  gboolean in_string = FALSE;

  for (const char *c = start; c < start + length; c++)
    {
      if (!in_string && (*c == ' ' || *c == '\n' || *c == '\r' || *c == '\t'))
        continue;
      if (in_string && *c == '\\')
        *out++ = *c++;
      else if (*c == '"')
        in_string = !in_string;
      *out++ = *c;
    }
  *out = '\0';

  return text;
}

/* A time that is written as rows keep it need not be written anew. (text: transfer full) */
static char *
make_time (char *text)
{
  g_autofree char *given = text;
  gint64 time;

  if (!inb_time_parse (text, &time))
    return NULL;
  if (strlen (text) == TIME_LENGTH && text[10] == 'T' && text[17] < '6' && text[19] == '.' && text[TIME_LENGTH - 1] == 'Z')
    return g_steal_pointer (&given);

  return inb_time_format (time);
}

/* (text: transfer full) */
static char *
make_checked (InbType  type,
              char    *text)
{
  g_autofree char *given = text;
  gint64 number;

  switch (type)
    {
    case INB_TYPE_INTEGER:
      return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL) ? g_steal_pointer (&given) : NULL;

    case INB_TYPE_MONEY:
      return inb_money_parse (text, &number) ? inb_money_format (number) : NULL;

    case INB_TYPE_TIME:
      return make_time (g_steal_pointer (&given));

    case INB_TYPE_UUID:
      return inb_uuid_normalize (text);

    case INB_TYPE_DATE:
      return inb_date_is_valid (text) ? g_steal_pointer (&given) : NULL;

    case INB_TYPE_TEXT:
      return g_steal_pointer (&given);

    case INB_TYPE_BOOLEAN:
    case INB_TYPE_JSON:
    default:
      return NULL;
    }
}

/* Anything but a container; for a JSON column with the token's own bytes. */
static char *
make_value (InbType       type,
            InbJsonToken  token,
            const char   *start,
            gsize         length)
{
  if (type == INB_TYPE_JSON)
    return token == INB_JSON_STRING ? g_strndup (start - 1, length + 2) : g_strndup (start, length);
  if (token == INB_JSON_TRUE || token == INB_JSON_FALSE)
    return type == INB_TYPE_BOOLEAN ? g_strndup (start, length) : NULL;
  if (token == INB_JSON_INTEGER)
    return make_checked (type, length == 2 && memcmp (start, "-0", 2) == 0 ? g_strdup ("0") : g_strndup (start, length));
  if (token != INB_JSON_STRING)
    return NULL;

  return make_checked (type, memchr (start, '\\', length) == NULL ? g_strndup (start, length)
                                                                   : inb_json_scanner_unescape (start, length));
}

/* (value: transfer full) (nullable) */
static gboolean
set_value (InbRowReader  *self,
           char          *value,
           GError       **error)
{
  if (value != NULL)
    {
      inb_row_take (self->row, (guint) self->column, value);
      return TRUE;
    }

  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s.%s is not of its type",
               inb_kind_get_name (inb_row_get_kind (self->row)), self->columns[self->column].name);

  return FALSE;
}

static gboolean
open_container (InbRowReader  *self,
                const char    *start,
                GError       **error)
{
  if (self->depth++ > 0)
    return TRUE;

  self->value = start;

  return self->column < 0 || self->columns[self->column].type == INB_TYPE_JSON || set_value (self, NULL, error);
}

static gboolean
close_container (InbRowReader  *self,
                 const char    *end,
                 InbRow       **row,
                 GError       **error)
{
  if (self->depth == 0)
    {
      *row = g_steal_pointer (&self->row);
      return TRUE;
    }
  if (--self->depth > 0 || self->column < 0)
    return TRUE;

  return set_value (self, compact (self->value, (gsize) (end - self->value)), error);
}

/**
 * inb_row_reader_take:
 * @token: behind the start of the row's object
 * @row: (out) (transfer full): set with the object's end
 *
 * Returns: %FALSE with %INB_ERROR_INVALID_ARGUMENT when a member is not of its column's type; members that are no column are
 *   passed over
 */
gboolean
inb_row_reader_take (InbRowReader  *self,
                     InbJsonToken   token,
                     const char    *start,
                     gsize          length,
                     InbRow       **row,
                     GError       **error)
{
  switch (token)
    {
    case INB_JSON_OBJECT_START:
    case INB_JSON_ARRAY_START:
      return open_container (self, start, error);

    case INB_JSON_OBJECT_END:
    case INB_JSON_ARRAY_END:
      return close_container (self, start + length, row, error);

    case INB_JSON_NAME:
      if (self->depth == 0)
        take_name (self, start, length);
      return TRUE;

    case INB_JSON_STRING:
    case INB_JSON_INTEGER:
    case INB_JSON_NUMBER:
    case INB_JSON_TRUE:
    case INB_JSON_FALSE:
    case INB_JSON_NULL:
    default:
      if (self->depth > 0 || self->column < 0 || token == INB_JSON_NULL)
        return TRUE;
      return set_value (self, make_value (self->columns[self->column].type, token, start, length), error);
    }
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-csv-reader.h"

#include "inb-csv.h"
#include "inb-error.h"

#include <string.h>

struct _InbCsvReader {
  /* Owned */
  GBytes     *bytes;
  GString    *cell;       /* scratch */

  /* Borrowed */
  const char *text;       /* of bytes */

  gsize       length;
  gsize       offset;
  guint       line;       /* of the last record */
  guint       next_line;  /* at offset */
  char        delimiter;
};

static gboolean
has_mark (const char *text,
          gsize       length,
          const char *mark,
          gsize       mark_length)
{
  return length >= mark_length && memcmp (text, mark, mark_length) == 0;
}

static GBytes *
convert (const char  *text,
         gsize        length,
         const char  *from,
         GError     **error)
{
  g_autoptr (GError) problem = NULL;
  gsize n_written;
  char *converted = g_convert (text, (gssize) length, "UTF-8", from, NULL, &n_written, &problem);

  if (converted == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_BODY, "The file is no text in UTF-8, nor in %s: save it as “CSV UTF-8”", from);
      return NULL;
    }
  if (memchr (converted, '\0', n_written) != NULL)
    {
      g_free (converted);
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, "The file is no text: save it as “CSV UTF-8”");
      return NULL;
    }

  return g_bytes_new_take (converted, n_written);
}

/**
 * inb_csv_decode:
 * @bytes: a file as a spreadsheet or a database saved it
 * @encoding: (out): what it was in
 *
 * Returns: (transfer full) (nullable): its text
 */
GBytes *
inb_csv_decode (GBytes      *bytes,
                const char **encoding,
                GError     **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  gsize mark = has_mark (text, length, INB_CSV_BOM, strlen (INB_CSV_BOM)) ? strlen (INB_CSV_BOM) : 0;

  if (has_mark (text, length, "\xff\xfe", 2) || has_mark (text, length, "\xfe\xff", 2))
    {
      *encoding = "UTF-16";
      return convert (text, length, "UTF-16", error);
    }
  /* Refuses a NUL as well. */
  if (length == 0 || g_utf8_validate_len (text, length, NULL))
    {
      *encoding = "UTF-8";
      return g_bytes_new_from_bytes (bytes, mark, length - mark);
    }
  *encoding = "Windows-1252";

  return convert (text, length, "WINDOWS-1252", error);
}

/**
 * inb_csv_detect_delimiter:
 * @text: UTF-8
 *
 * Returns: what stands between the cells of the first record, ',' when there is only one
 */
char
inb_csv_detect_delimiter (GBytes *text)
{
  static const char delimiters[] = { ',', ';', '\t', '|' };
  guint counts[G_N_ELEMENTS (delimiters)] = { 0 };
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  gboolean is_quoted = FALSE;
  guint best = 0;

  for (gsize i = 0; i < length && (is_quoted || (data[i] != '\n' && data[i] != '\r')); i++)
    {
      if (data[i] == '"')
        is_quoted = !is_quoted;
      for (guint j = 0; j < G_N_ELEMENTS (delimiters); j++)
        counts[j] += !is_quoted && data[i] == delimiters[j];
    }
  for (guint j = 1; j < G_N_ELEMENTS (delimiters); j++)
    {
      if (counts[j] > counts[best])
        best = j;
    }

  return delimiters[best];
}

/**
 * inb_csv_reader_new:
 * @text: UTF-8 without NUL, see inb_csv_decode()
 *
 * Returns: (transfer full): a reader at its beginning
 */
InbCsvReader *
inb_csv_reader_new (GBytes *text,
                    char    delimiter)
{
  InbCsvReader *self = g_new0 (InbCsvReader, 1);

  self->bytes = g_bytes_ref (text);
  self->text = g_bytes_get_data (text, &self->length);
  self->cell = g_string_new (NULL);
  self->delimiter = delimiter;
  self->next_line = 1;

  return self;
}

void
inb_csv_reader_free (InbCsvReader *self)
{
  g_string_free (self->cell, TRUE);
  g_bytes_unref (self->bytes);
  g_free (self);
}

gboolean
inb_csv_reader_is_at_end (InbCsvReader *self)
{
  return self->offset >= self->length;
}

guint
inb_csv_reader_get_line (InbCsvReader *self)
{
  return self->line;
}

void
inb_csv_reader_tell (InbCsvReader   *self,
                     InbCsvPosition *position)
{
  position->offset = self->offset;
  position->next_line = self->next_line;
}

void
inb_csv_reader_seek (InbCsvReader         *self,
                     const InbCsvPosition *position)
{
  self->offset = position->offset;
  self->next_line = position->next_line;
}

static gboolean
is_line_end (const InbCsvReader *self)
{
  return self->offset >= self->length || self->text[self->offset] == '\n' || self->text[self->offset] == '\r';
}

/* CR LF, LF, or CR alone. */
static void
pass_line_end (InbCsvReader *self)
{
  if (self->offset >= self->length)
    return;
  if (self->text[self->offset] == '\r' && self->offset + 1 < self->length && self->text[self->offset + 1] == '\n')
    self->offset++;
  self->offset++;
  self->next_line++;
}

static void
pass_line (InbCsvReader *self)
{
  while (!is_line_end (self))
    self->offset++;
  pass_line_end (self);
}

static gboolean
fail (GError     **error,
      const char  *what)
{
  g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, what);

  return FALSE;
}

static gboolean
read_quoted (InbCsvReader  *self,
             GError       **error)
{
  gsize start = ++self->offset;

  while (self->offset < self->length)
    {
      char c = self->text[self->offset];

      if (self->offset - start > INB_CSV_MAX_RECORD)
        return fail (error, "A cell in quotes is too long: a closing quote may be missing");
      if (c == '"' && self->offset + 1 < self->length && self->text[self->offset + 1] == '"')
        self->offset++;
      else if (c == '"')
        {
          self->offset++;
          if (is_line_end (self) || self->text[self->offset] == self->delimiter)
            return TRUE;
          return fail (error, "After a closing quote there must be a separator or the end of the line; a quote within a cell "
                              "is written twice");
        }
      else if (c == '\n' || (c == '\r' && (self->offset + 1 >= self->length || self->text[self->offset + 1] != '\n')))
        self->next_line++;

      g_string_append_c (self->cell, c);
      self->offset++;
    }

  return fail (error, "A closing quote is missing");
}

static void
read_plain (InbCsvReader *self)
{
  gsize start = self->offset;

  while (!is_line_end (self) && self->text[self->offset] != self->delimiter)
    self->offset++;
  g_string_append_len (self->cell, self->text + start, (gssize) (self->offset - start));
}

static gboolean
read_record (InbCsvReader  *self,
             GPtrArray     *cells,
             GError       **error)
{
  gsize start = self->offset;

  while (TRUE)
    {
      g_string_truncate (self->cell, 0);
      if (self->offset < self->length && self->text[self->offset] == '"')
        {
          if (!read_quoted (self, error))
            return FALSE;
        }
      else
        {
          read_plain (self);
        }
      if (cells->len >= INB_CSV_MAX_CELLS)
        return fail (error, "The line has more than 500 cells");
      if (self->offset - start > INB_CSV_MAX_RECORD)
        return fail (error, "The line is longer than 1 MiB");
      g_ptr_array_add (cells, g_strndup (self->cell->str, self->cell->len));

      if (is_line_end (self))
        break;
      self->offset++;
    }
  pass_line_end (self);

  return TRUE;
}

/**
 * inb_csv_reader_next:
 * @cells: (element-type utf8): gets the record's cells; has g_free() as its free function
 *
 * Returns: whether there is a record; %FALSE without an error is the end
 */
gboolean
inb_csv_reader_next (InbCsvReader  *self,
                     GPtrArray     *cells,
                     GError       **error)
{
  InbCsvPosition start;

  g_ptr_array_set_size (cells, 0);
  while (self->offset < self->length && is_line_end (self))
    pass_line_end (self);
  if (self->offset >= self->length)
    return FALSE;

  inb_csv_reader_tell (self, &start);
  self->line = self->next_line;
  if (read_record (self, cells, error))
    return TRUE;

  /* One line only: a quote that is never closed must not swallow the rest of the file. */
  g_ptr_array_set_size (cells, 0);
  inb_csv_reader_seek (self, &start);
  pass_line (self);

  return FALSE;
}

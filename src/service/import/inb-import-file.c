#define G_LOG_DOMAIN "inb-service"

#include "inb-import-file.h"

#include "inb-csv-reader.h"
#include "inb-error.h"
#include "inb-field-value.h"
#include "inb-json.h"

#define N_SAMPLES 3
#define MAX_SAMPLE 100 /* characters */

struct _InbImportFile {
  /* Owned */
  GBytes       *text;
  InbCsvReader *reader;
  InbImportMap *map;
  GHashTable   *digests;  /* of the lines read so far → how many */
  GPtrArray    *samples;  /* (element-type GPtrArray): the cells of the first lines */

  /* Borrowed */
  const char   *encoding;

  guint         n_lines;
  char          delimiter;
};

static GPtrArray *
new_cells (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/* @error is set for a record that cannot be taken apart; NULL without it is the end. */
static GPtrArray *
read_cells (InbImportFile  *self,
            GError        **error)
{
  g_autoptr (GPtrArray) cells = new_cells ();

  return inb_csv_reader_next (self->reader, cells, error) ? g_steal_pointer (&cells) : NULL;
}

static gboolean
count_lines (InbImportFile  *self,
             GError        **error)
{
  InbCsvPosition start;

  inb_csv_reader_tell (self->reader, &start);
  while (TRUE)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (GPtrArray) cells = read_cells (self, &problem);

      if (cells == NULL && problem == NULL)
        break;
      if (++self->n_lines > INB_IMPORT_MAX_LINES)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE, "The file has more than %d lines: import it in parts",
                       INB_IMPORT_MAX_LINES);
          return FALSE;
        }
      if (cells != NULL && self->samples->len < N_SAMPLES)
        g_ptr_array_add (self->samples, g_steal_pointer (&cells));
    }
  inb_csv_reader_seek (self->reader, &start);

  return TRUE;
}

static gboolean
read_header (InbImportFile           *self,
             const InbImportRequest  *request,
             GError                 **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) problem = NULL;

  names = read_cells (self, &problem);
  if (names == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_BODY, "The file's first line must name its columns%s%s",
                   problem == NULL ? "; it is empty" : ": ", problem == NULL ? "" : problem->message);
      return FALSE;
    }
  inb_import_map_distinguish (names);
  self->map = inb_import_map_new (names, request->mapping == NULL ? NULL : json_node_get_object (request->mapping), error);

  return self->map != NULL;
}

/**
 * inb_import_file_new:
 * @body: as it came
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the file, before its first line
 */
InbImportFile *
inb_import_file_new (GBytes                  *body,
                     const InbImportRequest  *request,
                     GError                 **error)
{
  g_autoptr (InbImportFile) self = g_new0 (InbImportFile, 1);

  self->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->text = inb_csv_decode (body, &self->encoding, error);
  if (self->text == NULL)
    return NULL;

  self->delimiter = request->delimiter != 0 ? request->delimiter : inb_csv_detect_delimiter (self->text);
  self->reader = inb_csv_reader_new (self->text, self->delimiter);
  if (!read_header (self, request, error) || !count_lines (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_import_file_free (InbImportFile *self)
{
  g_clear_pointer (&self->reader, inb_csv_reader_free);
  g_clear_pointer (&self->map, inb_import_map_free);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_hash_table_unref (self->digests);
  g_ptr_array_unref (self->samples);
  g_free (self);
}

static void
count_occurrence (InbImportFile *self,
                  InbImportLine *line)
{
  if (line->digest == NULL)
    return;

  line->occurrence = GPOINTER_TO_UINT (g_hash_table_lookup (self->digests, line->digest));
  g_hash_table_insert (self->digests, g_strdup (line->digest), GUINT_TO_POINTER (line->occurrence + 1));
}

/**
 * inb_import_file_read:
 * @max: how many lines at most
 *
 * Returns: (transfer full) (element-type InbImportLine): the next lines, also those that cannot be taken apart
 */
GPtrArray *
inb_import_file_read (InbImportFile *self,
                      guint          max)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_import_line_free);

  while (lines->len < max)
    {
      GError *error = NULL;
      GPtrArray *cells = read_cells (self, &error);
      guint number = inb_csv_reader_get_line (self->reader);
      InbImportLine *line;

      if (cells == NULL && error == NULL)
        break;
      line = cells == NULL ? inb_import_line_new_failed (error, number) : inb_import_line_new (self->map, cells, number);
      count_occurrence (self, line);
      g_ptr_array_add (lines, line);
    }

  return lines;
}

InbImportMap *
inb_import_file_get_map (InbImportFile *self)
{
  return self->map;
}

guint
inb_import_file_get_n_lines (InbImportFile *self)
{
  return self->n_lines;
}

static void
append_samples (InbImportFile *self,
                guint          index,
                GString       *json)
{
  inb_json_append_name (json, "samples");
  g_string_append_c (json, '[');
  for (guint i = 0; i < self->samples->len; i++)
    {
      GPtrArray *cells = g_ptr_array_index (self->samples, i);
      g_autofree char *text = index < cells->len ? inb_field_clean (g_ptr_array_index (cells, index), MAX_SAMPLE, FALSE) : NULL;

      if (i > 0)
        g_string_append_c (json, ',');
      inb_json_append_string (json, text);
    }
  g_string_append_c (json, ']');
}

void
inb_import_file_append_json (InbImportFile *self,
                             GString       *json)
{
  const char delimiter[] = { self->delimiter, '\0' };

  inb_json_append_member (json, "encoding", self->encoding);
  inb_json_append_member (json, "delimiter", self->delimiter == '\t' ? "tab" : delimiter);
  inb_json_append_member_integer (json, "lines", self->n_lines);
  inb_json_append_name (json, "columns");
  g_string_append_c (json, '[');
  for (guint i = 0; i < inb_import_map_get_size (self->map); i++)
    {
      const InbImportColumn *column = inb_import_map_get (self->map, i);

      g_string_append (json, i == 0 ? "{" : ",{");
      inb_json_append_member (json, "name", column->name);
      inb_json_append_member (json, "target", column->target);
      inb_json_append_member_boolean (json, "is_given", column->is_given);
      append_samples (self, i, json);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

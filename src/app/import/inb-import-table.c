#define G_LOG_DOMAIN "inb-app"

#include "inb-import-table.h"

#include "inb-csv-reader.h"
#include "inb-csv.h"
#include "inb-error.h"
#include "inb-import-map.h"

#include <glib/gi18n.h>

struct _InbImportTable {
  GObject       parent_instance;

  /* Owned */
  GBytes       *bytes;      /* as in the file */
  GBytes       *text;
  GPtrArray    *columns;    /* (element-type utf8) */
  GPtrArray    *samples;    /* (element-type GPtrArray): the cells of the first lines */
  char         *name;

  /* Borrowed */
  const char   *encoding;

  guint         n_lines;    /* below the first */
  char          delimiter;
};

G_DEFINE_FINAL_TYPE (InbImportTable, inb_import_table, G_TYPE_OBJECT)

/* --- on a thread -------------------------------------------------------------------------------------------------------- */

/* What the thread is told. */
typedef struct {
  GFile *file; /* owned */
  char   delimiter;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->file);
  g_free (reading);
}

static GPtrArray *
new_cells (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static gboolean
read_columns (InbImportTable  *self,
              InbCsvReader    *reader,
              GError         **error)
{
  g_autoptr (GPtrArray) cells = new_cells ();
  g_autoptr (GError) problem = NULL;

  if (inb_csv_reader_next (reader, cells, &problem))
    {
      inb_import_map_distinguish (cells);
      self->columns = g_steal_pointer (&cells);
      return TRUE;
    }
  g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY,
                       problem == NULL ? _("The file is empty; its first line has to name the columns")
                                       : _("The first line has to name the columns, and cannot be taken apart: look for a quotation mark that is "
                                           "missing or too many, and for more than 500 columns"));

  return FALSE;
}

/* Lines that cannot be taken apart count as well: the service says what is wrong with them. */
static gboolean
read_lines (InbImportTable  *self,
            InbCsvReader    *reader,
            GCancellable    *cancellable,
            GError         **error)
{
  while (TRUE)
    {
      g_autoptr (GPtrArray) cells = new_cells ();
      g_autoptr (GError) problem = NULL;
      gboolean is_whole = inb_csv_reader_next (reader, cells, &problem);

      if (!is_whole && problem == NULL)
        return TRUE;
      if (++self->n_lines > INB_IMPORT_TABLE_MAX_LINES)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE, _("The file has more than %d lines: import it in parts"),
                       INB_IMPORT_TABLE_MAX_LINES);
          return FALSE;
        }
      if (is_whole && self->samples->len < INB_IMPORT_TABLE_SAMPLES)
        g_ptr_array_add (self->samples, g_steal_pointer (&cells));
      if (self->n_lines % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
}

/* A pipe would never end. */
static gboolean
check_type (GFileInfo  *info,
            GError    **error)
{
  GFileType type = g_file_info_get_file_type (info);

  if (type == G_FILE_TYPE_DIRECTORY)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _("This is a folder. Take one of the files in it."));
  else if (type != G_FILE_TYPE_REGULAR)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _("This is not a file that can be read to its end."));

  return type == G_FILE_TYPE_REGULAR;
}

static gboolean
load (InbImportTable  *self,
      GFile           *file,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE ","
                                                  G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME, G_FILE_QUERY_INFO_NONE, cancellable, &problem);

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED) || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         _("This is not on this computer. Save it here as a file first."));
  else if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  if (info == NULL || !check_type (info, error))
    return FALSE;
  if (g_file_info_get_size (info) > INB_IMPORT_TABLE_MAX_SIZE)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE, _("The file is larger than %d MiB: import it in parts"),
                   INB_IMPORT_TABLE_MAX_SIZE / (1024 * 1024));
      return FALSE;
    }
  self->name = g_strdup (g_file_info_get_display_name (info));
  self->bytes = g_file_load_bytes (file, cancellable, NULL, error);

  return self->bytes != NULL;
}

/* Why in the user's language: mostly it is a spreadsheet's own file. */
static gboolean
decode (InbImportTable  *self,
        GError         **error)
{
  self->text = inb_csv_decode (self->bytes, &self->encoding, NULL);
  if (self->text == NULL)
    g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY,
                         _("This is not a file of text. Spreadsheets save one as “CSV UTF-8”."));

  return self->text != NULL;
}

static void
work (GTask        *task,
      gpointer      source,
      gpointer      task_data,
      GCancellable *cancellable)
{
  const Reading *reading = task_data;
  g_autoptr (InbImportTable) self = g_object_new (INB_TYPE_IMPORT_TABLE, NULL);
  g_autoptr (InbCsvReader) reader = NULL;
  GError *error = NULL;

  if (!load (self, reading->file, cancellable, &error) || !decode (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->delimiter = reading->delimiter != 0 ? reading->delimiter : inb_csv_detect_delimiter (self->text);
  reader = inb_csv_reader_new (self->text, self->delimiter);
  if (!read_columns (self, reader, &error) || !read_lines (self, reader, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* The service decodes for itself; what is shown is in the samples. */
  g_clear_pointer (&self->text, g_bytes_unref);
  g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_import_table_finalize (GObject *object)
{
  InbImportTable *self = INB_IMPORT_TABLE (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_free (self->name);

  G_OBJECT_CLASS (inb_import_table_parent_class)->finalize (object);
}

static void
inb_import_table_class_init (InbImportTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_import_table_finalize;
}

static void
inb_import_table_init (InbImportTable *self)
{
  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_import_table_read_async:
 * @delimiter: what stands between the cells, 0 to find out
 */
void
inb_import_table_read_async (GFile               *file,
                             char                 delimiter,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, inb_import_table_read_async);
  reading = g_new0 (Reading, 1);
  reading->file = g_object_ref (file);
  reading->delimiter = delimiter;
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, work);
}

/**
 * inb_import_table_read_finish:
 *
 * Returns: (transfer full) (nullable): what the file holds
 */
InbImportTable *
inb_import_table_read_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GBytes *
inb_import_table_get_bytes (InbImportTable *self)
{
  return self->bytes;
}

const char *
inb_import_table_get_name (InbImportTable *self)
{
  return self->name;
}

const char *
inb_import_table_get_encoding (InbImportTable *self)
{
  return self->encoding;
}

char
inb_import_table_get_delimiter (InbImportTable *self)
{
  return self->delimiter;
}

guint
inb_import_table_get_n_lines (InbImportTable *self)
{
  return self->n_lines;
}

guint
inb_import_table_get_n_columns (InbImportTable *self)
{
  return self->columns->len;
}

const char *
inb_import_table_get_column (InbImportTable *self,
                             guint           column)
{
  return g_ptr_array_index (self->columns, column);
}

char *
inb_import_table_dup_title (InbImportTable *self,
                            guint           column)
{
  const char *name = inb_import_table_get_column (self, column);

  return inb_import_is_unnamed (name) ? g_strdup_printf (_("Column %u, unnamed"), column + 1) : g_strdup (name);
}

guint
inb_import_table_get_n_samples (InbImportTable *self)
{
  return self->samples->len;
}

const char *
inb_import_table_get_sample (InbImportTable *self,
                             guint           line,
                             guint           column)
{
  const GPtrArray *cells = g_ptr_array_index (self->samples, line);

  return column < cells->len ? inb_csv_skip_apostrophe (g_ptr_array_index (cells, column)) : "";
}

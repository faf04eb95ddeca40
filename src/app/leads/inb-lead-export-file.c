#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-export-file.h"

#include "inb-csv.h"
#include "inb-money.h"
#include "inb-time.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gi18n.h>
#include <unistd.h>

#define PAGE_SIZE 2000

typedef struct {
  /* Owned */
  InbReplica            *replica;
  GArray                *rowids;
  GArray                *columns;
  GFile                 *file;
  GFile                 *temporary;
  GFileOutputStream     *stream;
  GTimeZone             *timezone;
  GHashTable            *members;     /* id → name: what the directory knew at the start, for the writing thread */
  GHashTable            *teams;
  GPtrArray             *page;        /* (element-type InbLeadSummary) being written */

  InbLeadExportProgress  progress;
  gpointer               data;
  guint                  position;
  gint64                 n_written;
  gboolean               contacts;
} Export;

static void read_page (GTask *task);

static void
export_free (gpointer user_data)
{
  Export *export = user_data;

  g_object_unref (export->replica);
  g_array_unref (export->rowids);
  g_array_unref (export->columns);
  g_object_unref (export->file);
  g_object_unref (export->temporary);
  g_clear_object (&export->stream);
  g_time_zone_unref (export->timezone);
  g_hash_table_unref (export->members);
  g_hash_table_unref (export->teams);
  g_clear_pointer (&export->page, g_ptr_array_unref);
  g_free (export);
}

static GHashTable *
copy_names (GHashTable *names)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &id, &name))
    g_hash_table_insert (copy, g_strdup (id), g_strdup (name));

  return copy;
}

/* --- cells: on a thread ------------------------------------------------------------------------------------------------- */

static void
append_time (Export  *export,
             GString *csv,
             gint64   time)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *text = NULL;

  if (time != INB_TIME_NONE)
    {
      utc = g_date_time_new_from_unix_utc (time / INB_TIME_SECOND);
      local = utc != NULL ? g_date_time_to_timezone (utc, export->timezone) : NULL;
      text = local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
    }
  inb_csv_append (csv, text);
}

static void
append_number (GString *csv,
               gint64   number)
{
  char text[24];

  if (number < 0)
    {
      inb_csv_append (csv, NULL);
      return;
    }
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, number);
  inb_csv_append_number (csv, text);
}

static void
append_value (GString              *csv,
              const InbLeadSummary *lead)
{
  g_autofree char *amount = lead->value != INB_TIME_NONE ? inb_money_format (lead->value) : NULL;

  if (amount != NULL)
    inb_csv_append_number (csv, amount);
  else
    inb_csv_append (csv, NULL);
  inb_csv_append (csv, amount != NULL ? lead->currency : NULL);
}

static const char *
find_name (GHashTable *names,
           const char *id)
{
  const char *name = id != NULL ? g_hash_table_lookup (names, id) : NULL;

  return name != NULL ? name : id;
}

static void
append_cell (Export               *export,
             GString              *csv,
             InbLeadSort           column,
             const InbLeadSummary *lead)
{
  switch (inb_lead_column_get_info (column)->kind)
    {
    case INB_COLUMN_STAGE:
      inb_csv_append (csv, lead->stage);
      break;
    case INB_COLUMN_SCORE:
      append_number (csv, lead->lead_score);
      break;
    case INB_COLUMN_TEMPERATURE:
      inb_csv_append (csv, lead->temperature);
      break;
    case INB_COLUMN_MONEY:
      append_value (csv, lead);
      break;
    case INB_COLUMN_TIME:
      append_time (export, csv, inb_lead_column_get_time (column, lead));
      break;
    case INB_COLUMN_DURATION:
      append_number (csv, inb_lead_column_get_response (lead));
      break;
    case INB_COLUMN_TEXT:
    default:
      inb_csv_append (csv, column == INB_LEAD_SORT_OWNER ? find_name (export->members, lead->owner)
                           : column == INB_LEAD_SORT_TEAM ? find_name (export->teams, lead->team)
                           : inb_lead_column_get_text (column, lead, NULL));
    }
}

static void
append_titles (Export  *export,
               GString *csv)
{
  for (guint i = 0; i < export->columns->len; i++)
    {
      InbLeadSort column = g_array_index (export->columns, InbLeadSort, i);

      inb_csv_append (csv, column == INB_LEAD_SORT_RESPONSE ? _("First Response (seconds)")
                           : _(inb_lead_column_get_info (column)->title));
      if (column == INB_LEAD_SORT_VALUE)
        inb_csv_append (csv, _("Currency"));
    }
  /* Whose line it is when the file is imported again. */
  inb_csv_append (csv, export->contacts ? _("Contact ID") : _("ID"));
  inb_csv_end_line (csv);
}

static void
append_lead (Export               *export,
             GString              *csv,
             const InbLeadSummary *lead)
{
  for (guint i = 0; i < export->columns->len; i++)
    append_cell (export, csv, g_array_index (export->columns, InbLeadSort, i), lead);
  inb_csv_append (csv, lead->id);
  inb_csv_end_line (csv);
}

/* --- the file: on a thread ---------------------------------------------------------------------------------------------- */

static gboolean
open_file (Export        *export,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GString) csv = g_string_new (INB_CSV_BOM);

  export->stream = g_file_create (export->temporary, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (export->stream == NULL)
    return FALSE;

  append_titles (export, csv);

  return g_output_stream_write_all (G_OUTPUT_STREAM (export->stream), csv->str, csv->len, NULL, cancellable, error);
}

static gboolean
write_leads (Export        *export,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GString) csv = g_string_sized_new (256 * 1024);

  for (guint i = 0; i < export->page->len; i++)
    {
      const InbLeadSummary *lead = g_ptr_array_index (export->page, i);

      if (lead == NULL)
        continue;
      append_lead (export, csv, lead);
      export->n_written++;
    }

  return g_output_stream_write_all (G_OUTPUT_STREAM (export->stream), csv->str, csv->len, NULL, cancellable, error);
}

/* On the disk before it takes the old one's name. */
static gboolean
finish_file (Export        *export,
             GCancellable  *cancellable,
             GError       **error)
{
  if (G_IS_FILE_DESCRIPTOR_BASED (export->stream) &&
      fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (export->stream))) != 0 && errno != EINVAL)
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));
      return FALSE;
    }

  return g_output_stream_close (G_OUTPUT_STREAM (export->stream), cancellable, error) &&
         g_file_move (export->temporary, export->file, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, error);
}

static void
work (GTask        *task,
      gpointer      source,
      gpointer      task_data,
      GCancellable *cancellable)
{
  Export *export = task_data;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (export->page != NULL)
    done = write_leads (export, cancellable, &error);
  else if (export->stream == NULL)
    done = open_file (export, cancellable, &error);
  else
    done = finish_file (export, cancellable, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
discard (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  Export *export = task_data;

  if (export->stream != NULL)
    {
      g_output_stream_close (G_OUTPUT_STREAM (export->stream), NULL, NULL);
      g_file_delete (export->temporary, NULL, NULL);
    }
  g_task_return_boolean (task, TRUE);
}

/* --- the course of it --------------------------------------------------------------------------------------------------- */

static void
on_discarded (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_error (task, g_error_copy (g_object_get_data (G_OBJECT (result), "inb-error")));
}

/* (error: transfer full) */
static void
fail (GTask  *task,
      GError *error)
{
  GTask *inner = g_task_new (g_task_get_source_object (task), NULL, on_discarded, task);

  g_prefix_error (&error, "%s: ", _("Writing the file"));
  g_object_set_data_full (G_OBJECT (inner), "inb-error", error, (GDestroyNotify) g_error_free);
  g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (inner, discard);
  g_object_unref (inner);
}

/* Runs the next step on a thread; @task, which is handed on, holds what it works with. */
static void
run_work (GTask               *task,
          GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) inner = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), callback, task);

  g_task_set_task_data (inner, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (inner, work);
}

static void
on_finished (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, error);
      return;
    }
  g_task_return_int (task, (gssize) export->n_written);
  g_object_unref (task);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&export->page, g_ptr_array_unref);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, error);
      return;
    }
  if (export->progress != NULL)
    export->progress (export->position, export->rowids->len, export->data);
  read_page (task);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  export->page = inb_replica_load_finish (INB_REPLICA (source), result, &error);
  if (export->page == NULL)
    {
      fail (task, error);
      return;
    }
  export->position += export->page->len;
  run_work (task, on_written);
}

static void
read_page (GTask *task)
{
  Export *export = g_task_get_task_data (task);
  guint n_rows = MIN (export->rowids->len - export->position, PAGE_SIZE);

  if (n_rows == 0)
    {
      run_work (task, on_finished);
      return;
    }
  inb_replica_load_async (export->replica, &g_array_index (export->rowids, gint64, export->position), n_rows,
                          g_task_get_cancellable (task), on_read, task);
}

static GFile *
make_temporary (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *temporary = g_strdup_printf (".%s.%08x", name, g_random_int ());

  return folder != NULL ? g_file_get_child (folder, temporary) : g_object_ref (file);
}

/**
 * inb_lead_export_file_async:
 * @rowids: (element-type gint64): which leads, in this order
 * @columns: (element-type InbLeadSort): what of them; the value is followed by its currency
 * @timezone: times are written with its offset
 * @file: where to; replaced only when all went well
 *
 * Reading and writing happen on threads.
 */
void
inb_lead_export_file_async (InbReplica            *replica,
                            InbDirectory          *directory,
                            GTimeZone             *timezone,
                            GArray                *rowids,
                            GArray                *columns,
                            gboolean               contacts,
                            GFile                 *file,
                            InbLeadExportProgress  progress,
                            gpointer               data,
                            GCancellable          *cancellable,
                            GAsyncReadyCallback    callback,
                            gpointer               user_data)
{
  GTask *task;
  Export *export;

  g_return_if_fail (INB_IS_REPLICA (replica) && INB_IS_DIRECTORY (directory) && G_IS_FILE (file));
  g_return_if_fail (rowids != NULL && columns != NULL && columns->len > 0);

  task = g_task_new (replica, cancellable, callback, user_data);
  g_task_set_source_tag (task, inb_lead_export_file_async);
  export = g_new0 (Export, 1);
  export->replica = g_object_ref (replica);
  export->rowids = g_array_ref (rowids);
  export->columns = g_array_ref (columns);
  export->contacts = contacts;
  export->timezone = g_time_zone_ref (timezone);
  export->members = copy_names (inb_directory_get_member_names (directory));
  export->teams = copy_names (inb_directory_get_team_names (directory));
  export->file = g_object_ref (file);
  export->temporary = make_temporary (file);
  export->progress = progress;
  export->data = data;
  g_task_set_task_data (task, export, export_free);
  run_work (task, on_written);
}

/**
 * inb_lead_export_file_finish:
 *
 * Returns: how many leads were written, or -1
 */
gint64
inb_lead_export_file_finish (InbReplica    *replica,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, replica), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

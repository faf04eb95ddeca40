#define G_LOG_DOMAIN "inb-app"

#include "inb-import-order.h"

#include "inb-error.h"
#include "inb-import-map.h"
#include "inb-json.h"
#include "inb-uuid.h"

/* Of a column's name there may be several; what is said of the first must not be said again. */
static char *
make_mapping (InbImportTable  *table,
              InbImportFields *fields,
              GArray          *choice)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) json = g_string_new ("{");

  for (guint i = 0; i < choice->len; i++)
    {
      const char *name = inb_import_table_get_column (table, i);
      g_autofree char *guess = inb_import_guess (name);
      g_autofree char *target = inb_import_fields_dup_target (fields, g_array_index (choice, guint, i), name);

      if (!g_hash_table_add (seen, (gpointer) name) || g_str_equal (guess, target) || !inb_import_map_has_target (target))
        continue;
      inb_json_append_member (json, name, target);
    }
  if (json->len == 1)
    return NULL;
  g_string_append_c (json, '}');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/**
 * inb_import_order_new:
 *
 * Returns: (transfer full): not sent yet
 */
InbImportOrder *
inb_import_order_new (InbImportTable  *table,
                      InbImportFields *fields,
                      GArray          *choice,
                      const char      *source)
{
  InbImportOrder *self;

  g_return_val_if_fail (INB_IS_IMPORT_TABLE (table) && INB_IS_IMPORT_FIELDS (fields), NULL);
  g_return_val_if_fail (choice != NULL && choice->len == inb_import_table_get_n_columns (table), NULL);

  self = g_new0 (InbImportOrder, 1);
  self->table = g_object_ref (table);
  self->id = inb_uuid_new_v7 ();
  self->mapping = make_mapping (table, fields, choice);
  self->source = g_strdup (source);

  return self;
}

void
inb_import_order_free (InbImportOrder *self)
{
  g_object_unref (self->table);
  g_free (self->id);
  g_free (self->mapping);
  g_free (self->source);
  g_free (self);
}

/* --- asking the service ------------------------------------------------------------------------------------------------- */

typedef struct {
  /* Owned */
  InbImportOutcome  *outcome;  /* once the service has said it */
  GError            *error;    /* what it said instead */

  InbImportProgress  progress;
  gpointer           data;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_clear_pointer (&sending->outcome, inb_import_outcome_unref);
  g_clear_error (&sending->error);
  g_free (sending);
}

static void
add_parameter (GString    *path,
               const char *name,
               const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append_printf (path, "&%s=", name);
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

static char *
make_path (InbImportOrder *self,
           gboolean        is_trial)
{
  const char delimiter[] = { inb_import_table_get_delimiter (self->table), '\0' };
  GString *path = g_string_new ("/api/import?dry_run=");

  g_string_append_c (path, is_trial ? '1' : '0');
  add_parameter (path, "id", self->id);
  add_parameter (path, "name", inb_import_table_get_name (self->table));
  add_parameter (path, "source", self->source);
  add_parameter (path, "mapping", self->mapping);
  add_parameter (path, "delimiter", *delimiter == '\t' ? "tab" : delimiter);

  return g_string_free (path, FALSE);
}

static GError *
read_error (JsonObject *object)
{
  const char *message = inb_json_get_string (object, "message");
  InbErrorCode code = INB_ERROR_UNAVAILABLE;

  inb_error_from_name (inb_json_get_string (object, "code"), &code);

  return g_error_new_literal (INB_ERROR, (int) code, message != NULL ? message : "");
}

static void
on_line (JsonObject *line,
         gpointer    data)
{
  Sending *sending = data;
  JsonObject *progress = inb_json_get_object (line, "progress");
  JsonObject *result = inb_json_get_object (line, "result");
  JsonObject *error = inb_json_get_object (line, "error");

  if (progress != NULL && sending->progress != NULL)
    sending->progress ((guint) inb_json_get_integer (progress, "lines", 0), (guint) inb_json_get_integer (progress, "of", 0),
                       sending->data);
  if (result != NULL && sending->outcome == NULL)
    sending->outcome = inb_import_outcome_new (result);
  if (error != NULL && sending->error == NULL)
    sending->error = read_error (error);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  if (!inb_sync_client_upload_finish (INB_SYNC_CLIENT (source), result, &error))
    g_task_return_error (task, error);
  else if (sending->error != NULL)
    g_task_return_error (task, g_steal_pointer (&sending->error));
  else if (sending->outcome != NULL)
    g_task_return_pointer (task, g_steal_pointer (&sending->outcome), (GDestroyNotify) inb_import_outcome_unref);
  else
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_CONNECTION, "The connection to the server broke off");
}

/**
 * inb_import_order_send_async:
 * @is_trial: nothing is written, only said what would be
 * @progress: (nullable): main loop; not called any more once @callback is
 */
void
inb_import_order_send_async (InbImportOrder      *self,
                             InbSyncClient       *client,
                             gboolean             is_trial,
                             InbImportProgress    progress,
                             gpointer             data,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autofree char *path = NULL;
  GTask *task;
  Sending *sending;

  g_return_if_fail (self != NULL && INB_IS_SYNC_CLIENT (client));

  path = make_path (self, is_trial);
  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, inb_import_order_send_async);
  sending = g_new0 (Sending, 1);
  sending->progress = progress;
  sending->data = data;
  g_task_set_task_data (task, sending, sending_free);
  inb_sync_client_upload_async (client, path, "text/csv", inb_import_table_get_bytes (self->table), on_line, sending, cancellable, on_sent,
                                task);
}

/**
 * inb_import_order_send_finish:
 *
 * Returns: (transfer full) (nullable): what became of the lines
 */
InbImportOutcome *
inb_import_order_send_finish (InbSyncClient  *client,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

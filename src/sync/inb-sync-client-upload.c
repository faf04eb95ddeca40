#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-client-private.h"

#include "inb-error.h"
#include "inb-json.h"

#define MAX_QUICK (32 * 1024) /* bytes that take no time to speak of; a report lists the lines that were refused */

/* An upload whose answer is being read. */
typedef struct {
  /* Owned */
  GDataInputStream *stream;

  InbSyncLineFunc   func;
  gpointer          data;
} Upload;

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_clear_object (&upload->stream);
  g_free (upload);
}

/* A server that goes in the middle of its answer. */
static void
return_broken (GTask  *task,
               GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_new_error (task, INB_ERROR, INB_ERROR_CONNECTION, "The connection to the server broke off: %s", error->message);
  g_error_free (error);
}

/* Runs on a thread when the line is long. */
static void
parse_line (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  GBytes *line = task_data;
  GError *error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (line, &length);
  JsonNode *node = inb_json_parse (text, length, &error);

  if (node != NULL)
    {
      g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
      return;
    }
  g_prefix_error (&error, "The server's answer: ");
  g_task_return_error (task, error);
}

static void read_line (GTask *task);

static void
on_parsed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonNode) node = g_task_propagate_pointer (G_TASK (result), &error);

  if (node == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  if (JSON_NODE_HOLDS_OBJECT (node))
    upload->func (json_node_get_object (node), upload->data);
  read_line (g_steal_pointer (&task));
}

static void
on_line (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) parsing = NULL;
  GError *error = NULL;
  gsize length = 0;
  char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, &length, &error);

  if (error != NULL)
    {
      return_broken (task, error);
      return;
    }
  if (line == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  parsing = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), on_parsed, g_object_ref (task));
  g_task_set_task_data (parsing, g_bytes_new_take (line, length), (GDestroyNotify) g_bytes_unref);
  if (length > MAX_QUICK)
    g_task_run_in_thread (parsing, parse_line);
  else
    parse_line (parsing, NULL, g_task_get_task_data (parsing), NULL);
}

/* (task: transfer full) */
static void
read_line (GTask *task)
{
  Upload *upload = g_task_get_task_data (task);

  g_data_input_stream_read_line_async (upload->stream, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_line, task);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Upload *upload = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GInputStream) stream = inb_sync_http_upload_finish (INB_SYNC_HTTP (source), result, &error);

  if (stream == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  upload->stream = g_data_input_stream_new (stream);
  read_line (g_steal_pointer (&task));
}

/**
 * inb_sync_client_upload_async:
 * @path: of the API, with or without a query
 * @type: what @body is
 * @func: main loop; not called any more once @callback is
 *
 * Nothing is tried again: who asked is told.
 */
void
inb_sync_client_upload_async (InbSyncClient       *self,
                              const char          *path,
                              const char          *type,
                              GBytes              *body,
                              InbSyncLineFunc      func,
                              gpointer             data,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autofree char *whole = NULL;
  GTask *task;
  Upload *upload;

  g_return_if_fail (INB_IS_SYNC_CLIENT (self) && path != NULL && type != NULL && body != NULL && func != NULL);

  whole = inb_sync_client_add_workspace (self, path);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, inb_sync_client_upload_async);
  upload = g_new0 (Upload, 1);
  upload->func = func;
  upload->data = data;
  g_task_set_task_data (task, upload, upload_free);
  inb_sync_http_upload_async (self->http, whole, type, body, cancellable, on_answer, task);
}

/**
 * inb_sync_client_upload_finish:
 *
 * Returns: whether the answer came to its end; errors as inb_sync_client_request_finish() has them
 */
gboolean
inb_sync_client_upload_finish (InbSyncClient  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-fetch.h"

/* Smaller answers are parsed where they are: quicker than waking a thread. */
#define THREAD_THRESHOLD (16 * 1024)

typedef struct {
  GBytes         *body;
  InbSyncParse    parse;
  GDestroyNotify  free_result;
  gint64          retry_after_ms;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_clear_pointer (&fetch->body, g_bytes_unref);
  g_free (fetch);
}

static void
run_parse (GTask        *task,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  GError *error = NULL;
  gpointer result = fetch->parse (fetch->body, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, fetch->free_result);
  else
    g_task_return_error (task, error);
}

static void
on_parsed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  if (value != NULL)
    g_task_return_pointer (task, value, fetch->free_result);
  else
    g_task_return_error (task, error);
}

static void
on_body (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) parse_task = NULL;
  Fetch *fetch = g_task_get_task_data (task);
  Fetch *parse_fetch;
  GError *error = NULL;
  g_autoptr (GBytes) body = inb_sync_http_get_finish (INB_SYNC_HTTP (source), result, &fetch->retry_after_ms, &error);

  if (body == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  parse_fetch = g_new0 (Fetch, 1);
  parse_fetch->body = g_bytes_ref (body);
  parse_fetch->parse = fetch->parse;
  parse_fetch->free_result = fetch->free_result;
  /* Without a source object: the thread may drop the last reference. */
  parse_task = g_task_new (NULL, g_task_get_cancellable (task), on_parsed, g_object_ref (task));
  g_task_set_task_data (parse_task, parse_fetch, (GDestroyNotify) fetch_free);
  if (g_bytes_get_size (body) > THREAD_THRESHOLD)
    g_task_run_in_thread (parse_task, run_parse);
  else
    run_parse (parse_task, NULL, parse_fetch, NULL);
}

/**
 * inb_sync_fetch_async:
 * @parse: runs on a thread when the answer is large
 */
void
inb_sync_fetch_async (InbSyncHttp         *http,
                      const char          *path,
                      InbSyncParse         parse,
                      GDestroyNotify       free_result,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (http, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->parse = parse;
  fetch->free_result = free_result;
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  inb_sync_http_get_async (http, path, cancellable, on_body, task);
}

/**
 * inb_sync_fetch_finish:
 * @retry_after_ms: (out): how long the server asked to wait, or 0
 *
 * Returns: (transfer full) (nullable): what the parser made
 */
gpointer
inb_sync_fetch_finish (InbSyncHttp   *http,
                       GAsyncResult  *result,
                       gint64        *retry_after_ms,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, http), NULL);

  *retry_after_ms = ((Fetch *) g_task_get_task_data (G_TASK (result)))->retry_after_ms;

  return g_task_propagate_pointer (G_TASK (result), error);
}

#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-lead.h"

#include "inb-sync-fetch.h"
#include "inb-sync-parse.h"

static void
on_lead_stored (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (inb_replica_store_finish (INB_REPLICA (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_lead_fetched (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbReplica *replica = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = NULL;
  GError *error = NULL;
  gint64 retry_after_ms;

  rows = inb_sync_fetch_finish (INB_SYNC_HTTP (source), result, &retry_after_ms, &error);
  if (rows == NULL)
    {
      g_prefix_error (&error, "Fetching a lead: ");
      g_task_return_error (task, error);
      return;
    }

  inb_replica_store_async (replica, rows, on_lead_stored, g_steal_pointer (&task));
}

/**
 * inb_sync_lead_fetch:
 * @task: (transfer full): returns a boolean; its task data is used
 */
void
inb_sync_lead_fetch (InbSyncHttp *http,
                     InbReplica  *replica,
                     const char  *workspace_id,
                     const char  *lead_id,
                     GTask       *task)
{
  g_autofree char *id = g_uri_escape_string (lead_id, NULL, FALSE);
  g_autofree char *workspace = g_uri_escape_string (workspace_id, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/api/inbound-leads/%s?workspace_id=%s", id, workspace);

  g_task_set_task_data (task, g_object_ref (replica), g_object_unref);
  inb_sync_fetch_async (http, path, (InbSyncParse) inb_sync_parse_lead, (GDestroyNotify) g_ptr_array_unref,
                        g_task_get_cancellable (task), on_lead_fetched, task);
}

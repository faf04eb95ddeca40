#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-pages.h"

#define PAGE_SIZE 1000

typedef struct {
  /* Owned */
  GArray          *rowids;

  InbLeadPageFunc  func;
  gpointer         data;
  guint            position;
} Walk;

static void read_page (GTask *task);

static void
walk_free (gpointer data)
{
  Walk *walk = data;

  g_array_unref (walk->rowids);
  g_free (walk);
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Walk *walk = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leads = inb_replica_load_finish (INB_REPLICA (source), result, &error);

  if (leads == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }

  walk->func (leads, walk->data);
  walk->position += leads->len;
  read_page (task);
}

static void
read_page (GTask *task)
{
  Walk *walk = g_task_get_task_data (task);
  guint n_rows = MIN (walk->rowids->len - walk->position, PAGE_SIZE);

  if (n_rows == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  inb_replica_load_async (g_task_get_source_object (task), &g_array_index (walk->rowids, gint64, walk->position), n_rows,
                          g_task_get_cancellable (task), on_page, task);
}

/**
 * inb_lead_pages_walk_async:
 * @rowids: (element-type gint64): what to read, in this order
 * @func: gets each page
 */
void
inb_lead_pages_walk_async (InbReplica          *replica,
                           GArray              *rowids,
                           InbLeadPageFunc      func,
                           gpointer             data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;
  Walk *walk;

  g_return_if_fail (INB_IS_REPLICA (replica) && rowids != NULL && func != NULL);

  task = g_task_new (replica, cancellable, callback, user_data);
  g_task_set_source_tag (task, inb_lead_pages_walk_async);
  walk = g_new0 (Walk, 1);
  walk->rowids = g_array_ref (rowids);
  walk->func = func;
  walk->data = data;
  g_task_set_task_data (task, walk, walk_free);
  read_page (task);
}

gboolean
inb_lead_pages_walk_finish (InbReplica    *replica,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, replica), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-service-undo.h"

#include "inb-error.h"
#include "inb-json.h"

/* The service answers when all is done; a large group takes longer than a connection is waited for, and asking again is a repeat. */
#define LONG_TRY (10 * G_TIME_SPAN_SECOND)
#define MAX_TRIES 30

typedef struct {
  /* Owned */
  char            *path;

  InbGroupOutcome  outcome;
  gint64           began_at;  /* monotonic, of the current try */
  guint            n_tries;
} Undo;

static void try (GTask *task);

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_free (undo->path);
  g_free (undo);
}

static void
read_answer (Undo   *undo,
             GBytes *answer)
{
  g_autoptr (JsonNode) node = inb_json_parse (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return;
  undo->outcome.n_applied = (guint) inb_json_get_integer (object, "changed", 0);
  undo->outcome.n_conflicts = (guint) inb_json_get_integer (object, "conflicts", 0);
  undo->outcome.n_rejected = (guint) inb_json_get_integer (object, "rejected", 0);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Undo *undo = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) answer = inb_sync_client_request_finish (INB_SYNC_CLIENT (source), result, &error);

  if (answer != NULL)
    {
      read_answer (undo, answer);
      g_task_return_boolean (task, TRUE);
    }
  else if (g_error_matches (error, INB_ERROR, INB_ERROR_CONNECTION) && undo->n_tries < MAX_TRIES &&
           g_get_monotonic_time () - undo->began_at > LONG_TRY)
    {
      g_error_free (error);
      try (g_steal_pointer (&task));
    }
  else
    {
      g_task_return_error (task, error);
    }
}

/* (task: transfer full) */
static void
try (GTask *task)
{
  Undo *undo = g_task_get_task_data (task);

  undo->n_tries++;
  undo->began_at = g_get_monotonic_time ();
  inb_sync_client_request_async (g_task_get_source_object (task), "POST", undo->path, NULL, NULL, on_answer, task);
}

/**
 * inb_service_undo_async:
 * @group: a UUID
 */
void
inb_service_undo_async (InbSyncClient       *client,
                        const char          *group,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Undo *undo;

  g_return_if_fail (INB_IS_SYNC_CLIENT (client) && group != NULL);

  task = g_task_new (client, NULL, callback, user_data);
  g_task_set_source_tag (task, inb_service_undo_async);
  undo = g_new0 (Undo, 1);
  undo->path = g_strdup_printf ("/api/groups/%s/undo", group);
  g_task_set_task_data (task, undo, undo_free);
  try (task);
}

/**
 * inb_service_undo_finish:
 * @outcome: (out): what came of it
 *
 * Returns: whether it was taken back, as far as nobody wrote since
 */
gboolean
inb_service_undo_finish (InbSyncClient    *client,
                         GAsyncResult     *result,
                         InbGroupOutcome  *outcome,
                         GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client) && outcome != NULL, FALSE);

  *outcome = ((Undo *) g_task_get_task_data (G_TASK (result)))->outcome;

  return g_task_propagate_boolean (G_TASK (result), error);
}

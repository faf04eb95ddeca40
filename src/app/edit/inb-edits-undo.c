#define G_LOG_DOMAIN "inb-app"

#include "inb-edits-private.h"

#include "inb-error.h"
#include "inb-service-undo.h"

#include <glib/gi18n.h>

static void
return_failure (GTask        *task,
                const GError *error)
{
  InbEdits *self = g_task_get_source_object (task);
  InbEditsDeed *deed = g_task_get_task_data (task);

  /* What is too long ago need not be offered again. */
  if (!g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND))
    inb_edits_push_step (self, deed->undoes, deed->label);
  inb_edits_fail (self, error);
  g_task_return_boolean (task, FALSE);
}

static void
on_undone (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbEdits *self = g_task_get_source_object (task);
  InbEditsDeed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_replica_edit_finish (INB_REPLICA (source), result, &error);

  if (group == NULL)
    {
      return_failure (task, error);
      return;
    }

  g_signal_emit_by_name (self, "undone", group, deed->label);
  inb_edit_outcomes_watch (self->outcomes, group, TRUE);
  g_task_return_boolean (task, TRUE);
}

static void
on_undone_at_service (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbEdits *self = g_task_get_source_object (task);
  InbEditsDeed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  InbGroupOutcome outcome;

  if (!inb_service_undo_finish (INB_SYNC_CLIENT (source), result, &outcome, &error))
    {
      return_failure (task, error);
      return;
    }

  g_hash_table_remove (self->at_service, deed->undoes);
  g_signal_emit_by_name (self, "undone", deed->undoes, deed->label);
  message = inb_edit_outcomes_describe_undo (&outcome);
  if (message != NULL)
    g_signal_emit_by_name (self, "reported", message);
  g_task_return_boolean (task, TRUE);
}

/**
 * inb_edits_note_at_service:
 * @group: what the service knows it by
 * @label: what was done, for the user
 */
void
inb_edits_note_at_service (InbEdits   *self,
                           const char *group,
                           const char *label)
{
  g_return_if_fail (INB_IS_EDITS (self) && INB_IS_SYNC_CLIENT (self->client));
  g_return_if_fail (group != NULL && label != NULL);

  g_free (inb_edits_take_step (self, group));
  g_hash_table_add (self->at_service, g_strdup (group));
  inb_edits_push_step (self, group, label);
  g_signal_emit_by_name (self, "done", group, label, FALSE);
}

/**
 * inb_edits_undo:
 *
 * Takes the newest step back; without one nothing happens.
 */
void
inb_edits_undo (InbEdits *self)
{
  g_autofree char *group = NULL;

  g_return_if_fail (INB_IS_EDITS (self));

  /* The step goes with what it has. */
  group = g_strdup (inb_edit_steps_get_group (self->steps));
  if (group != NULL)
    inb_edits_undo_group (self, group);
}

/**
 * inb_edits_undo_group:
 * @group: of this session; one that was taken back already is passed over
 */
void
inb_edits_undo_group (InbEdits   *self,
                      const char *group)
{
  g_autofree char *done = NULL;
  g_autofree char *label = NULL;
  GTask *task;
  InbEditsDeed *deed;

  g_return_if_fail (INB_IS_EDITS (self) && group != NULL);

  done = inb_edits_take_step (self, group);
  if (done == NULL)
    return;

  deed = g_new0 (InbEditsDeed, 1);
  deed->label = g_strdup (done);
  deed->undoes = g_strdup (group);
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, deed, (GDestroyNotify) inb_edits_deed_free);
  if (g_hash_table_contains (self->at_service, group))
    {
      inb_service_undo_async (self->client, deed->undoes, on_undone_at_service, task);
      return;
    }
  /* Translators: "Undo: Stage of 12 leads" */
  label = g_strdup_printf (_("Undo: %s"), done);
  inb_replica_undo_async (self->replica, group, label, on_undone, task);
}

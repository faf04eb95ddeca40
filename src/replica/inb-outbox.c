#define G_LOG_DOMAIN "inb-replica"

#include "inb-outbox.h"

#include "inb-replica-private.h"

static void
ask (InbReplica          *self,
     InbReplicaWriteVerb  verb,
     InbOutboxRequest    *request,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  inb_replica_write_async (self, verb, request, (GDestroyNotify) inb_outbox_request_free,
                           g_task_new (self, NULL, callback, user_data));
}

static void
on_told (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("%s", error->message);
}

/**
 * inb_replica_set_actor:
 * @user_id: whose edits they are from now on
 * @name: as activities carry it
 *
 * Entries of another person are neither shown nor sent until that person is back.
 */
void
inb_replica_set_actor (InbReplica *self,
                       const char *user_id,
                       const char *name,
                       InbRole     role)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self) && user_id != NULL);

  if (g_strcmp0 (self->actor.user_id, user_id) == 0 && g_strcmp0 (self->actor.name, name) == 0 && self->actor.role == role)
    return;

  inb_outbox_actor_clear (&self->actor);
  self->actor.user_id = g_strdup (user_id);
  self->actor.name = g_strdup (name);
  self->actor.role = role;
  request = inb_outbox_request_new ();
  request->user_id = g_strdup (user_id);
  request->user_name = g_strdup (name);
  request->role = role;
  ask (self, INB_REPLICA_WRITE_SET_ACTOR, request, on_told, NULL);
  g_signal_emit_by_name (self, "actor-changed");
}

/**
 * inb_replica_get_role:
 *
 * Returns: what the person may do here; %INB_ROLE_NONE until the server said so for the first time
 */
InbRole
inb_replica_get_role (InbReplica *self)
{
  g_return_val_if_fail (INB_IS_REPLICA (self), INB_ROLE_NONE);

  return self->actor.role;
}

/**
 * inb_replica_get_actor_id:
 *
 * Returns: (transfer none) (nullable): the user id; valid until "actor-changed"
 */
const char *
inb_replica_get_actor_id (InbReplica *self)
{
  g_return_val_if_fail (INB_IS_REPLICA (self), NULL);

  return self->actor.user_id;
}

InbOutboxCounts
inb_replica_get_outbox_counts (InbReplica *self)
{
  g_return_val_if_fail (INB_IS_REPLICA (self), ((InbOutboxCounts) { 0, 0, 0 }));

  return self->counts;
}

/**
 * inb_replica_edit_async:
 * @edit: not to be changed any more
 *
 * Keeps what the user did, and shows it.
 */
void
inb_replica_edit_async (InbReplica          *self,
                        InbEdit             *edit,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self) && edit != NULL);

  request = inb_outbox_request_new ();
  request->edit = inb_edit_ref (edit);
  ask (self, INB_REPLICA_WRITE_EDIT, request, callback, user_data);
}

/**
 * inb_replica_edit_finish:
 *
 * Returns: (transfer full) (nullable): the group's id: it is on the disk; or %NULL, and nothing was done
 */
char *
inb_replica_edit_finish (InbReplica    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_undo_async:
 * @group: what is taken back
 * @label: what undoing the undo calls it
 *
 * Finished by inb_replica_edit_finish(); %INB_ERROR_NOT_FOUND when there is nothing to take back any more.
 */
void
inb_replica_undo_async (InbReplica          *self,
                        const char          *group,
                        const char          *label,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self) && group != NULL && label != NULL);

  request = inb_outbox_request_new ();
  request->id = g_strdup (group);
  request->label = g_strdup (label);
  ask (self, INB_REPLICA_WRITE_UNDO, request, callback, user_data);
}

/**
 * inb_replica_peek_outbox_async:
 * @max_bytes: of their JSON, about
 */
void
inb_replica_peek_outbox_async (InbReplica          *self,
                               guint                max,
                               gsize                max_bytes,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self) && max > 0);

  request = inb_outbox_request_new ();
  request->max = max;
  request->max_bytes = max_bytes;
  ask (self, INB_REPLICA_WRITE_PEEK, request, callback, user_data);
}

GPtrArray *
inb_replica_peek_outbox_finish (InbReplica    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_answer_outbox_async:
 * @results: (element-type InbMutationResult): not to be changed any more; of mutations that do not wait they are passed over
 */
void
inb_replica_answer_outbox_async (InbReplica          *self,
                                 GPtrArray           *results,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self) && results != NULL);

  request = inb_outbox_request_new ();
  request->results = g_ptr_array_ref (results);
  ask (self, INB_REPLICA_WRITE_ANSWER, request, callback, user_data);
}

gboolean
inb_replica_answer_outbox_finish (InbReplica    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * inb_replica_list_outbox_async:
 * @entity_id: (nullable): of a row that they concern
 */
void
inb_replica_list_outbox_async (InbReplica          *self,
                               const char          *entity_id,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self));

  request = inb_outbox_request_new ();
  request->id = g_strdup (entity_id);
  ask (self, INB_REPLICA_WRITE_LIST, request, callback, user_data);
}

GPtrArray *
inb_replica_list_outbox_finish (InbReplica    *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_replica_resolve_async:
 * @mine: (nullable) (element-type guint): columns; a rejected mutation is sent again as a whole
 */
void
inb_replica_resolve_async (InbReplica          *self,
                           const char          *mutation_id,
                           GArray              *mine,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self) && mutation_id != NULL);

  request = inb_outbox_request_new ();
  request->id = g_strdup (mutation_id);
  request->columns = mine != NULL ? g_array_copy (mine) : NULL;
  ask (self, INB_REPLICA_WRITE_RESOLVE, request, callback, user_data);
}

gboolean
inb_replica_resolve_finish (InbReplica    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
inb_replica_get_group_async (InbReplica          *self,
                             const char          *group,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self) && group != NULL);

  request = inb_outbox_request_new ();
  request->id = g_strdup (group);
  ask (self, INB_REPLICA_WRITE_COUNT_GROUP, request, callback, user_data);
}

gboolean
inb_replica_get_group_finish (InbReplica       *self,
                              GAsyncResult     *result,
                              InbGroupOutcome  *outcome,
                              GError          **error)
{
  g_autofree InbGroupOutcome *counted = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  counted = g_task_propagate_pointer (G_TASK (result), error);
  if (counted == NULL)
    return FALSE;
  *outcome = *counted;

  return TRUE;
}

/**
 * inb_replica_forget_outbox_async:
 * @unsent_too: whether what the server does not have is given up
 *
 * Nothing of what is forgotten can be read on the disk any more.
 */
void
inb_replica_forget_outbox_async (InbReplica          *self,
                                 gboolean             unsent_too,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  InbOutboxRequest *request;

  g_return_if_fail (INB_IS_REPLICA (self));

  request = inb_outbox_request_new ();
  request->unsent_too = unsent_too;
  ask (self, INB_REPLICA_WRITE_FORGET, request, callback, user_data);
}

gboolean
inb_replica_forget_outbox_finish (InbReplica    *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

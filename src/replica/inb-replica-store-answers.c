#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-store-private.h"

#include "inb-error.h"
#include "inb-time.h"

/* An undo asks nobody: what it could not take back is told by its group's outcome. */
static InbOutboxState
get_state (InbReplicaStore          *self,
           const InbOutboxItem      *item,
           const InbMutationResult  *result)
{
  gboolean is_undo = item->mutation->verb == INB_MUTATION_UNDO;

  if (result->status == INB_MUTATION_REJECTED && !is_undo)
    return INB_OUTBOX_REJECTED;
  if (result->status == INB_MUTATION_CONFLICT && !is_undo)
    return INB_OUTBOX_CONFLICT;

  return result->change_seq > self->cursor ? INB_OUTBOX_ANSWERED : INB_OUTBOX_DONE;
}

static gboolean
store_answer (InbReplicaStore          *self,
              const InbOutboxItem      *item,
              const InbMutationResult  *result,
              GError                  **error)
{
  InbOutboxState state = get_state (self, item, result);

  if (state == INB_OUTBOX_DONE)
    return inb_outbox_file_finish (self->outbox, item, result->status, error);

  return inb_outbox_file_set_answer (self->outbox, item, state, result, self->epoch, error);
}

/* Those that wait for an answer; one that came before may come again. */
static GPtrArray *
find_answered (InbReplicaStore *self,
               GPtrArray       *results)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i < results->len; i++)
    {
      const InbMutationResult *result = g_ptr_array_index (results, i);
      InbOutboxItem *item = inb_outbox_index_find (self->index, result->id);

      g_ptr_array_add (items, item != NULL && item->state == INB_OUTBOX_WAITING ? item : NULL);
    }

  return items;
}

static gboolean
store_answers (InbReplicaStore  *self,
               GPtrArray        *items,
               GPtrArray        *results,
               GError          **error)
{
  gboolean done = TRUE;

  if (!inb_outbox_file_begin (self->outbox, error))
    return FALSE;
  for (guint i = 0; done && i < results->len; i++)
    {
      if (g_ptr_array_index (items, i) != NULL)
        done = store_answer (self, g_ptr_array_index (items, i), g_ptr_array_index (results, i), error);
    }

  return inb_outbox_file_end (self->outbox, done, error);
}

/* In memory; whether the item's rows change by it. */
static gboolean
take_answer (InbReplicaStore    *self,
             InbOutboxItem      *item,
             InbMutationResult  *result)
{
  item->state = get_state (self, item, result);
  item->result = inb_mutation_result_ref (result);
  item->epoch = g_strdup (self->epoch);

  return item->state != INB_OUTBOX_ANSWERED && (item->state != INB_OUTBOX_CONFLICT || result->change_seq <= self->cursor);
}

/**
 * inb_replica_store_answer:
 * @results: (element-type InbMutationResult): as the server answered
 * @batch: (out) (transfer full) (nullable): what looks different now
 *
 * Returns: whether the answers are in the outbox
 */
gboolean
inb_replica_store_answer (InbReplicaStore   *self,
                          GPtrArray         *results,
                          InbReplicaBatch  **batch,
                          GError           **error)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  if (!inb_replica_store_check_open (self, error))
    return FALSE;
  items = find_answered (self, results);
  if (!store_answers (self, items, results, error))
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      InbOutboxItem *item = g_ptr_array_index (items, i);

      /* Twice in one answer counts once. */
      if (item != NULL && item->state == INB_OUTBOX_WAITING && take_answer (self, item, g_ptr_array_index (results, i)))
        g_ptr_array_add (gone, item);
    }
  self->outbox_changed = TRUE;
  *batch = inb_replica_store_release (self, gone);

  return TRUE;
}

/* The user's values after all. */
static InbMutation *
make_mine (const InbOutboxItem *item,
           GArray              *columns)
{
  g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_UPDATE, item->mutation->kind, item->mutation->entity_id,
                                                       inb_time_now ());

  for (guint i = 0; i < item->result->conflicts->len; i++)
    {
      const InbFieldConflict *conflict = g_ptr_array_index (item->result->conflicts, i);

      for (guint j = 0; j < columns->len; j++)
        {
          if (g_array_index (columns, guint, j) == conflict->column)
            inb_mutation_add_change (mutation, conflict->column, conflict->theirs, conflict->mine);
        }
    }

  return mutation->changes->len > 0 ? g_steal_pointer (&mutation) : NULL;
}

/* The same once more: with another id, as the server knows what it answered to this one. */
static InbMutation *
make_again (const InbOutboxItem *item)
{
  const InbMutation *old = item->mutation;
  InbMutation *mutation = inb_mutation_new (old->verb, old->kind, old->entity_id, inb_time_now ());

  mutation->other_id = g_strdup (old->other_id);
  mutation->undoes = g_strdup (old->undoes);
  for (guint i = 0; i < old->changes->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (old->changes, i);

      if (change->has_base)
        inb_mutation_add_change (mutation, change->column, change->base, change->value);
      else
        inb_mutation_add_blind_change (mutation, change->column, change->value);
    }

  return mutation;
}

static InbOutboxItem *
make_successor (const InbOutboxItem *item,
                GArray              *columns)
{
  g_autoptr (InbMutation) mutation = NULL;
  InbOutboxItem *successor;

  if (columns == NULL)
    return NULL;
  mutation = item->state == INB_OUTBOX_CONFLICT ? make_mine (item, columns) : make_again (item);
  if (mutation == NULL)
    return NULL;

  mutation->group = g_strdup (item->mutation->group);
  successor = inb_outbox_item_new (mutation, item->label);
  successor->actor = g_strdup (item->actor);
  successor->takes_back = g_strdup (item->takes_back);
  inb_outbox_item_find_rows (successor);

  return successor;
}

/* What the server did take of it may still be on its way here. */
static InbOutboxState
get_resolved_state (const InbOutboxItem *item)
{
  return item->state == INB_OUTBOX_CONFLICT && item->bears ? INB_OUTBOX_ANSWERED : INB_OUTBOX_DONE;
}

static gboolean
store_resolution (InbReplicaStore  *self,
                  InbOutboxItem    *item,
                  InbOutboxItem    *successor,
                  GError          **error)
{
  gboolean done;

  if (!inb_outbox_file_begin (self->outbox, error))
    return FALSE;
  if (item->state == INB_OUTBOX_REJECTED)
    done = inb_outbox_file_remove (self->outbox, item, error);
  else if (item->bears)
    done = inb_outbox_file_set_answer (self->outbox, item, INB_OUTBOX_ANSWERED, item->result, item->epoch, error);
  else
    done = inb_outbox_file_finish (self->outbox, item, item->result->status, error);

  return inb_outbox_file_end (self->outbox, done && (successor == NULL || inb_outbox_file_add (self->outbox, successor, error)), error);
}

/**
 * inb_replica_store_resolve:
 * @columns: (nullable): those that get the user's value
 * @batch: (out) (transfer full) (nullable): what looks different now
 *
 * Returns: %FALSE with %INB_ERROR_NOT_FOUND when that mutation neither conflicts nor was rejected
 */
gboolean
inb_replica_store_resolve (InbReplicaStore   *self,
                           const char        *mutation_id,
                           GArray            *columns,
                           InbReplicaBatch  **batch,
                           GError           **error)
{
  InbOutboxItem *item;
  g_autoptr (InbOutboxItem) successor = NULL;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  if (!inb_replica_store_check_open (self, error))
    return FALSE;
  item = inb_outbox_index_find (self->index, mutation_id);
  if (item == NULL || (item->state != INB_OUTBOX_CONFLICT && item->state != INB_OUTBOX_REJECTED))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is nothing to resolve of %s", mutation_id);
      return FALSE;
    }

  successor = make_successor (item, columns);
  if (!store_resolution (self, item, successor, error))
    return FALSE;

  item->state = get_resolved_state (item);
  if (item->state == INB_OUTBOX_DONE)
    g_ptr_array_add (gone, item);
  if (successor != NULL)
    {
      InbOutboxItem *added = g_steal_pointer (&successor);

      inb_outbox_index_add (self->index, added);
      inb_outbox_index_set_bears (self->index, added, TRUE);
    }
  self->outbox_changed = TRUE;
  *batch = inb_replica_store_release (self, gone);

  return TRUE;
}

#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-store-private.h"

#include "inb-edit-freeze.h"
#include "inb-error.h"
#include "inb-uuid.h"

static gboolean
add_items (InbReplicaStore  *self,
           GPtrArray        *items,
           GError          **error)
{
  gboolean done = TRUE;

  if (!inb_outbox_file_begin (self->outbox, error))
    return FALSE;
  for (guint i = 0; done && i < items->len; i++)
    done = inb_outbox_file_add (self->outbox, g_ptr_array_index (items, i), error);

  return inb_outbox_file_end (self->outbox, done, error);
}

/* Takes what is in @items into the outbox, where it stays. */
static gboolean
keep_items (InbReplicaStore  *self,
            GPtrArray        *items,
            GError          **error)
{
  if (items->len == 0)
    return TRUE;
  if (!add_items (self, items, error))
    return FALSE;

  g_ptr_array_set_free_func (items, NULL);
  for (guint i = 0; i < items->len; i++)
    {
      InbOutboxItem *item = g_ptr_array_index (items, i);

      g_clear_pointer (&item->undo, g_free);
      inb_outbox_index_add (self->index, item);
      inb_outbox_index_set_bears (self->index, item, TRUE);
    }
  self->outbox_changed = TRUE;

  return TRUE;
}

static gboolean
begin_edit (InbReplicaStore  *self,
            GError          **error)
{
  gboolean was_stale;

  if (!inb_replica_store_check_open (self, error) || !inb_replica_store_refresh (self, &was_stale, error))
    return FALSE;

  self->everything |= was_stale;

  return TRUE;
}

/* In one transaction, as each look at a row of thousands would lock and unlock the file. */
static GPtrArray *
freeze_edit (InbReplicaStore  *self,
             InbEdit          *edit,
             const char       *group,
             GError          **error)
{
  g_autoptr (GPtrArray) items = NULL;

  if (!inb_sqlite_exec (self->db, "BEGIN", error))
    return NULL;
  items = inb_edit_freeze (edit, group, &self->actor, inb_replica_overlay_get_settings (self->overlay), self->db, error);
  if (!inb_replica_store_end_transaction (self, items != NULL, error))
    return NULL;

  return g_steal_pointer (&items);
}

/**
 * inb_replica_store_edit:
 * @group: (out) (transfer full): its id
 * @batch: (out) (transfer full) (nullable): what looks different now
 *
 * Returns: whether it is in the outbox; else nothing was done
 */
gboolean
inb_replica_store_edit (InbReplicaStore   *self,
                        InbEdit           *edit,
                        char             **group,
                        InbReplicaBatch  **batch,
                        GError           **error)
{
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autoptr (GPtrArray) items = NULL;

  if (!begin_edit (self, error) || !inb_replica_store_catch_up_for_edit (self, edit, error))
    return FALSE;
  items = freeze_edit (self, edit, id, error);
  if (items == NULL || !keep_items (self, items, error))
    return FALSE;

  *group = g_steal_pointer (&id);
  *batch = inb_replica_store_show (self, items);

  return TRUE;
}

/**
 * inb_replica_store_undo:
 * @group: what is taken back
 * @new_group: (out) (transfer full): what takes it back
 * @batch: (out) (transfer full) (nullable): what looks different now
 *
 * Returns: %FALSE with %INB_ERROR_NOT_FOUND when there is nothing to take back, or it was too long ago
 */
gboolean
inb_replica_store_undo (InbReplicaStore   *self,
                        const char        *group,
                        const char        *label,
                        char             **new_group,
                        InbReplicaBatch  **batch,
                        GError           **error)
{
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autoptr (GPtrArray) undos = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (!begin_edit (self, error) || !inb_replica_store_catch_up_for_undo (self, group, error))
    return FALSE;
  undos = inb_outbox_file_list_undos (self->outbox, group, error);
  if (undos == NULL)
    return FALSE;
  if (undos->len == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is nothing to undo");
      return FALSE;
    }

  items = inb_edit_freeze_undo (undos, id, label, &self->actor);
  if (!keep_items (self, items, error))
    return FALSE;

  *new_group = g_steal_pointer (&id);
  *batch = inb_replica_store_show (self, items);

  return TRUE;
}

/**
 * inb_replica_store_set_actor:
 *
 * Another person's entries wait until that person is back.
 */
gboolean
inb_replica_store_set_actor (InbReplicaStore       *self,
                             const InbOutboxActor  *actor,
                             GError               **error)
{
  gboolean is_other = g_strcmp0 (self->actor.user_id, actor->user_id) != 0;

  if (!inb_replica_store_check_open (self, error) || !inb_outbox_file_set_actor (self->outbox, actor, error))
    return FALSE;
  if (is_other)
    return inb_replica_store_reload_outbox (self, error);

  inb_outbox_actor_clear (&self->actor);
  self->actor.user_id = g_strdup (actor->user_id);
  self->actor.name = g_strdup (actor->name);
  self->actor.role = actor->role;
  inb_replica_overlay_set_actor (self->overlay, actor->user_id, actor->name);

  return TRUE;
}

gboolean
inb_replica_store_forget_outbox (InbReplicaStore  *self,
                                 gboolean          unsent_too,
                                 GError          **error)
{
  return inb_replica_store_check_open (self, error) && inb_outbox_file_forget (self->outbox, unsent_too, error) &&
         inb_replica_store_reload_outbox (self, error);
}

/**
 * inb_replica_store_peek:
 *
 * Returns: (transfer full) (element-type InbMutation): the next ones to be sent; at least one if any waits
 */
GPtrArray *
inb_replica_store_peek (InbReplicaStore *self,
                        guint            max,
                        gsize            max_bytes)
{
  GPtrArray *mutations = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_mutation_unref);
  g_autoptr (GString) json = g_string_new (NULL);

  for (const GList *link = inb_outbox_index_get_items (self->index); link != NULL && mutations->len < max; link = link->next)
    {
      const InbOutboxItem *item = link->data;

      if (item->state != INB_OUTBOX_WAITING)
        continue;
      inb_mutation_append_json (item->mutation, json);
      if (json->len > max_bytes && mutations->len > 0)
        break;
      g_ptr_array_add (mutations, inb_mutation_ref (item->mutation));
    }

  return mutations;
}

static gboolean
concerns (const InbOutboxItem *item,
          const char          *entity_id)
{
  for (guint i = 0; i < item->rows->len; i++)
    {
      if (g_str_equal (inb_outbox_key_get_id (g_ptr_array_index (item->rows, i)), entity_id))
        return TRUE;
    }

  return FALSE;
}

/**
 * inb_replica_store_list_outbox:
 * @entity_id: (nullable): of a row that they concern
 *
 * Returns: (transfer full) (element-type InbOutboxEntry): oldest first
 */
GPtrArray *
inb_replica_store_list_outbox (InbReplicaStore *self,
                               const char      *entity_id)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_outbox_entry_free);

  for (const GList *link = inb_outbox_index_get_items (self->index); link != NULL; link = link->next)
    {
      if (entity_id == NULL || concerns (link->data, entity_id))
        g_ptr_array_add (entries, inb_outbox_item_tell (link->data));
    }

  return entries;
}

/**
 * inb_replica_store_count_group:
 *
 * Returns: (transfer full) (nullable): an InbGroupOutcome for g_free()
 */
InbGroupOutcome *
inb_replica_store_count_group (InbReplicaStore  *self,
                               const char       *group,
                               GError          **error)
{
  g_autofree InbGroupOutcome *outcome = g_new0 (InbGroupOutcome, 1);

  if (!inb_replica_store_check_open (self, error) || !inb_outbox_file_count_done (self->outbox, group, outcome, error))
    return NULL;

  for (const GList *link = inb_outbox_index_get_items (self->index); link != NULL; link = link->next)
    {
      const InbOutboxItem *item = link->data;

      if (g_strcmp0 (item->mutation->group, group) != 0)
        continue;
      if (item->state == INB_OUTBOX_WAITING)
        outcome->n_waiting++;
      else if (item->result->status == INB_MUTATION_CONFLICT)
        outcome->n_conflicts++;
      else if (item->result->status == INB_MUTATION_REJECTED)
        outcome->n_rejected++;
      else
        outcome->n_applied++;
    }

  return g_steal_pointer (&outcome);
}

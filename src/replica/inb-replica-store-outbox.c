#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-store-private.h"

#include "inb-error.h"
#include "inb-time.h"

#define PRUNE_INTERVAL (10 * G_TIME_SPAN_MINUTE)

gboolean
inb_replica_store_check_open (InbReplicaStore  *self,
                              GError          **error)
{
  if (self->db != NULL)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "The replica is not open");

  return FALSE;
}

gboolean
inb_replica_store_end_transaction (InbReplicaStore  *self,
                                   gboolean          succeeded,
                                   GError          **error)
{
  if (succeeded && inb_sqlite_exec (self->db, "COMMIT", error))
    return TRUE;

  /* Fails when SQLite has rolled back by itself. */
  inb_sqlite_exec (self->db, "ROLLBACK", NULL);

  return FALSE;
}

/**
 * inb_replica_store_begin:
 *
 * Returns: (transfer full) (nullable): to be ended by inb_replica_store_end()
 */
InbReplicaBatch *
inb_replica_store_begin (InbReplicaStore  *self,
                         GError          **error)
{
  InbReplicaBatch *batch;

  if (!inb_sqlite_exec (self->db, "BEGIN IMMEDIATE", error))
    return NULL;

  batch = inb_replica_batch_new (self->db);
  inb_replica_overlay_begin (self->overlay, batch);

  return batch;
}

/**
 * inb_replica_store_end:
 * @succeeded: %FALSE: @error is set already
 */
gboolean
inb_replica_store_end (InbReplicaStore  *self,
                       InbReplicaBatch  *batch,
                       gboolean          succeeded,
                       GError          **error)
{
  succeeded = succeeded && inb_replica_overlay_finish (self->overlay, error) && inb_replica_batch_finish (batch, error);
  if (!inb_replica_store_end_transaction (self, succeeded, error))
    {
      inb_replica_store_note_failed (self);
      return FALSE;
    }

  inb_replica_analyst_note (self->analyst, batch);
  inb_replica_store_note_written (self);

  return TRUE;
}

/* Whether the rows have to differ from the server's by it. */
static gboolean
must_bear (InbReplicaStore      *self,
           const InbOutboxItem  *item)
{
  if (item->state == INB_OUTBOX_WAITING)
    return TRUE;
  if (item->state != INB_OUTBOX_ANSWERED && item->state != INB_OUTBOX_CONFLICT)
    return FALSE;

  return item->result->change_seq > self->cursor || g_strcmp0 (item->epoch, self->epoch) != 0;
}

static void
set_all_bearing (InbReplicaStore *self)
{
  for (const GList *link = inb_outbox_index_get_items (self->index); link != NULL; link = link->next)
    inb_outbox_index_set_bears (self->index, link->data, must_bear (self, link->data));
}

/* Reads the outbox of whoever edits. */
static gboolean
load_outbox (InbReplicaStore  *self,
             GError          **error)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autofree gpointer *pointers = NULL;
  gsize n_items;

  inb_outbox_index_clear (self->index);
  inb_outbox_actor_clear (&self->actor);
  if (!inb_outbox_file_get_actor (self->outbox, &self->actor, error))
    return FALSE;
  items = inb_outbox_file_load (self->outbox, self->actor.user_id != NULL ? self->actor.user_id : "", error);
  if (items == NULL)
    return FALSE;

  pointers = g_ptr_array_steal (items, &n_items);
  for (gsize i = 0; i < n_items; i++)
    {
      inb_outbox_item_find_rows (pointers[i]);
      inb_outbox_index_add (self->index, pointers[i]);
    }
  set_all_bearing (self);
  inb_replica_overlay_set_actor (self->overlay, self->actor.user_id, self->actor.name);
  self->is_stale = TRUE;
  self->outbox_changed = TRUE;

  return TRUE;
}

static gboolean
salvage (InbReplicaStore  *self,
         const GError     *damage,
         GError          **error)
{
  g_message ("%s", damage->message);
  self->is_salvaged = TRUE;

  return inb_outbox_file_salvage (self->outbox, &self->n_saved, error);
}

/**
 * inb_replica_store_reload_outbox:
 *
 * Reads the outbox again; of a damaged one what can be read.
 */
gboolean
inb_replica_store_reload_outbox (InbReplicaStore  *self,
                                 GError          **error)
{
  g_autoptr (GError) local_error = NULL;

  if (load_outbox (self, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, INB_ERROR, INB_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return salvage (self, local_error, error) && load_outbox (self, error);
}

/**
 * inb_replica_store_mend_outbox:
 * @was_damaged: (out): whether that was it
 *
 * Something was found to be damaged: if it is the outbox, makes a new one of what can be read of it.
 */
gboolean
inb_replica_store_mend_outbox (InbReplicaStore  *self,
                               gboolean         *was_damaged,
                               GError          **error)
{
  g_autoptr (GError) local_error = NULL;

  *was_damaged = !inb_outbox_file_check (self->outbox, &local_error) &&
                 g_error_matches (local_error, INB_ERROR, INB_ERROR_CORRUPT);

  return !*was_damaged || (salvage (self, local_error, error) && load_outbox (self, error));
}

/**
 * inb_replica_store_open_outbox:
 *
 * Opens outbox.db and reads it; with replica.db open.
 */
gboolean
inb_replica_store_open_outbox (InbReplicaStore  *self,
                               GError          **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!inb_outbox_file_open (self->outbox, &local_error))
    {
      if (!g_error_matches (local_error, INB_ERROR, INB_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (!salvage (self, local_error, error))
        return FALSE;
    }

  return inb_replica_store_reload_outbox (self, error);
}

/**
 * inb_replica_store_refresh:
 * @was_stale: (out): whether there was anything to do
 */
gboolean
inb_replica_store_refresh (InbReplicaStore  *self,
                           gboolean         *was_stale,
                           GError          **error)
{
  g_autoptr (InbReplicaBatch) batch = NULL;

  *was_stale = self->is_stale;
  if (!self->is_stale)
    return TRUE;

  set_all_bearing (self);
  batch = inb_replica_store_begin (self, error);
  if (batch == NULL)
    return FALSE;
  if (!inb_replica_store_end (self, batch, inb_replica_overlay_mark_all (self->overlay, error), error))
    return FALSE;
  self->is_stale = FALSE;

  return TRUE;
}

/**
 * inb_replica_store_take_epoch:
 *
 * What another epoch of the server confirmed may be lost with it: it is sent again. A repeat changes nothing.
 */
gboolean
inb_replica_store_take_epoch (InbReplicaStore  *self,
                              const char       *epoch,
                              GError          **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  gboolean done = TRUE;

  if (epoch == NULL || *epoch == '\0')
    return TRUE;

  for (const GList *link = inb_outbox_index_get_items (self->index); link != NULL; link = link->next)
    {
      InbOutboxItem *item = link->data;

      if ((item->state == INB_OUTBOX_ANSWERED || item->state == INB_OUTBOX_CONFLICT) && g_strcmp0 (item->epoch, epoch) != 0)
        g_ptr_array_add (items, item);
    }
  if (items->len == 0)
    return TRUE;

  if (!inb_outbox_file_begin (self->outbox, error))
    return FALSE;
  for (guint i = 0; done && i < items->len; i++)
    done = inb_outbox_file_unanswer (self->outbox, g_ptr_array_index (items, i), error);
  if (!inb_outbox_file_end (self->outbox, done, error))
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      InbOutboxItem *item = g_ptr_array_index (items, i);

      item->state = INB_OUTBOX_WAITING;
      g_clear_pointer (&item->result, inb_mutation_result_unref);
      g_clear_pointer (&item->epoch, g_free);
    }
  self->is_stale = TRUE;
  self->outbox_changed = TRUE;

  return TRUE;
}

/**
 * inb_replica_store_settle:
 * @cursor: where the replica will stand
 *
 * Takes the entries off whose rows have arrived.
 */
void
inb_replica_store_settle (InbReplicaStore *self,
                          gint64           cursor,
                          const char      *epoch)
{
  g_ptr_array_set_size (self->settled, 0);
  for (const GList *link = inb_outbox_index_get_items (self->index); link != NULL; link = link->next)
    {
      InbOutboxItem *item = link->data;

      if ((item->state != INB_OUTBOX_ANSWERED && item->state != INB_OUTBOX_CONFLICT) || item->result->change_seq > cursor ||
          g_strcmp0 (item->epoch, epoch) != 0)
        continue;

      if (item->bears)
        {
          inb_replica_overlay_mark (self->overlay, item);
          inb_outbox_index_set_bears (self->index, item, FALSE);
        }
      if (item->state == INB_OUTBOX_ANSWERED)
        g_ptr_array_add (self->settled, item);
    }
}

static gboolean
write_notes (InbReplicaStore  *self,
             GPtrArray        *undos,
             GError          **error)
{
  gboolean done = TRUE;

  if (!inb_outbox_file_begin (self->outbox, error))
    return FALSE;
  for (guint i = 0; done && i < undos->len; i++)
    done = inb_outbox_file_set_undo (self->outbox, g_ptr_array_index (undos, i), error);
  for (guint i = 0; done && i < self->settled->len; i++)
    {
      const InbOutboxItem *item = g_ptr_array_index (self->settled, i);

      done = inb_outbox_file_finish (self->outbox, item, item->result->status, error);
    }

  return inb_outbox_file_end (self->outbox, done, error);
}

static void
prune (InbReplicaStore *self)
{
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_monotonic_time ();

  if (self->pruned_at != 0 && now < self->pruned_at + PRUNE_INTERVAL)
    return;

  self->pruned_at = now;
  if (!inb_outbox_file_prune (self->outbox, inb_time_now (), &error))
    g_message ("Forgetting what cannot be undone any more: %s", error->message);
}

/**
 * inb_replica_store_note_written:
 *
 * Tells the outbox what the transaction on replica.db has brought. If that fails, or never comes to it, it is found out again.
 */
void
inb_replica_store_note_written (InbReplicaStore *self)
{
  GPtrArray *undos = inb_replica_overlay_get_undos (self->overlay);
  g_autoptr (GError) error = NULL;

  if (undos->len == 0 && self->settled->len == 0)
    return;
  if (!write_notes (self, undos, &error))
    {
      g_message ("%s", error->message);
      for (guint i = 0; i < undos->len; i++)
        inb_outbox_item_drop_undo (g_ptr_array_index (undos, i));
      g_ptr_array_set_size (self->settled, 0);
      return;
    }

  for (guint i = 0; i < undos->len; i++)
    g_clear_pointer (&((InbOutboxItem *) g_ptr_array_index (undos, i))->undo, g_free);
  if (self->settled->len == 0)
    return;

  for (guint i = 0; i < self->settled->len; i++)
    inb_outbox_index_remove (self->index, g_ptr_array_index (self->settled, i));
  g_ptr_array_set_size (self->settled, 0);
  g_ptr_array_set_size (undos, 0);
  self->outbox_changed = TRUE;
  prune (self);
}

/**
 * inb_replica_store_note_failed:
 *
 * What was marked in memory meanwhile is not so on the disk.
 */
void
inb_replica_store_note_failed (InbReplicaStore *self)
{
  g_ptr_array_set_size (self->settled, 0);
  set_all_bearing (self);
  self->is_stale = TRUE;
}

/**
 * inb_replica_store_take_news:
 * @news: (out caller-allocates): what has to be told besides the batches; it is told once
 */
void
inb_replica_store_take_news (InbReplicaStore      *self,
                             InbReplicaStoreNews  *news)
{
  *news = (InbReplicaStoreNews) {
    .counts = inb_outbox_index_count (self->index),
    .n_saved = self->n_saved,
    .is_salvaged = self->is_salvaged,
    .is_damaged = self->is_damaged,
    .outbox_changed = self->outbox_changed,
    .everything = self->everything,
    .has_fresh = self->db != NULL && inb_replica_store_has_fresh (self),
  };
  self->n_saved = 0;
  self->is_salvaged = FALSE;
  self->is_damaged = FALSE;
  self->outbox_changed = FALSE;
  self->everything = FALSE;
}

const InbOutboxActor *
inb_replica_store_get_actor (InbReplicaStore *self)
{
  return &self->actor;
}

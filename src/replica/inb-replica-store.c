#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-store-private.h"

#include "inb-error.h"
#include "inb-log-note.h"
#include "inb-replica-schema.h"
#include "inb-time.h"

/**
 * inb_replica_store_new:
 * @folder: path
 */
InbReplicaStore *
inb_replica_store_new (const char *folder)
{
  InbReplicaStore *self = g_new0 (InbReplicaStore, 1);

  self->folder = inb_replica_folder_new (folder);
  self->reader = inb_replica_reader_new (inb_replica_folder_get_database (self->folder));
  self->analyst = inb_replica_analyst_new (inb_replica_folder_get_database (self->folder));
  self->outbox = inb_outbox_file_new (folder);
  self->index = inb_outbox_index_new ();
  self->overlay = inb_replica_overlay_new (self->index);
  self->settled = g_ptr_array_new ();
  self->epoch = g_strdup ("");

  return self;
}

/**
 * inb_replica_store_free:
 *
 * Closes the file and unlocks the folder; when all threads have ended.
 */
void
inb_replica_store_free (InbReplicaStore *self)
{
  if (self == NULL)
    return;

  /* The writer last: it is the one that may tidy the log up. */
  inb_replica_reader_free (self->reader);
  inb_replica_analyst_free (self->analyst);
  inb_sqlite_free (self->db);
  inb_outbox_file_free (self->outbox);
  inb_replica_overlay_free (self->overlay);
  inb_outbox_index_free (self->index);
  inb_outbox_actor_clear (&self->actor);
  g_ptr_array_unref (self->settled);
  inb_replica_folder_free (self->folder);
  g_free (self->epoch);
  g_free (self->position);
  g_free (self);
}

InbReplicaReader *
inb_replica_store_get_reader (InbReplicaStore *self)
{
  return self->reader;
}

InbReplicaAnalyst *
inb_replica_store_get_analyst (InbReplicaStore *self)
{
  return self->analyst;
}

gint64
inb_replica_store_get_cursor (InbReplicaStore *self)
{
  return self->cursor;
}

const char *
inb_replica_store_get_epoch (InbReplicaStore *self)
{
  return self->epoch;
}

const char *
inb_replica_store_get_position (InbReplicaStore *self)
{
  return self->position;
}

/**
 * inb_replica_store_get_newest:
 *
 * Returns: when the newest lead was made, in microseconds, or %INB_TIME_NONE
 */
gint64
inb_replica_store_get_newest (InbReplicaStore *self)
{
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement;
  gint64 newest = INB_TIME_NONE;

  /* Before the end of the first sync the index is missing, and everything is new. */
  if (self->db == NULL || self->cursor == 0)
    return INB_TIME_NONE;

  statement = inb_sqlite_prepare (self->db, "lead-newest", &error);
  if (statement != NULL && inb_sqlite_step (self->db, statement, &error))
    {
      if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
        newest = sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
    }
  if (error != NULL)
    g_message ("Looking for the newest lead: %s", error->message);

  return newest;
}

static gboolean
load_state (InbReplicaStore  *self,
            GError          **error)
{
  g_autofree char *cursor = NULL;
  g_autofree char *epoch = NULL;
  g_autofree char *position = NULL;

  if (!inb_replica_meta_get (self->db, "cursor", &cursor, error) ||
      !inb_replica_meta_get (self->db, "epoch", &epoch, error) ||
      !inb_replica_meta_get (self->db, "position", &position, error))
    return FALSE;

  self->cursor = cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 0;
  g_free (self->epoch);
  self->epoch = epoch != NULL ? g_steal_pointer (&epoch) : g_strdup ("");
  g_free (self->position);
  self->position = g_steal_pointer (&position);

  return TRUE;
}

static gboolean
save_state (InbReplicaStore  *self,
            gint64            cursor,
            const char       *epoch,
            const char       *position,
            GError          **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, cursor);

  return inb_replica_meta_set (self->db, "cursor", text, error) &&
         inb_replica_meta_set (self->db, "epoch", epoch, error) &&
         inb_replica_meta_set (self->db, "position", position, error);
}

static void
take_state (InbReplicaStore *self,
            gint64           cursor,
            const char      *epoch,
            const char      *position)
{
  g_autofree char *old_epoch = self->epoch;
  g_autofree char *old_position = self->position;

  self->cursor = cursor;
  self->epoch = g_strdup (epoch);
  self->position = g_strdup (position);
}

/* Waits for what they are reading. */
static void
suspend_readers (InbReplicaStore *self)
{
  inb_replica_reader_suspend (self->reader);
  inb_replica_analyst_suspend (self->analyst);
}

static void
resume_readers (InbReplicaStore *self,
                gboolean         is_usable)
{
  inb_replica_analyst_resume (self->analyst, is_usable);
  inb_replica_reader_resume (self->reader, is_usable);
}

static gboolean
try_open (InbReplicaStore  *self,
          GError          **error)
{
  if (!inb_log_note_check (inb_replica_folder_get_database (self->folder), error) ||
      !inb_replica_folder_make_private (self->folder, error))
    return FALSE;

  self->db = inb_sqlite_open (inb_replica_folder_get_database (self->folder), INB_SQLITE_WRITE, error);
  if (self->db != NULL && inb_replica_schema_prepare (self->db, error) && load_state (self, error))
    return TRUE;

  g_clear_pointer (&self->db, inb_sqlite_free);

  return FALSE;
}

/* With the readers suspended. */
static gboolean
open_anew (InbReplicaStore  *self,
           GError          **error)
{
  g_clear_pointer (&self->db, inb_sqlite_free);
  take_state (self, 0, "", NULL);
  self->is_stale = TRUE;

  return inb_replica_folder_set_aside (self->folder, error) && try_open (self, error);
}

/**
 * inb_replica_store_open:
 *
 * Locks the folder and opens the file; one that is damaged, or of another version, is set aside and made anew.
 */
gboolean
inb_replica_store_open (InbReplicaStore  *self,
                        GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean opened;

  g_return_val_if_fail (self->db == NULL, FALSE);

  if (!inb_replica_folder_lock (self->folder, error))
    {
      g_prefix_error (error, "Opening the replica: ");
      return FALSE;
    }

  suspend_readers (self);
  opened = try_open (self, &local_error);
  if (!opened && (g_error_matches (local_error, INB_ERROR, INB_ERROR_CORRUPT) ||
                  g_error_matches (local_error, INB_ERROR, INB_ERROR_SCHEMA_NEWER)))
    {
      g_message ("The replica is made anew: %s", local_error->message);
      g_clear_error (&local_error);
      opened = open_anew (self, &local_error);
    }
  if (opened && !inb_replica_store_open_outbox (self, &local_error))
    {
      g_clear_pointer (&self->db, inb_sqlite_free);
      opened = FALSE;
    }
  resume_readers (self, opened);
  if (!opened)
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "Opening the replica: ");

  return opened;
}

/**
 * inb_replica_store_rebuild:
 *
 * Sets the file aside, as it was found damaged, and makes a new one.
 */
gboolean
inb_replica_store_rebuild (InbReplicaStore  *self,
                           GError          **error)
{
  gboolean opened;

  suspend_readers (self);
  opened = open_anew (self, error);
  resume_readers (self, opened);
  if (!opened)
    g_prefix_error (error, "Making the replica anew: ");

  return opened;
}

/**
 * inb_replica_store_reset:
 * @epoch: "" to wipe: nothing of the workspace stays on the disk
 *
 * Deletes the file and makes a new one: quicker than emptying it, and it leaves nothing behind.
 */
gboolean
inb_replica_store_reset (InbReplicaStore  *self,
                         const char       *epoch,
                         GError          **error)
{
  gboolean done;

  if (!inb_replica_store_check_open (self, error))
    return FALSE;

  suspend_readers (self);
  g_clear_pointer (&self->db, inb_sqlite_free);
  take_state (self, 0, "", NULL);
  self->is_stale = TRUE;
  done = inb_replica_folder_delete (self->folder, error) &&
         (*epoch != '\0' || inb_replica_folder_delete_set_aside (self->folder, 0, error)) &&
         try_open (self, error) &&
         inb_sqlite_exec (self->db, "BEGIN IMMEDIATE", error) &&
         inb_replica_store_end_transaction (self, save_state (self, 0, epoch, NULL, error), error);
  resume_readers (self, self->db != NULL);
  if (done)
    take_state (self, 0, epoch, NULL);
  else
    g_prefix_error (error, "Emptying the replica: ");

  return done;
}

static gboolean
write_rows (InbReplicaStore  *self,
            InbReplicaBatch  *batch,
            GPtrArray        *rows,
            GError          **error)
{
  gboolean is_idle = inb_outbox_index_is_idle (self->index);

  for (guint i = 0; i < rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);

      if (is_idle ? !inb_replica_batch_write (batch, row, error) : !inb_replica_overlay_write (self->overlay, row, error))
        return FALSE;
    }

  return TRUE;
}

static InbReplicaBatch *
write_all (InbReplicaStore  *self,
           GPtrArray        *rows,
           gint64            cursor,
           const char       *epoch,
           const char       *position,
           GError          **error)
{
  g_autoptr (InbReplicaBatch) batch = NULL;
  gboolean written, was_stale;

  /* The end of the first sync: from here on every list has its index. */
  if (self->cursor == 0 && cursor != 0 && !inb_replica_schema_add_orders (self->db, error))
    return NULL;
  if (!inb_replica_store_take_epoch (self, epoch, error) || !inb_replica_store_refresh (self, &was_stale, error))
    return NULL;
  batch = inb_replica_store_begin (self, error);
  if (batch == NULL)
    return NULL;

  written = write_rows (self, batch, rows, error) && save_state (self, cursor, epoch, position, error);
  if (written)
    inb_replica_store_settle (self, cursor, epoch);
  if (!inb_replica_store_end (self, batch, written, error))
    return NULL;
  take_state (self, cursor, epoch, position);
  batch->everything |= was_stale;

  return g_steal_pointer (&batch);
}

static gboolean
check_epoch (InbReplicaStore  *self,
             const char       *epoch,
             GError          **error)
{
  /* An empty replica takes any epoch. */
  if (g_strcmp0 (self->epoch, epoch) == 0 || (*self->epoch == '\0' && self->cursor == 0 && epoch != NULL && *epoch != '\0'))
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_RESYNC, "The replica is of epoch \"%s\", the rows of \"%s\"", self->epoch,
               epoch != NULL ? epoch : "");

  return FALSE;
}

/**
 * inb_replica_store_apply:
 *
 * Returns: (transfer full) (nullable): what changed, or %NULL with %INB_ERROR_CONFLICT, %INB_ERROR_RESYNC,
 *   %INB_ERROR_PROTOCOL, %INB_ERROR_CORRUPT or %INB_ERROR_DISK_FULL, and nothing has changed
 */
InbReplicaBatch *
inb_replica_store_apply (InbReplicaStore   *self,
                         const InbChanges  *changes,
                         GError           **error)
{
  InbReplicaBatch *batch;

  if (!inb_replica_store_check_open (self, error) || !check_epoch (self, changes->epoch, error))
    return NULL;
  if (changes->from != self->cursor || changes->to < changes->from || self->position != NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CONFLICT,
                   "Changes %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " do not follow the cursor %" G_GINT64_FORMAT,
                   changes->from, changes->to, self->cursor);
      return NULL;
    }

  batch = write_all (self, changes->rows, changes->to, changes->epoch, NULL, error);
  if (batch == NULL)
    g_prefix_error (error, "Applying changes: ");

  return batch;
}

/**
 * inb_replica_store_apply_snapshot:
 *
 * Returns: (transfer full) (nullable): what changed
 */
InbReplicaBatch *
inb_replica_store_apply_snapshot (InbReplicaStore        *self,
                                  const InbSnapshotPage  *page,
                                  GError                **error)
{
  InbReplicaBatch *batch;

  if (!inb_replica_store_check_open (self, error) || !check_epoch (self, page->epoch, error))
    return NULL;
  if (self->cursor != 0 || page->head < 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_CONFLICT, "The first sync is over: the cursor is at %" G_GINT64_FORMAT, self->cursor);
      return NULL;
    }

  batch = write_all (self, page->rows, page->position == NULL ? page->head : 0, page->epoch, page->position, error);
  if (batch == NULL)
    g_prefix_error (error, "Storing a page of the first sync: ");
  else if (page->position == NULL)
    batch->everything = TRUE;

  return batch;
}

/**
 * inb_replica_store_add:
 * @rows: (element-type InbRow): fetched by themselves
 *
 * Returns: (transfer full) (nullable): what changed
 */
InbReplicaBatch *
inb_replica_store_add (InbReplicaStore  *self,
                       GPtrArray        *rows,
                       GError          **error)
{
  InbReplicaBatch *batch;

  if (!inb_replica_store_check_open (self, error))
    return NULL;

  batch = write_all (self, rows, self->cursor, self->epoch, self->position, error);
  if (batch == NULL)
    g_prefix_error (error, "Storing rows: ");

  return batch;
}

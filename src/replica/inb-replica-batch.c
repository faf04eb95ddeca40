#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-batch.h"

#include "inb-error.h"
#include "inb-replica-lead.h"
#include "inb-replica-table.h"

InbReplicaBatch *
inb_replica_batch_new (InbSqlite *db)
{
  InbReplicaBatch *self = g_new0 (InbReplicaBatch, 1);

  self->db = db;
  self->counts = inb_replica_counts_new ();
  self->lead_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

void
inb_replica_batch_free (InbReplicaBatch *self)
{
  if (self == NULL)
    return;

  inb_replica_counts_free (self->counts);
  g_hash_table_unref (self->lead_ids);
  g_array_unref (self->rowids);
  g_free (self);
}

/**
 * inb_replica_batch_add_lead:
 * @lead_id: (nullable): a lead that looks different now, or a contact that has none
 */
void
inb_replica_batch_add_lead (InbReplicaBatch *self,
                            const char      *lead_id)
{
  if (lead_id == NULL || self->everything)
    return;

  g_hash_table_add (self->lead_ids, g_strdup (lead_id));
  if (g_hash_table_size (self->lead_ids) > INB_REPLICA_BATCH_MAX_NAMED)
    {
      self->everything = TRUE;
      g_hash_table_remove_all (self->lead_ids);
    }
}

/**
 * inb_replica_batch_remove_contact:
 * @contact_id: (nullable): of a contact that has a lead now, by which it is told
 */
void
inb_replica_batch_remove_contact (InbReplicaBatch *self,
                                  const char      *contact_id)
{
  if (contact_id != NULL)
    g_hash_table_remove (self->lead_ids, contact_id);
}

/**
 * inb_replica_batch_add_row:
 * @rowid: of a lead whose row is another now, or gone
 */
void
inb_replica_batch_add_row (InbReplicaBatch *self,
                           gint64           rowid)
{
  g_array_append_val (self->rowids, rowid);
}

static void
note_kind (InbReplicaBatch *self,
           InbKind          kind)
{
  if (kind == INB_KIND_STAGE)
    self->stages_changed = TRUE;
  else if (kind == INB_KIND_CONTACT)
    self->contacts_changed = TRUE;
  else if (kind == INB_KIND_WORKSPACE)
    self->workspace_changed = TRUE;
  else if (kind == INB_KIND_MEMBER || kind == INB_KIND_TEAM || kind == INB_KIND_WEBHOOK)
    self->names_changed = TRUE;
  else if (kind == INB_KIND_VIEW)
    self->views_changed = TRUE;
}

static gboolean
write_row (InbReplicaBatch  *self,
           const InbRow     *row,
           gint64            rowid,
           GError          **error)
{
  InbKind kind = inb_row_get_kind (row);
  sqlite3_stmt *statement;

  if (rowid == 0)
    statement = inb_replica_table_prepare_insert (self->db, kind, error);
  else
    statement = inb_replica_table_prepare_update (self->db, kind, error);
  if (statement == NULL)
    return FALSE;

  inb_replica_table_bind (statement, row);
  if (rowid != 0)
    sqlite3_bind_int64 (statement, inb_replica_table_get_n_columns (kind) + 1, rowid);

  return inb_sqlite_run (self->db, statement, error);
}

static gboolean
write_other (InbReplicaBatch  *self,
             const InbRow     *row,
             gint64            rowid,
             GError          **error)
{
  if (!write_row (self, row, rowid, error))
    return FALSE;

  note_kind (self, inb_row_get_kind (row));
  if (inb_row_get_kind (row) == INB_KIND_ACTIVITY)
    {
      const char *lead_id = inb_row_get (row, INB_ACTIVITY_LEAD_ID);

      inb_replica_batch_add_lead (self, lead_id != NULL ? lead_id : inb_row_get (row, INB_ACTIVITY_CONTACT_ID));
    }

  return TRUE;
}

static gboolean
put_row (InbReplicaBatch  *self,
         const InbRow     *row,
         gint64            rowid,
         GError          **error)
{
  InbKind kind = inb_row_get_kind (row);

  if (kind == INB_KIND_LEAD)
    return inb_replica_lead_write (self, row, rowid, error);
  if (kind == INB_KIND_CONTACT)
    {
      note_kind (self, kind);
      return write_row (self, row, rowid, error) && inb_replica_lead_take_contact (self, row, error);
    }

  return write_other (self, row, rowid, error);
}

static gboolean
write_tombstone (InbReplicaBatch  *self,
                 const InbRow     *row,
                 GError          **error)
{
  const char *name = inb_row_get (row, INB_TOMBSTONE_KIND);
  const char *id = inb_row_get (row, INB_TOMBSTONE_ENTITY_ID);
  sqlite3_stmt *statement;
  InbKind kind;

  if (name == NULL || !inb_kind_from_name (name, &kind) || kind == INB_KIND_TOMBSTONE)
    return TRUE; /* of a kind that a newer server has */

  statement = inb_sqlite_prepare (self->db, "erased-add", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, (int) kind);
  inb_sqlite_bind_text (statement, 2, id);
  sqlite3_bind_int64 (statement, 3, inb_row_get_seq (row));
  if (!inb_sqlite_run (self->db, statement, error))
    return FALSE;

  return inb_replica_batch_remove (self, kind, id, error);
}

static gboolean
find_row (InbReplicaBatch  *self,
          InbKind           kind,
          const char       *key,
          gint64           *rowid,
          gint64           *seq,
          GError          **error)
{
  sqlite3_stmt *statement = inb_replica_table_prepare_find (self->db, kind, error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, key);
  if (!inb_sqlite_next (self->db, statement, &is_row, error))
    return FALSE;

  *rowid = is_row ? sqlite3_column_int64 (statement, 0) : 0;
  *seq = is_row ? sqlite3_column_int64 (statement, 1) : 0;
  sqlite3_reset (statement);

  return TRUE;
}

/**
 * inb_replica_batch_check_stale:
 * @is_stale: (out): whether it was erased since
 */
gboolean
inb_replica_batch_check_stale (InbReplicaBatch  *self,
                               const InbRow     *row,
                               gboolean         *is_stale,
                               GError          **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "erased-find", error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int (statement, 1, (int) inb_row_get_kind (row));
  inb_sqlite_bind_text (statement, 2, inb_row_get_key (row));
  sqlite3_bind_int64 (statement, 3, inb_row_get_seq (row));

  return inb_sqlite_has_row (self->db, statement, is_stale, error);
}

/**
 * inb_replica_batch_write:
 * @row: of any kind
 *
 * Writes the row unless the stored one is as new or newer, or it was erased since.
 *
 * Returns: %FALSE with %INB_ERROR_PROTOCOL for a row without its key, or with an error of SQLite
 */
gboolean
inb_replica_batch_write (InbReplicaBatch  *self,
                         const InbRow     *row,
                         GError          **error)
{
  InbKind kind = inb_row_get_kind (row);
  gint64 rowid, seq;
  gboolean is_stale;

  if (inb_row_get_key (row) == NULL || inb_row_get_seq (row) <= 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_PROTOCOL, "A row of kind %s has no key or no change_seq", inb_kind_get_name (kind));
      return FALSE;
    }
  if (kind == INB_KIND_TOMBSTONE)
    return write_tombstone (self, row, error);
  if (!find_row (self, kind, inb_row_get_key (row), &rowid, &seq, error))
    return FALSE;
  if (rowid != 0 && seq >= inb_row_get_seq (row))
    return TRUE;
  if (rowid == 0)
    {
      if (!inb_replica_batch_check_stale (self, row, &is_stale, error))
        return FALSE;
      if (is_stale)
        return TRUE;
    }

  return put_row (self, row, rowid, error);
}

/**
 * inb_replica_batch_put:
 * @row: of any kind but a tombstone
 *
 * Writes the row whatever is stored.
 */
gboolean
inb_replica_batch_put (InbReplicaBatch  *self,
                       const InbRow     *row,
                       GError          **error)
{
  gint64 rowid, seq;

  return find_row (self, inb_row_get_kind (row), inb_row_get_key (row), &rowid, &seq, error) && put_row (self, row, rowid, error);
}

/**
 * inb_replica_batch_remove:
 *
 * Deletes the row if there is one.
 */
gboolean
inb_replica_batch_remove (InbReplicaBatch  *self,
                          InbKind           kind,
                          const char       *id,
                          GError          **error)
{
  sqlite3_stmt *statement;

  if (kind == INB_KIND_LEAD)
    return inb_replica_lead_erase (self, id, error);
  if (kind == INB_KIND_CONTACT && !inb_replica_lead_forget_contact (self, id, error))
    return FALSE;
  if (kind == INB_KIND_ACTIVITY && !inb_replica_lead_note_activity (self, id, error))
    return FALSE;

  note_kind (self, kind);
  statement = inb_replica_table_prepare_delete (self->db, kind, error);
  if (statement == NULL)
    return FALSE;
  inb_sqlite_bind_text (statement, 1, id);

  return inb_sqlite_run (self->db, statement, error);
}

/**
 * inb_replica_batch_finish:
 *
 * Writes the numbers; to be called before the commit.
 */
gboolean
inb_replica_batch_finish (InbReplicaBatch  *self,
                          GError          **error)
{
  return inb_replica_counts_write (self->counts, self->db, error);
}

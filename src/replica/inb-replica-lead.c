#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-lead.h"

#include "inb-fold.h"
#include "inb-lead-person.h"
#include "inb-replica-table.h"

#include <string.h>

#define ID_VERSION_OFFSET 14 /* "xxxxxxxx-xxxx-Vxxx-…" */
#define ID_ORDER_LENGTH 20   /* 16 digits and the version, with the dashes between */

static void
bind_sort_key (sqlite3_stmt *statement,
               int           parameter,
               const char   *sort_key)
{
  if (sort_key == NULL)
    sqlite3_bind_null (statement, parameter);
  else
    sqlite3_bind_blob (statement, parameter, sort_key, (int) strlen (sort_key), SQLITE_STATIC);
}

/* Takes what is stored of the lead out of the numbers. */
static gboolean
uncount (InbReplicaBatch  *batch,
         gint64            rowid,
         GError          **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (batch->db, "lead-counted", error);
  gboolean found;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  if (!inb_sqlite_next (batch->db, statement, &found, error))
    return FALSE;
  if (found)
    {
      if (sqlite3_column_int (statement, 0) != 0)
        inb_replica_counts_add (batch->counts,
                                (const char *) sqlite3_column_text (statement, 1),
                                (const char *) sqlite3_column_text (statement, 2),
                                (const char *) sqlite3_column_text (statement, 3),
                                -1,
                                sqlite3_column_int (statement, 4) != 0 ? -1 : 0);
      sqlite3_reset (statement);
    }

  return TRUE;
}

static gboolean
is_shown (const InbRow *row)
{
  return inb_row_get (row, INB_LEAD_DELETED_AT) == NULL;
}

/* Test leads are listed, but no figure counts them. */
static gboolean
is_counted (const InbRow *row)
{
  return is_shown (row) && !inb_row_get_boolean (row, INB_LEAD_IS_TEST);
}

/* The id's leading digits as a number, without the one that says the version; ids are UUIDv7, so that it grows with the id: the
 * time, the counter behind it, and three of the bits after. */
static gint64
get_id_order (const char *id)
{
  guint64 order = 0;

  for (guint i = 0; id[i] != '\0' && i < ID_ORDER_LENGTH; i++)
    {
      int digit = g_ascii_xdigit_value (id[i]);

      if (digit >= 0 && i != ID_VERSION_OFFSET)
        order = order << 4 | (guint64) digit;
    }

  return (gint64) (order >> 1);
}

static gboolean
write_text (InbReplicaBatch      *batch,
            gint64                rowid,
            const InbLeadPerson  *person,
            const char           *inquiry,
            GError              **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (batch->db, "lead-text-set", error);
  g_autofree char *folded = NULL;

  if (statement == NULL)
    return FALSE;

  folded = inb_fold_text (inquiry);
  sqlite3_bind_int64 (statement, 1, rowid);
  inb_sqlite_bind_text (statement, 2, person->text);
  inb_sqlite_bind_text (statement, 3, folded);

  return inb_sqlite_run (batch->db, statement, error);
}

/**
 * inb_replica_lead_write:
 * @rowid: the stored row's, or 0 for a new one
 *
 * Writes the lead with what is known of its contact, which may arrive later.
 */
gboolean
inb_replica_lead_write (InbReplicaBatch  *batch,
                        const InbRow     *row,
                        gint64            rowid,
                        GError          **error)
{
  g_auto (InbLeadPerson) person = { NULL, };
  sqlite3_stmt *statement;

  if (!inb_lead_person_load (&person, batch->db, inb_row_get (row, INB_LEAD_CONTACT_ID), error))
    return FALSE;
  if (rowid != 0 && !uncount (batch, rowid, error))
    return FALSE;
  if (is_counted (row))
    inb_replica_counts_add (batch->counts, inb_row_get (row, INB_LEAD_STAGE), inb_row_get (row, INB_LEAD_LEAD_SOURCE),
                            inb_row_get (row, INB_LEAD_PRODUCT_INTEREST), 1, inb_row_get_boolean (row, INB_LEAD_IS_CONVERTED) ? 1 : 0);

  if (rowid == 0)
    statement = inb_replica_table_prepare_insert (batch->db, INB_KIND_LEAD, error);
  else
    statement = inb_replica_table_prepare_update (batch->db, INB_KIND_LEAD, error);
  if (statement == NULL)
    return FALSE;

  inb_replica_table_bind (statement, row);
  sqlite3_bind_int64 (statement, INB_LEAD_EXTRA_ID_ORDER + 1, get_id_order (inb_row_get_key (row)));
  sqlite3_bind_int (statement, INB_LEAD_EXTRA_SHOWN + 1, is_shown (row));
  inb_sqlite_bind_text (statement, INB_LEAD_EXTRA_CONTACT_NAME + 1, person.name);
  inb_sqlite_bind_text (statement, INB_LEAD_EXTRA_CONTACT_PHONE + 1, person.phone);
  inb_sqlite_bind_text (statement, INB_LEAD_EXTRA_CONTACT_EMAIL + 1, person.email);
  inb_sqlite_bind_text (statement, INB_LEAD_EXTRA_CONTACT_COMPANY + 1, person.company);
  bind_sort_key (statement, INB_LEAD_EXTRA_SORT_KEY + 1, person.sort_key);
  if (rowid != 0)
    sqlite3_bind_int64 (statement, INB_N_LEAD_EXTRAS + 1, rowid);
  if (!inb_sqlite_run (batch->db, statement, error))
    return FALSE;

  if (rowid == 0)
    rowid = inb_sqlite_get_rowid (batch->db);
  inb_replica_batch_add_row (batch, rowid);
  inb_replica_batch_add_lead (batch, inb_row_get_key (row));
  inb_replica_batch_remove_contact (batch, inb_row_get (row, INB_LEAD_CONTACT_ID));

  return write_text (batch, rowid, &person, inb_row_get (row, INB_LEAD_INITIAL_INQUIRY), error);
}

/**
 * inb_replica_lead_erase:
 *
 * Deletes the lead's row and takes it out of the numbers.
 */
gboolean
inb_replica_lead_erase (InbReplicaBatch  *batch,
                        const char       *lead_id,
                        GError          **error)
{
  sqlite3_stmt *statement = inb_replica_table_prepare_find (batch->db, INB_KIND_LEAD, error);
  gint64 rowid;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, lead_id);
  if (!inb_sqlite_read_integer (batch->db, statement, &rowid, error))
    return FALSE;
  if (rowid == 0)
    return TRUE;

  if (!uncount (batch, rowid, error))
    return FALSE;
  statement = inb_replica_table_prepare_delete (batch->db, INB_KIND_LEAD, error);
  if (statement == NULL)
    return FALSE;
  inb_sqlite_bind_text (statement, 1, lead_id);
  if (!inb_sqlite_run (batch->db, statement, error))
    return FALSE;

  statement = inb_sqlite_prepare (batch->db, "lead-text-delete", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, rowid);
  if (!inb_sqlite_run (batch->db, statement, error))
    return FALSE;

  inb_replica_batch_add_row (batch, rowid);
  inb_replica_batch_add_lead (batch, lead_id);

  return TRUE;
}

static gboolean
rewrite_person (InbReplicaBatch  *batch,
                const char       *contact_id,
                const InbLeadPerson *person,
                GError          **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (batch->db, "lead-person", error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, contact_id);
  inb_sqlite_bind_text (statement, 2, person->name);
  inb_sqlite_bind_text (statement, 3, person->phone);
  inb_sqlite_bind_text (statement, 4, person->email);
  inb_sqlite_bind_text (statement, 5, person->company);
  bind_sort_key (statement, 6, person->sort_key);
  while (inb_sqlite_next (batch->db, statement, &is_row, error))
    {
      g_autofree char *lead_id = NULL;

      if (!is_row)
        return TRUE;
      lead_id = inb_sqlite_dup_text (statement, 0);
      inb_replica_batch_add_lead (batch, lead_id);
    }

  return FALSE;
}

static gboolean
rewrite_text (InbReplicaBatch      *batch,
              gint64                rowid,
              const InbLeadPerson  *person,
              GError              **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (batch->db, "lead-text-person", error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  inb_sqlite_bind_text (statement, 2, person->text);

  return inb_sqlite_run (batch->db, statement, error);
}

/* All of the contact's leads count as changed: the detail pane shows more of a contact than its leads repeat. */
static gboolean
rewrite_texts (InbReplicaBatch      *batch,
               const char           *contact_id,
               const InbLeadPerson  *person,
               GError              **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (batch->db, "lead-of-contact", error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, contact_id);
  while (inb_sqlite_next (batch->db, statement, &is_row, error))
    {
      g_autofree char *lead_id = NULL;
      gint64 rowid;

      if (!is_row)
        return TRUE;
      lead_id = inb_sqlite_dup_text (statement, 0);
      rowid = sqlite3_column_int64 (statement, 1);
      if (!rewrite_text (batch, rowid, person, error))
        {
          sqlite3_reset (statement);
          return FALSE;
        }
      inb_replica_batch_add_row (batch, rowid);
      inb_replica_batch_add_lead (batch, lead_id);
    }

  return FALSE;
}

static gboolean
has_leads (InbReplicaBatch  *batch,
           const char       *contact_id,
           gboolean         *found,
           GError          **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (batch->db, "lead-of-contact", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, contact_id);

  return inb_sqlite_has_row (batch->db, statement, found, error);
}

/**
 * inb_replica_lead_take_contact:
 *
 * Rewrites what the contact's leads repeat of it, where that is something else now. One without leads is listed by itself.
 */
gboolean
inb_replica_lead_take_contact (InbReplicaBatch  *batch,
                               const InbRow     *contact,
                               GError          **error)
{
  g_auto (InbLeadPerson) person = { NULL, };
  const char *contact_id = inb_row_get_key (contact);
  gboolean found;

  if (!has_leads (batch, contact_id, &found, error))
    return FALSE;
  if (!found)
    {
      inb_replica_batch_add_lead (batch, contact_id);
      return TRUE;
    }

  inb_lead_person_take_row (&person, contact);

  return rewrite_texts (batch, contact_id, &person, error) && rewrite_person (batch, contact_id, &person, error);
}

/**
 * inb_replica_lead_forget_contact:
 *
 * Removes what leads repeat of a contact that is erased.
 */
gboolean
inb_replica_lead_forget_contact (InbReplicaBatch  *batch,
                                 const char       *contact_id,
                                 GError          **error)
{
  g_auto (InbLeadPerson) nobody = { NULL, };

  inb_lead_person_take_nobody (&nobody);

  return rewrite_texts (batch, contact_id, &nobody, error) && rewrite_person (batch, contact_id, &nobody, error);
}

/**
 * inb_replica_lead_note_activity:
 *
 * Notes the lead of a stored activity as changed.
 */
gboolean
inb_replica_lead_note_activity (InbReplicaBatch  *batch,
                                const char       *activity_id,
                                GError          **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (batch->db, "activity-lead", error);
  g_autofree char *lead_id = NULL;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, activity_id);
  if (!inb_sqlite_read_text (batch->db, statement, &lead_id, error))
    return FALSE;

  inb_replica_batch_add_lead (batch, lead_id);

  return TRUE;
}

/**
 * inb_replica_lead_sort_again:
 *
 * Makes every sort key anew, for another locale; in the caller's transaction.
 */
gboolean
inb_replica_lead_sort_again (InbSqlite  *db,
                             GError    **error)
{
  sqlite3_stmt *names = inb_sqlite_prepare (db, "lead-names", error);
  sqlite3_stmt *update = inb_sqlite_prepare (db, "lead-sort-key", error);
  gint64 rowid = G_MININT64;
  gboolean is_row;

  if (names == NULL || update == NULL)
    return FALSE;

  for (;;)
    {
      g_autofree char *name = NULL;
      g_autofree char *sort_key = NULL;

      sqlite3_bind_int64 (names, 1, rowid);
      if (!inb_sqlite_next (db, names, &is_row, error))
        return FALSE;
      if (!is_row)
        return TRUE;
      rowid = sqlite3_column_int64 (names, 0);
      name = inb_sqlite_dup_text (names, 1);
      sqlite3_reset (names);
      if (name == NULL)
        continue;

      sort_key = g_utf8_collate_key (name, -1);
      bind_sort_key (update, 1, sort_key);
      sqlite3_bind_int64 (update, 2, rowid);
      if (!inb_sqlite_run (db, update, error))
        return FALSE;
    }
}

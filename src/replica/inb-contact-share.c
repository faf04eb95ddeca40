#define G_LOG_DOMAIN "inb-replica"

#include "inb-contact-share.h"

#include "inb-replica-table.h"

static gboolean
read_row (InbContactShare  *share,
          InbSqlite        *db,
          const char       *contact_id,
          GError          **error)
{
  sqlite3_stmt *statement = inb_replica_table_prepare_select (db, INB_KIND_CONTACT, " WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, contact_id);

  return inb_replica_table_read_one (db, statement, INB_KIND_CONTACT, &share->contact, error);
}

static gboolean
read_leads (InbContactShare  *share,
            InbSqlite        *db,
            const char       *contact_id,
            GError          **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "contact-products", error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, contact_id);
  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      const char *product;

      if (!is_row)
        return TRUE;
      product = (const char *) sqlite3_column_text (statement, 0);
      share->n_leads++;
      if (sqlite3_column_int (statement, 1) != 0)
        g_ptr_array_add (share->open_products, g_strdup (product != NULL ? product : ""));
    }

  return FALSE;
}

static gboolean
count_activities (InbContactShare  *share,
                  InbSqlite        *db,
                  const char       *contact_id,
                  GError          **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "contact-activities", error);
  gint64 n_activities;

  if (statement == NULL)
    return FALSE;
  inb_sqlite_bind_text (statement, 1, contact_id);
  if (!inb_sqlite_read_integer (db, statement, &n_activities, error))
    return FALSE;

  share->n_activities = (guint) n_activities;

  return TRUE;
}

static void
share_free0 (gpointer share)
{
  inb_contact_share_free (share);
}

/**
 * inb_contact_share_read:
 *
 * Returns: (transfer full) (element-type InbContactShare) (nullable): one per id, %NULL in it for one that is not known
 */
GPtrArray *
inb_contact_share_read (InbSqlite           *db,
                        const char * const  *contact_ids,
                        GError             **error)
{
  g_autoptr (GPtrArray) shares = g_ptr_array_new_with_free_func (share_free0);

  for (guint i = 0; contact_ids[i] != NULL; i++)
    {
      InbContactShare *share = g_new0 (InbContactShare, 1);

      g_ptr_array_add (shares, share);
      share->open_products = g_ptr_array_new_with_free_func (g_free);
      if (!read_row (share, db, contact_ids[i], error) || !read_leads (share, db, contact_ids[i], error) ||
          !count_activities (share, db, contact_ids[i], error))
        return NULL;
      if (share->contact == NULL)
        inb_contact_share_free (g_steal_pointer (&shares->pdata[i]));
    }

  return g_steal_pointer (&shares);
}

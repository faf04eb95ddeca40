#define G_LOG_DOMAIN "inb-replica"

#include "inb-edit-rows.h"

#include "inb-edit-private.h"
#include "inb-outbox-item.h"

static gboolean
add_lead (GPtrArray  *keys,
          InbSqlite  *db,
          gint64      rowid,
          GError    **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "lead-id", error);
  g_autofree char *id = NULL;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  if (!inb_sqlite_read_text (db, statement, &id, error))
    {
      g_prefix_error (error, "Finding what is edited: ");
      return FALSE;
    }
  if (id != NULL)
    g_ptr_array_add (keys, inb_outbox_key_new (INB_KIND_LEAD, id));

  return TRUE;
}

/**
 * inb_edit_list_rows:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): keys of the rows; of the kind INB_N_KINDS where the edit is about all
 *   that belongs to a contact
 */
GPtrArray *
inb_edit_list_rows (InbEdit    *edit,
                    InbSqlite  *db,
                    GError    **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < edit->mutations->len; i++)
    {
      g_autoptr (InbOutboxItem) item = inb_outbox_item_new (g_ptr_array_index (edit->mutations, i), NULL);

      inb_outbox_item_find_rows (item);
      for (guint j = 0; j < item->rows->len; j++)
        g_ptr_array_add (keys, g_strdup (g_ptr_array_index (item->rows, j)));
    }
  for (guint i = 0; edit->rowids != NULL && i < edit->rowids->len; i++)
    {
      gint64 rowid = g_array_index (edit->rowids, gint64, i);

      if (rowid < 0)
        g_ptr_array_add (keys, inb_outbox_key_new (INB_N_KINDS, ""));
      else if (!add_lead (keys, db, rowid, error))
        return NULL;
    }

  return g_steal_pointer (&keys);
}

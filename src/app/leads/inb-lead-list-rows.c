#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-list-private.h"

#include "inb-lead-order.h"

gint64
inb_lead_list_get_rowid (InbLeadList *self,
                         guint        position)
{
  g_return_val_if_fail (INB_IS_LEAD_LIST (self), 0);

  return position < self->rowids->len ? inb_lead_order_get (self->rowids, position) : 0;
}

gboolean
inb_lead_list_find_rowid (InbLeadList *self,
                          gint64       rowid,
                          guint       *position)
{
  g_return_val_if_fail (INB_IS_LEAD_LIST (self), FALSE);

  return inb_lead_order_find (self->rowids, rowid, position);
}

GArray *
inb_lead_list_find_newest (InbLeadList *self,
                           guint        n_rows)
{
  g_return_val_if_fail (INB_IS_LEAD_LIST (self), NULL);

  return inb_lead_order_find_newest (self->rowids, n_rows);
}

InbLeadSummary *
inb_lead_list_peek (InbLeadList *self,
                    gint64       rowid)
{
  InbLeadItem *item;

  g_return_val_if_fail (INB_IS_LEAD_LIST (self), NULL);

  item = inb_lead_cache_peek (self->cache, rowid);

  return item != NULL ? inb_lead_item_get_summary (item) : NULL;
}

gint64
inb_lead_list_find_loaded (InbLeadList *self,
                           const char  *lead_id)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GArray) rowids = NULL;

  g_return_val_if_fail (INB_IS_LEAD_LIST (self), 0);
  g_return_val_if_fail (lead_id != NULL, 0);

  g_ptr_array_add (ids, (gpointer) lead_id);
  rowids = inb_lead_cache_find_rows (self->cache, ids, FALSE);

  return rowids->len > 0 ? inb_lead_order_get (rowids, 0) : 0;
}

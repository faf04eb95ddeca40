#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-selection-private.h"

#include "inb-lead-pages.h"

void
inb_lead_selection_tell_checks (InbLeadSelection *self)
{
  self->counted = FALSE;
  g_signal_emit_by_name (self, "checks-changed");
}

/* Another range from the same start takes the place of the one before. */
void
inb_lead_selection_check_range (InbLeadSelection *self,
                                guint             position,
                                guint             n_items)
{
  guint end = MIN (position + n_items, g_list_model_get_n_items (G_LIST_MODEL (self->list)));
  GtkBitsetIter iter;
  guint number;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->extended, &number); more;
       more = gtk_bitset_iter_next (&iter, &number))
    inb_lead_checks_set (self->checks, self->query->contacts ? -(gint64) number : (gint64) number, FALSE);
  gtk_bitset_remove_all (self->extended);

  for (guint i = position; i < end; i++)
    {
      gint64 rowid = inb_lead_list_get_rowid (self->list, i);

      if (inb_lead_checks_contains (self->checks, rowid))
        continue;
      inb_lead_checks_set (self->checks, rowid, TRUE);
      gtk_bitset_add (self->extended, (guint) ABS (rowid));
    }
  inb_lead_selection_tell_checks (self);
}

/* --- public ----------------------------------------------------------------------------------------------------------- */

guint
inb_lead_selection_get_n_selected (InbLeadSelection *self)
{
  g_return_val_if_fail (INB_IS_LEAD_SELECTION (self), 0);

  if (!self->counted)
    self->n_checked = inb_lead_checks_count (self->checks, inb_lead_list_get_rowids (self->list));
  self->counted = TRUE;

  return self->n_checked;
}

gboolean
inb_lead_selection_is_checked (InbLeadSelection *self,
                               gint64            rowid)
{
  g_return_val_if_fail (INB_IS_LEAD_SELECTION (self), FALSE);

  return inb_lead_checks_contains (self->checks, rowid);
}

/**
 * inb_lead_selection_toggle:
 * @extend: check all from the row that was toggled last to this one
 */
void
inb_lead_selection_toggle (InbLeadSelection *self,
                           guint             position,
                           gboolean          extend)
{
  gint64 rowid;
  guint anchor;

  g_return_if_fail (INB_IS_LEAD_SELECTION (self));

  rowid = inb_lead_list_get_rowid (self->list, position);
  if (rowid == 0)
    return;
  if (extend && self->anchor != 0 && inb_lead_list_find_rowid (self->list, self->anchor, &anchor))
    {
      inb_lead_selection_check_range (self, MIN (anchor, position), MAX (anchor, position) - MIN (anchor, position) + 1);
      return;
    }

  gtk_bitset_remove_all (self->extended);
  self->anchor = rowid;
  inb_lead_checks_set (self->checks, rowid, !inb_lead_checks_contains (self->checks, rowid));
  inb_lead_selection_tell_checks (self);
}

void
inb_lead_selection_select_all (InbLeadSelection *self)
{
  g_return_if_fail (INB_IS_LEAD_SELECTION (self));

  gtk_bitset_remove_all (self->extended);
  inb_lead_checks_set_all (self->checks, inb_lead_list_get_rowids (self->list));
  inb_lead_selection_tell_checks (self);
}

void
inb_lead_selection_clear (InbLeadSelection *self)
{
  g_return_if_fail (INB_IS_LEAD_SELECTION (self));

  self->anchor = 0;
  gtk_bitset_remove_all (self->extended);
  if (inb_lead_checks_is_empty (self->checks))
    return;

  inb_lead_checks_clear (self->checks);
  inb_lead_selection_tell_checks (self);
}

GArray *
inb_lead_selection_dup_rowids (InbLeadSelection *self)
{
  g_return_val_if_fail (INB_IS_LEAD_SELECTION (self), NULL);

  return inb_lead_checks_collect (self->checks, inb_lead_list_get_rowids (self->list));
}

/* --- who they are ----------------------------------------------------------------------------------------------------- */

static void
take_ids (GPtrArray *leads,
          gpointer   user_data)
{
  GStrvBuilder *builder = user_data;

  for (guint i = 0; i < leads->len; i++)
    {
      InbLeadSummary *lead = g_ptr_array_index (leads, i);

      if (lead != NULL)
        g_strv_builder_add (builder, lead->id);
    }
}

static void
on_walked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (inb_lead_pages_walk_finish (INB_REPLICA (source), result, &error))
    g_task_return_pointer (task, g_strv_builder_end (g_task_get_task_data (task)), (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_lead_selection_resolve_async:
 *
 * Finds the ids of the leads that are selected now, in the list's order, off the main loop and page by page.
 */
void
inb_lead_selection_resolve_async (InbLeadSelection    *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;
  GStrvBuilder *builder;
  g_autoptr (GArray) rowids = NULL;

  g_return_if_fail (INB_IS_LEAD_SELECTION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  builder = g_strv_builder_new ();
  g_task_set_task_data (task, builder, (GDestroyNotify) g_strv_builder_unref);
  rowids = inb_lead_selection_dup_rowids (self);
  inb_lead_pages_walk_async (inb_lead_list_get_replica (self->list), rowids, take_ids, builder, cancellable, on_walked, task);
}

/**
 * inb_lead_selection_resolve_finish:
 *
 * Returns: (transfer full) (nullable): ids of leads
 */
GStrv
inb_lead_selection_resolve_finish (InbLeadSelection  *self,
                                   GAsyncResult      *result,
                                   GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

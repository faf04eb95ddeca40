#define G_LOG_DOMAIN "inb-app"

#include "inb-saved-view.h"

/**
 * inb_saved_view_new_from_row:
 * @row: of %INB_KIND_VIEW
 * @user_id: (nullable): whose views are his own
 *
 * Returns: (transfer full) (nullable): the view, or %NULL when its filter says what this program does not know: it would show
 * other leads than its name says
 */
InbSavedView *
inb_saved_view_new_from_row (const InbRow *row,
                             const char   *user_id)
{
  g_autoptr (InbSavedView) self = g_new0 (InbSavedView, 1);
  g_autoptr (GError) error = NULL;
  const char *filter;

  g_return_val_if_fail (row != NULL && inb_row_get_kind (row) == INB_KIND_VIEW, NULL);

  filter = inb_row_get (row, INB_VIEW_FILTER);
  self->id = g_strdup (inb_row_get_key (row));
  self->name = g_strdup (inb_row_get (row, INB_VIEW_NAME));
  self->filter = inb_lead_filter_new_from_json (filter != NULL ? filter : "{}", &error);
  self->columns = g_strdup (inb_row_get (row, INB_VIEW_COLUMNS));
  self->sort = g_strdup (inb_row_get (row, INB_VIEW_SORT));
  self->position = inb_row_get_integer (row, INB_VIEW_POSITION, 0);
  self->is_own = user_id != NULL && g_strcmp0 (inb_row_get (row, INB_VIEW_USER_ID), user_id) == 0;
  self->is_shared = inb_row_get_boolean (row, INB_VIEW_IS_SHARED);
  if (self->filter == NULL)
    {
      g_message ("the view %s is not offered: %s", self->id, error->message);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
inb_saved_view_free (InbSavedView *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->filter, inb_lead_filter_free);
  g_free (self->columns);
  g_free (self->sort);
  g_free (self);
}

int
inb_saved_view_compare (const InbSavedView *a,
                        const InbSavedView *b)
{
  if (a->is_own != b->is_own)
    return a->is_own ? -1 : 1;
  if (a->position != b->position)
    return a->position < b->position ? -1 : 1;

  return g_utf8_collate (a->name, b->name);
}

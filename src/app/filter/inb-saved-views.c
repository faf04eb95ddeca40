#define G_LOG_DOMAIN "inb-app"

#include "inb-saved-views.h"

#include "inb-uuid.h"

#include <glib/gi18n.h>

struct _InbSavedViews {
  GObject       parent_instance;

  /* Owned */
  InbReplica   *replica;
  InbEdits     *edits;
  GPtrArray    *views;        /* (element-type InbSavedView) */
  GCancellable *cancellable;

  gboolean      reading;
  gboolean      dirty;        /* changed while they were read */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbSavedViews, inb_saved_views, G_TYPE_OBJECT)

static int
compare_views (gconstpointer a,
               gconstpointer b)
{
  return inb_saved_view_compare (*(const InbSavedView * const *) a, *(const InbSavedView * const *) b);
}

static void
take_rows (InbSavedViews *self,
           GPtrArray     *rows)
{
  g_ptr_array_set_size (self->views, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      InbSavedView *view = inb_saved_view_new_from_row (g_ptr_array_index (rows, i), inb_replica_get_actor_id (self->replica));

      if (view != NULL)
        g_ptr_array_add (self->views, view);
    }
  g_ptr_array_sort (self->views, compare_views);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbSavedViews) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = inb_replica_list_finish (INB_REPLICA (source), result, &error);

  self->reading = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (rows == NULL)
    g_warning ("reading the saved views: %s", error->message);
  else
    take_rows (self, rows);
  if (self->dirty)
    inb_saved_views_refresh (self);
}

static void
add_change (InbMutation *mutation,
            guint        column,
            const char  *base,
            const char  *value)
{
  if (g_strcmp0 (base, value) != 0)
    inb_mutation_add_change (mutation, column, base, value);
}

/* @label: (transfer full) */
static void
run (InbSavedViews *self,
     InbMutation   *mutation,
     char          *label)
{
  g_autoptr (InbEdit) edit = inb_edit_new (label);

  g_free (label);
  inb_edit_add (edit, mutation);
  inb_edits_do (self->edits, edit);
}

static InbMutation *
begin (InbMutationVerb  verb,
       const char      *id)
{
  return inb_mutation_new (verb, INB_KIND_VIEW, id, g_get_real_time ());
}

static void
inb_saved_views_dispose (GObject *object)
{
  InbSavedViews *self = INB_SAVED_VIEWS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->edits);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (inb_saved_views_parent_class)->dispose (object);
}

static void
inb_saved_views_finalize (GObject *object)
{
  InbSavedViews *self = INB_SAVED_VIEWS (object);

  g_ptr_array_unref (self->views);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (inb_saved_views_parent_class)->finalize (object);
}

static void
inb_saved_views_class_init (InbSavedViewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_saved_views_dispose;
  object_class->finalize = inb_saved_views_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_saved_views_init (InbSavedViews *self)
{
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_saved_view_free);
  self->cancellable = g_cancellable_new ();
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_saved_views_new:
 * @replica: where they are
 * @edits: by which they are changed
 *
 * Returns: (transfer full): none yet; see inb_saved_views_refresh()
 */
InbSavedViews *
inb_saved_views_new (InbReplica *replica,
                     InbEdits   *edits)
{
  InbSavedViews *self;

  g_return_val_if_fail (INB_IS_REPLICA (replica) && INB_IS_EDITS (edits), NULL);

  self = g_object_new (INB_TYPE_SAVED_VIEWS, NULL);
  self->replica = g_object_ref (replica);
  self->edits = g_object_ref (edits);
  g_signal_connect_object (replica, "views-changed", G_CALLBACK (inb_saved_views_refresh), self, G_CONNECT_SWAPPED);
  /* Then it is known which are his own. */
  g_signal_connect_object (replica, "actor-changed", G_CALLBACK (inb_saved_views_refresh), self, G_CONNECT_SWAPPED);

  return self;
}

void
inb_saved_views_refresh (InbSavedViews *self)
{
  g_return_if_fail (INB_IS_SAVED_VIEWS (self));

  self->dirty = self->reading;
  if (self->reading)
    return;

  self->reading = TRUE;
  inb_replica_list_async (self->replica, INB_KIND_VIEW, self->cancellable, on_listed, g_object_ref (self));
}

GPtrArray *
inb_saved_views_get (InbSavedViews *self)
{
  g_return_val_if_fail (INB_IS_SAVED_VIEWS (self), NULL);

  return self->views;
}

/**
 * inb_saved_views_find:
 * @id: (nullable): of a view
 *
 * Returns: (transfer none) (nullable): valid until "changed"
 */
const InbSavedView *
inb_saved_views_find (InbSavedViews *self,
                      const char    *id)
{
  g_return_val_if_fail (INB_IS_SAVED_VIEWS (self), NULL);

  for (guint i = 0; i < self->views->len; i++)
    {
      const InbSavedView *view = g_ptr_array_index (self->views, i);

      if (g_strcmp0 (view->id, id) == 0)
        return view;
    }

  return NULL;
}

/**
 * inb_saved_views_may:
 * @reason: (out) (optional) (nullable): why not
 */
gboolean
inb_saved_views_may (InbSavedViews       *self,
                     const InbSavedView  *view,
                     const char         **reason)
{
  g_return_val_if_fail (INB_IS_SAVED_VIEWS (self) && view != NULL, FALSE);

  return inb_edits_may (self->edits, view->is_shared ? INB_RIGHT_SHARE_VIEWS : INB_RIGHT_EDIT, reason);
}

/**
 * inb_saved_views_add:
 * @name: not blank
 * @is_shared: for all members; managers may
 *
 * Returns: (transfer full): the new view's id
 */
char *
inb_saved_views_add (InbSavedViews         *self,
                     const char            *name,
                     gboolean               is_shared,
                     const InbLeadFilter   *filter,
                     const InbColumnLayout *layout)
{
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autoptr (InbMutation) mutation = begin (INB_MUTATION_CREATE, id);
  g_autofree char *json = inb_lead_filter_to_json (filter);
  g_autofree char *columns = inb_column_layout_dup_columns (layout);
  g_autofree char *sort = inb_column_layout_dup_sort (layout);
  g_autofree char *position = NULL;
  gint64 last = 0;

  g_return_val_if_fail (INB_IS_SAVED_VIEWS (self), NULL);

  for (guint i = 0; i < self->views->len; i++)
    last = MAX (last, ((const InbSavedView *) g_ptr_array_index (self->views, i))->position);
  position = g_strdup_printf ("%" G_GINT64_FORMAT, last + 1);
  inb_mutation_add_blind_change (mutation, INB_VIEW_NAME, name);
  inb_mutation_add_blind_change (mutation, INB_VIEW_IS_SHARED, is_shared ? "true" : "false");
  inb_mutation_add_blind_change (mutation, INB_VIEW_FILTER, json);
  inb_mutation_add_blind_change (mutation, INB_VIEW_COLUMNS, columns);
  inb_mutation_add_blind_change (mutation, INB_VIEW_SORT, sort);
  inb_mutation_add_blind_change (mutation, INB_VIEW_POSITION, position);
  run (self, mutation, g_strdup_printf (_("View “%s” saved"), name));

  return g_steal_pointer (&id);
}

void
inb_saved_views_update (InbSavedViews         *self,
                        const char            *id,
                        const InbLeadFilter   *filter,
                        const InbColumnLayout *layout)
{
  const InbSavedView *view;
  g_autoptr (InbMutation) mutation = NULL;
  g_autofree char *before = NULL;
  g_autofree char *json = NULL;
  g_autofree char *columns = NULL;
  g_autofree char *sort = NULL;

  g_return_if_fail (INB_IS_SAVED_VIEWS (self) && filter != NULL && layout != NULL);

  view = inb_saved_views_find (self, id);
  if (view == NULL)
    return;
  mutation = begin (INB_MUTATION_UPDATE, id);
  before = inb_lead_filter_to_json (view->filter);
  json = inb_lead_filter_to_json (filter);
  columns = inb_column_layout_dup_columns (layout);
  sort = inb_column_layout_dup_sort (layout);
  /* No base: another program may have written the same filter in other words. */
  if (g_strcmp0 (before, json) != 0)
    inb_mutation_add_blind_change (mutation, INB_VIEW_FILTER, json);
  if (g_strcmp0 (view->columns, columns) != 0)
    inb_mutation_add_blind_change (mutation, INB_VIEW_COLUMNS, columns);
  add_change (mutation, INB_VIEW_SORT, view->sort, sort);
  run (self, mutation, g_strdup_printf (_("View “%s” changed"), view->name));
}

void
inb_saved_views_rename (InbSavedViews *self,
                        const char    *id,
                        const char    *name,
                        gboolean       is_shared)
{
  const InbSavedView *view;
  g_autoptr (InbMutation) mutation = NULL;

  g_return_if_fail (INB_IS_SAVED_VIEWS (self) && name != NULL);

  view = inb_saved_views_find (self, id);
  if (view == NULL || (g_strcmp0 (view->name, name) == 0 && view->is_shared == !!is_shared))
    return;
  mutation = begin (INB_MUTATION_UPDATE, id);
  add_change (mutation, INB_VIEW_NAME, view->name, name);
  add_change (mutation, INB_VIEW_IS_SHARED, view->is_shared ? "true" : "false", is_shared ? "true" : "false");
  run (self, mutation, g_strdup_printf (_("View “%s” changed"), name));
}

void
inb_saved_views_remove (InbSavedViews *self,
                        const char    *id)
{
  const InbSavedView *view;
  g_autoptr (InbMutation) mutation = NULL;

  g_return_if_fail (INB_IS_SAVED_VIEWS (self));

  view = inb_saved_views_find (self, id);
  if (view == NULL)
    return;
  mutation = begin (INB_MUTATION_DELETE, id);
  run (self, mutation, g_strdup_printf (_("View “%s” deleted"), view->name));
}

/**
 * inb_saved_views_match:
 * @layout: the table's
 *
 * What the view says nothing of, or what this program does not know of it, makes no difference.
 */
gboolean
inb_saved_views_match (const InbSavedView    *view,
                       const InbLeadFilter   *filter,
                       const InbColumnLayout *layout)
{
  InbColumnLayout wanted = *layout;
  g_autofree char *shown = inb_column_layout_dup_columns (layout);
  g_autofree char *columns = NULL;

  inb_column_layout_set_columns (&wanted, view->columns);
  inb_column_layout_set_sort (&wanted, view->sort);
  columns = inb_column_layout_dup_columns (&wanted);

  return inb_lead_filter_equal (view->filter, filter) && g_str_equal (shown, columns) && wanted.sort == layout->sort &&
         wanted.descending == layout->descending;
}

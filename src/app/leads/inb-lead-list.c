#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-list-private.h"

#include "inb-lead-order.h"

#define MAX_DELAY (500 * G_TIME_SPAN_MILLISECOND)

enum {
  PROP_READY = 1,
  N_PROPS
};

enum {
  RESET,
  MOVED,
  FAILED,
  ANSWERED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void inb_lead_list_model_init (GListModelInterface *iface);
static void start_query (InbLeadList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbLeadList, inb_lead_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, inb_lead_list_model_init))

static void
fail (InbLeadList  *self,
      const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_warning ("%s", error->message);
  g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
on_loader_failed (InbLeadList  *self,
                  const GError *error)
{
  fail (self, error);
}

static void
on_reloaded (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (InbLeadList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_lead_cache_load_finish (INB_LEAD_CACHE (source), result, &error))
    fail (self, error);
}

/* --- the answer ------------------------------------------------------------------------------------------------------------ */

static void
commit (InbLeadList *self)
{
  g_autoptr (GArray) old = NULL;
  gboolean slide = inb_lead_list_follows_top (self) && !self->reset && self->rowids->len > 0;
  gboolean is_exchange;
  InbLeadSplice splice;

  /* While the view still knows the heights of what it shows. */
  if (self->reset)
    g_signal_emit (self, signals[RESET], 0);
  old = g_steal_pointer (&self->rowids);
  self->rowids = g_steal_pointer (&self->next);
  inb_lead_loader_set_order (self->loader, self->rowids);
  splice = inb_lead_order_compare (old, self->rowids);
  is_exchange = inb_lead_order_is_exchange (&splice, self->first, self->n_visible, inb_lead_list_follows_top (self));
  if (splice.removed > 0 || splice.added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), splice.position, splice.removed, splice.added);

  if (is_exchange && !self->reset && self->next_first != self->first)
    g_signal_emit (self, signals[MOVED], 0, self->next_first);
  else if (self->reset || (slide && splice.position == 0 && splice.added > 0))
    g_signal_emit (self, signals[MOVED], 0, 0);
  self->reset = FALSE;

  if (!self->ready)
    {
      self->ready = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READY]);
    }
  g_signal_emit (self, signals[ANSWERED], 0);
}

/* Where the first row on screen (or the next one of them that is still there) stands in the new answer. */
static guint
find_anchor (InbLeadList *self,
             GArray      *next)
{
  if (self->reset || inb_lead_list_follows_top (self))
    return 0;

  return inb_lead_order_find_anchor (self->rowids, self->first, self->n_visible, next);
}

static void
finish_query (InbLeadList *self)
{
  gint64 now = g_get_monotonic_time ();

  self->querying = FALSE;
  /* While a large replica changes all the time (first sync) the reading thread is left room for the rows themselves. */
  self->quiet_until = now + MIN (2 * (now - self->query_started), MAX_DELAY);
  if (self->dirty)
    inb_lead_list_refresh (self);
}

static void
on_next_loaded (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (InbLeadList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_lead_cache_load_finish (INB_LEAD_CACHE (source), result, &error))
    fail (self, error);
  if (self->next == NULL)
    return;

  commit (self);
  finish_query (self);
}

static void
on_queried (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbLeadList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_replica_query_finish (INB_REPLICA (source), result, &error);
  g_autoptr (GArray) missing = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rowids == NULL)
    {
      fail (self, error);
      finish_query (self);
      return;
    }

  self->next = g_steal_pointer (&rowids);
  self->next_first = find_anchor (self, self->next);
  missing = inb_lead_loader_find_missing (self->loader, self->next, self->next_first);
  if (missing->len > 0)
    {
      inb_lead_cache_load_async (self->cache, missing, NULL, on_next_loaded, g_object_ref (self));
      return;
    }

  commit (self);
  finish_query (self);
}

static void
start_query (InbLeadList *self)
{
  self->querying = TRUE;
  self->dirty = FALSE;
  self->missed = FALSE;
  self->query_started = g_get_monotonic_time ();
  inb_replica_query_async (self->replica, self->query, self->cancellable, on_queried, g_object_ref (self));
}

static gboolean
on_quiet_over (gpointer user_data)
{
  InbLeadList *self = user_data;

  self->timer = 0;
  if (!self->querying)
    start_query (self);

  return G_SOURCE_REMOVE;
}

static void
on_replica_changed (InbLeadList *self,
                    GPtrArray   *lead_ids,
                    gboolean     everything)
{
  g_autoptr (GArray) stale = inb_lead_cache_find_rows (self->cache, lead_ids, everything);

  if (stale->len > 0)
    inb_lead_cache_load_async (self->cache, stale, NULL, on_reloaded, g_object_ref (self));
  /* That there is a first lead is told in any case: pages depend on it. */
  if (self->resting && !everything && self->rowids->len > 0)
    self->missed = TRUE;
  else
    inb_lead_list_refresh (self);
}

/* --- GListModel --------------------------------------------------------------------------------------------------------- */

static GType
inb_lead_list_get_item_type (GListModel *model)
{
  return INB_TYPE_LEAD_ITEM;
}

static guint
inb_lead_list_get_n_items (GListModel *model)
{
  return INB_LEAD_LIST (model)->rowids->len;
}

static gpointer
inb_lead_list_get_item (GListModel *model,
                        guint       position)
{
  InbLeadList *self = INB_LEAD_LIST (model);
  InbLeadItem *item;

  if (position >= self->rowids->len)
    return NULL;

  item = inb_lead_cache_get (self->cache, inb_lead_order_get (self->rowids, position));
  if (inb_lead_item_get_summary (item) == NULL)
    inb_lead_loader_want (self->loader, item);

  return item;
}

static void
inb_lead_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = inb_lead_list_get_item_type;
  iface->get_n_items = inb_lead_list_get_n_items;
  iface->get_item = inb_lead_list_get_item;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_lead_list_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_READY:
      g_value_set_boolean (value, INB_LEAD_LIST (object)->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_lead_list_finalize (GObject *object)
{
  InbLeadList *self = INB_LEAD_LIST (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->next, g_array_unref);
  g_clear_pointer (&self->rowids, g_array_unref);
  g_clear_pointer (&self->query, inb_lead_query_free);
  g_clear_object (&self->loader);
  g_clear_object (&self->cache);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (inb_lead_list_parent_class)->finalize (object);
}

static void
inb_lead_list_class_init (InbLeadListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = inb_lead_list_finalize;
  object_class->get_property = inb_lead_list_get_property;

  props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[RESET] = g_signal_new ("reset", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_UINT);
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
}

static void
inb_lead_list_init (InbLeadList *self)
{
  self->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->query = inb_lead_query_new ();
  self->cancellable = g_cancellable_new ();
  self->n_visible = 40;
  self->at_top = TRUE;
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_lead_list_new:
 * @replica: an open replica
 *
 * Returns: (transfer full): an empty list; inb_lead_list_refresh() fills it
 */
InbLeadList *
inb_lead_list_new (InbReplica *replica)
{
  InbLeadList *self = g_object_new (INB_TYPE_LEAD_LIST, NULL);

  self->replica = g_object_ref (replica);
  self->cache = inb_lead_cache_new (replica);
  self->loader = inb_lead_loader_new (self->cache);
  g_signal_connect_object (self->loader, "failed", G_CALLBACK (on_loader_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "changed", G_CALLBACK (on_replica_changed), self, G_CONNECT_SWAPPED);

  return self;
}

InbReplica *
inb_lead_list_get_replica (InbLeadList *self)
{
  g_return_val_if_fail (INB_IS_LEAD_LIST (self), NULL);

  return self->replica;
}

GArray *
inb_lead_list_get_rowids (InbLeadList *self)
{
  g_return_val_if_fail (INB_IS_LEAD_LIST (self), NULL);

  return self->rowids;
}

const InbLeadQuery *
inb_lead_list_get_query (InbLeadList *self)
{
  g_return_val_if_fail (INB_IS_LEAD_LIST (self), NULL);

  return self->query;
}

void
inb_lead_list_set_query (InbLeadList        *self,
                         const InbLeadQuery *query)
{
  g_return_if_fail (INB_IS_LEAD_LIST (self));
  g_return_if_fail (query != NULL);

  if (inb_lead_query_equal (self->query, query))
    return;

  inb_lead_query_free (self->query);
  self->query = inb_lead_query_copy (query);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->next, g_array_unref);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->reset = TRUE;
  start_query (self);
}

/**
 * inb_lead_list_refresh:
 *
 * Queries again: at once, or after the query under way, or after the pause that a slow query asks for.
 */
void
inb_lead_list_refresh (InbLeadList *self)
{
  gint64 pause;

  g_return_if_fail (INB_IS_LEAD_LIST (self));

  if (self->querying)
    {
      self->dirty = TRUE;
      return;
    }
  if (self->timer != 0)
    return;

  pause = self->quiet_until - g_get_monotonic_time ();
  if (pause > G_TIME_SPAN_MILLISECOND)
    self->timer = g_timeout_add ((guint) (pause / G_TIME_SPAN_MILLISECOND), on_quiet_over, self);
  else
    start_query (self);
}

/**
 * inb_lead_list_set_resting:
 * @resting: whether nothing shows the list; then it takes in what was changed once something does again
 */
void
inb_lead_list_set_resting (InbLeadList *self,
                           gboolean     resting)
{
  g_return_if_fail (INB_IS_LEAD_LIST (self));

  self->resting = resting;
  if (resting || !self->missed)
    return;

  self->missed = FALSE;
  inb_lead_list_refresh (self);
}

gboolean
inb_lead_list_get_ready (InbLeadList *self)
{
  g_return_val_if_fail (INB_IS_LEAD_LIST (self), FALSE);

  return self->ready;
}

void
inb_lead_list_set_viewport (InbLeadList *self,
                            guint        first,
                            guint        n_rows,
                            gboolean     at_top)
{
  g_return_if_fail (INB_IS_LEAD_LIST (self));

  self->first = first;
  self->n_visible = MAX (n_rows, 1);
  self->at_top = at_top;
  inb_lead_loader_set_viewport (self->loader, first, self->n_visible);
}

void
inb_lead_list_get_viewport (InbLeadList *self,
                            guint       *first,
                            guint       *n_rows)
{
  g_return_if_fail (INB_IS_LEAD_LIST (self));

  *first = self->first;
  *n_rows = self->n_visible;
}

gboolean
inb_lead_list_follows_top (InbLeadList *self)
{
  g_return_val_if_fail (INB_IS_LEAD_LIST (self), FALSE);

  return self->at_top && self->query->sort == INB_LEAD_SORT_CREATED && self->query->descending;
}

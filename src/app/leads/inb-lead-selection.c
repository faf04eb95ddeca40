#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-selection-private.h"

enum {
  PROP_LEAD_ID = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void inb_lead_selection_list_model_init (GListModelInterface *iface);
static void inb_lead_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbLeadSelection, inb_lead_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, inb_lead_selection_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, inb_lead_selection_model_init))

static void
tell_changed (InbLeadSelection *self,
              guint             position)
{
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->rows)))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
}

static void
choose (InbLeadSelection *self,
        const char       *lead_id,
        gint64            rowid)
{
  guint before = inb_lead_selection_get_position (self);
  guint after;

  self->rowid = rowid;
  g_free (self->lead_id);
  self->lead_id = g_strdup (lead_id);
  after = inb_lead_selection_get_position (self);
  if (before != after)
    tell_changed (self, before);
  tell_changed (self, after);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LEAD_ID]);
}

/* A row shows who it is only once it has been loaded: then a lead that was selected by its id is recognized. */
static void
on_item_changed (InbLeadItem *item,
                 gpointer     user_data)
{
  InbLeadSelection *self = user_data;
  InbLeadSummary *summary = inb_lead_item_get_summary (item);
  gint64 rowid = inb_lead_item_get_rowid (item);

  if (summary == NULL)
    return;
  if (self->unloaded && rowid == self->rowid)
    {
      self->unloaded = FALSE;
      choose (self, summary->id, rowid);
    }
}

/* --- the list --------------------------------------------------------------------------------------------------------- */

static gboolean
on_count_idle (gpointer user_data)
{
  InbLeadSelection *self = user_data;

  self->count_idle = 0;
  inb_lead_selection_tell_checks (self);

  return G_SOURCE_REMOVE;
}

static void
on_items_changed (InbLeadSelection *self,
                  guint             position,
                  guint             removed,
                  guint             added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
on_list_changed (InbLeadSelection *self)
{
  if (inb_lead_checks_is_all (self->checks) && self->count_idle == 0)
    self->count_idle = g_idle_add (on_count_idle, self);
}

/* The current lead may stand elsewhere, and another in its row. */
static void
on_exchanged (InbLeadSelection *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  if (self->lead_id == NULL)
    return;

  if (!self->unloaded)
    self->rowid = inb_lead_list_find_loaded (self->list, self->lead_id);
  if (n_rows > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n_rows);
}

/* What was selected among other leads is not what somebody sees selected now. Another order changes nothing. */
static void
on_reset (InbLeadSelection *self)
{
  const InbLeadQuery *query = inb_lead_list_get_query (self->list);
  gboolean same = inb_lead_filter_equal (self->query->filter, query->filter) && self->query->contacts == query->contacts;

  inb_lead_query_free (self->query);
  self->query = inb_lead_query_copy (query);
  if (!same)
    inb_lead_selection_clear (self);
}

static void
on_replica_changed (InbLeadSelection *self,
                    GPtrArray        *lead_ids,
                    gboolean          everything)
{
  const char *epoch = inb_replica_get_epoch (inb_lead_list_get_replica (self->list));

  if (!everything || g_strcmp0 (self->epoch, epoch) == 0)
    return;

  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  inb_lead_selection_clear (self);
}

/* --- GListModel --------------------------------------------------------------------------------------------------------- */

static GType
inb_lead_selection_get_item_type (GListModel *model)
{
  return INB_TYPE_LEAD_SLOT;
}

static guint
inb_lead_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (INB_LEAD_SELECTION (model)->rows));
}

static gpointer
inb_lead_selection_get_item (GListModel *model,
                             guint       position)
{
  InbLeadSelection *self = INB_LEAD_SELECTION (model);
  InbLeadSlot *slot = g_list_model_get_item (G_LIST_MODEL (self->rows), position);
  InbLeadSummary *summary = slot != NULL ? inb_lead_slot_get_summary (slot) : NULL;

  if (summary == NULL || self->lead_id == NULL)
    return slot;
  /* Selected by its id before it was seen; or the replica was rebuilt and its rows are numbered anew. */
  if (g_str_equal (summary->id, self->lead_id))
    self->rowid = inb_lead_slot_get_rowid (slot);
  else if (inb_lead_slot_get_rowid (slot) == self->rowid)
    self->rowid = 0;

  return slot;
}

static void
inb_lead_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = inb_lead_selection_get_item_type;
  iface->get_n_items = inb_lead_selection_get_n_items;
  iface->get_item = inb_lead_selection_get_item;
}

/* --- GtkSelectionModel -------------------------------------------------------------------------------------------------- */

static gboolean
inb_lead_selection_is_selected (GtkSelectionModel *model,
                                guint              position)
{
  InbLeadSelection *self = INB_LEAD_SELECTION (model);

  return self->rowid != 0 && inb_lead_list_get_rowid (self->list, position) == self->rowid;
}

static GtkBitset *
inb_lead_selection_get_in_range (GtkSelectionModel *model,
                                 guint              position,
                                 guint              n_items)
{
  GtkBitset *set = gtk_bitset_new_empty ();
  guint selected = inb_lead_selection_get_position (INB_LEAD_SELECTION (model));

  if (selected != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (set, selected);

  return set;
}

static gboolean
inb_lead_selection_select_item (GtkSelectionModel *model,
                                guint              position,
                                gboolean           unselect_rest)
{
  InbLeadSelection *self = INB_LEAD_SELECTION (model);
  g_autoptr (InbLeadItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  InbLeadSummary *summary;

  if (item == NULL)
    return FALSE;
  if (!unselect_rest)
    {
      inb_lead_selection_toggle (self, position, FALSE);
      return TRUE;
    }
  if (inb_lead_item_get_rowid (item) == self->rowid)
    return TRUE;

  summary = inb_lead_item_get_summary (item);
  self->unloaded = summary == NULL;
  if (self->unloaded)
    g_signal_connect_object (item, "changed", G_CALLBACK (on_item_changed), self, 0);
  choose (self, summary != NULL ? summary->id : NULL, inb_lead_item_get_rowid (item));

  return TRUE;
}

static gboolean
inb_lead_selection_unselect_item (GtkSelectionModel *model,
                                  guint              position)
{
  inb_lead_selection_toggle (INB_LEAD_SELECTION (model), position, FALSE);

  return TRUE;
}

static gboolean
inb_lead_selection_select_range (GtkSelectionModel *model,
                                 guint              position,
                                 guint              n_items,
                                 gboolean           unselect_rest)
{
  inb_lead_selection_check_range (INB_LEAD_SELECTION (model), position, n_items);

  return TRUE;
}

static gboolean
inb_lead_selection_unselect_range (GtkSelectionModel *model,
                                   guint              position,
                                   guint              n_items)
{
  inb_lead_selection_check_range (INB_LEAD_SELECTION (model), position, n_items);

  return TRUE;
}

static gboolean
inb_lead_selection_select_everything (GtkSelectionModel *model)
{
  inb_lead_selection_select_all (INB_LEAD_SELECTION (model));

  return TRUE;
}

static gboolean
inb_lead_selection_unselect_all (GtkSelectionModel *model)
{
  inb_lead_selection_clear (INB_LEAD_SELECTION (model));

  return TRUE;
}

static void
inb_lead_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = inb_lead_selection_is_selected;
  iface->get_selection_in_range = inb_lead_selection_get_in_range;
  iface->select_item = inb_lead_selection_select_item;
  iface->unselect_item = inb_lead_selection_unselect_item;
  iface->select_range = inb_lead_selection_select_range;
  iface->unselect_range = inb_lead_selection_unselect_range;
  iface->select_all = inb_lead_selection_select_everything;
  iface->unselect_all = inb_lead_selection_unselect_all;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_lead_selection_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LEAD_ID:
      g_value_set_string (value, INB_LEAD_SELECTION (object)->lead_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_lead_selection_finalize (GObject *object)
{
  InbLeadSelection *self = INB_LEAD_SELECTION (object);

  g_clear_handle_id (&self->count_idle, g_source_remove);
  g_clear_pointer (&self->checks, inb_lead_checks_free);
  g_clear_pointer (&self->query, inb_lead_query_free);
  g_clear_pointer (&self->extended, gtk_bitset_unref);
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->lead_id, g_free);
  g_clear_object (&self->rows);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (inb_lead_selection_parent_class)->finalize (object);
}

static void
inb_lead_selection_class_init (InbLeadSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = inb_lead_selection_finalize;
  object_class->get_property = inb_lead_selection_get_property;

  props[PROP_LEAD_ID] = g_param_spec_string ("lead-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_signal_new ("checks-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_lead_selection_init (InbLeadSelection *self)
{
  self->checks = inb_lead_checks_new ();
  self->extended = gtk_bitset_new_empty ();
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbLeadSelection *
inb_lead_selection_new (InbLeadList *list)
{
  InbLeadSelection *self = g_object_new (INB_TYPE_LEAD_SELECTION, NULL);

  self->list = g_object_ref (list);
  self->rows = inb_lead_rows_new (list);
  self->query = inb_lead_query_copy (inb_lead_list_get_query (list));
  self->epoch = g_strdup (inb_replica_get_epoch (inb_lead_list_get_replica (list)));
  g_signal_connect_object (self->rows, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows, "exchanged", G_CALLBACK (on_exchanged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_list_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "reset", G_CALLBACK (on_reset), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_lead_list_get_replica (list), "changed", G_CALLBACK (on_replica_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_lead_list_get_replica (list), "rebuilt", G_CALLBACK (inb_lead_selection_clear), self,
                           G_CONNECT_SWAPPED);

  return self;
}

const char *
inb_lead_selection_get_lead_id (InbLeadSelection *self)
{
  g_return_val_if_fail (INB_IS_LEAD_SELECTION (self), NULL);

  return self->lead_id;
}

/**
 * inb_lead_selection_set_lead_id:
 * @lead_id: (nullable): the lead to select
 */
void
inb_lead_selection_set_lead_id (InbLeadSelection *self,
                                const char       *lead_id)
{
  gint64 rowid = 0;

  g_return_if_fail (INB_IS_LEAD_SELECTION (self));

  if (g_strcmp0 (self->lead_id, lead_id) == 0)
    return;

  self->unloaded = FALSE;
  if (lead_id != NULL)
    rowid = inb_lead_list_find_loaded (self->list, lead_id);
  choose (self, lead_id, rowid);
}

InbLeadList *
inb_lead_selection_get_list (InbLeadSelection *self)
{
  g_return_val_if_fail (INB_IS_LEAD_SELECTION (self), NULL);

  return self->list;
}

void
inb_lead_selection_complete (InbLeadSelection *self)
{
  g_return_if_fail (INB_IS_LEAD_SELECTION (self));

  inb_lead_rows_complete (self->rows);
}

guint
inb_lead_selection_get_position (InbLeadSelection *self)
{
  guint position;

  g_return_val_if_fail (INB_IS_LEAD_SELECTION (self), GTK_INVALID_LIST_POSITION);

  if (self->rowid == 0 || !inb_lead_list_find_rowid (self->list, self->rowid, &position))
    return GTK_INVALID_LIST_POSITION;

  return position;
}

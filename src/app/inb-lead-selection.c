#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-selection.h"

struct _InbLeadSelection {
  GObject      parent_instance;

  /* Owned */
  InbLeadList *list;
  char        *lead_id;

  gint64       rowid;      /* of lead_id; 0 until it is known. Row ids live as long as the replica's file */
  gboolean     unloaded;   /* a row was selected before its summary, and with it its id, had come */
};

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
  if (position != GTK_INVALID_LIST_POSITION)
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

static void
on_items_changed (InbLeadSelection *self,
                  guint             position,
                  guint             removed,
                  guint             added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* --- GListModel --------------------------------------------------------------------------------------------------------- */

static GType
inb_lead_selection_get_item_type (GListModel *model)
{
  return INB_TYPE_LEAD_ITEM;
}

static guint
inb_lead_selection_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (INB_LEAD_SELECTION (model)->list));
}

static gpointer
inb_lead_selection_get_item (GListModel *model,
                             guint       position)
{
  InbLeadSelection *self = INB_LEAD_SELECTION (model);
  InbLeadItem *item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  InbLeadSummary *summary = item != NULL ? inb_lead_item_get_summary (item) : NULL;

  if (summary == NULL || self->lead_id == NULL)
    return item;
  /* Selected by its id before it was seen; or the replica was rebuilt and its rows are numbered anew. */
  if (g_str_equal (summary->id, self->lead_id))
    self->rowid = inb_lead_item_get_rowid (item);
  else if (inb_lead_item_get_rowid (item) == self->rowid)
    self->rowid = 0;

  return item;
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
  InbLeadSelection *self = INB_LEAD_SELECTION (model);

  if (inb_lead_selection_is_selected (model, position))
    choose (self, NULL, 0);

  return TRUE;
}

static gboolean
inb_lead_selection_unselect_all (GtkSelectionModel *model)
{
  choose (INB_LEAD_SELECTION (model), NULL, 0);

  return TRUE;
}

static void
inb_lead_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = inb_lead_selection_is_selected;
  iface->get_selection_in_range = inb_lead_selection_get_in_range;
  iface->select_item = inb_lead_selection_select_item;
  iface->unselect_item = inb_lead_selection_unselect_item;
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

  g_clear_pointer (&self->lead_id, g_free);
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
}

static void
inb_lead_selection_init (InbLeadSelection *self)
{
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbLeadSelection *
inb_lead_selection_new (InbLeadList *list)
{
  InbLeadSelection *self = g_object_new (INB_TYPE_LEAD_SELECTION, NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);

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

guint
inb_lead_selection_get_position (InbLeadSelection *self)
{
  guint position;

  g_return_val_if_fail (INB_IS_LEAD_SELECTION (self), GTK_INVALID_LIST_POSITION);

  if (self->rowid == 0 || !inb_lead_list_find_rowid (self->list, self->rowid, &position))
    return GTK_INVALID_LIST_POSITION;

  return position;
}

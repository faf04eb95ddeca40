#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-rows.h"

#include "inb-lead-order.h"

/* What is made or rendered between two frames. */
#define STEP 8
/* GtkListView has 205 rows as widgets; past that a longer list costs nothing. */
#define MAX_WIDGETS 224
#define SPARE 4

/* A slot in use. The rows do not hold it: it takes its place away when it dies. */
typedef struct {
  InbLeadRows *rows;
  InbLeadSlot *slot;
  guint        position;  /* G_MAXUINT: its lead has left the list */
} Place;

struct _InbLeadRows {
  GObject      parent_instance;

  /* Owned */
  InbLeadList *list;
  GHashTable  *places;    /* slot → Place */
  GHashTable  *by_position; /* position → Place */
  guint        step;

  guint        length;    /* how much of the list the view has been told of */
  gboolean     reset;
};

static guint exchanged_signal;

static void inb_lead_rows_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbLeadRows, inb_lead_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, inb_lead_rows_model_init))

static guint
get_full_length (InbLeadRows *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

/* --- places ------------------------------------------------------------------------------------------------------------- */

static void
on_slot_gone (gpointer  user_data,
              GObject  *was_slot)
{
  Place *place = user_data;
  InbLeadRows *self = place->rows;
  gpointer position = GUINT_TO_POINTER (place->position);

  if (g_hash_table_lookup (self->by_position, position) == place)
    g_hash_table_remove (self->by_position, position);
  g_hash_table_remove (self->places, was_slot);
}

static InbLeadSlot *
add_slot (InbLeadRows *self,
          guint        position)
{
  g_autoptr (InbLeadItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  Place *place = g_new (Place, 1);

  place->rows = self;
  place->slot = inb_lead_slot_new (item);
  place->position = position;
  g_object_weak_ref (G_OBJECT (place->slot), on_slot_gone, place);
  g_hash_table_insert (self->places, place->slot, place);
  g_hash_table_insert (self->by_position, GUINT_TO_POINTER (position), place);

  return place->slot;
}

/* After positions have changed. */
static void
index_places (InbLeadRows *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_remove_all (self->by_position);
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Place *place = value;

      if (place->position != G_MAXUINT)
        g_hash_table_insert (self->by_position, GUINT_TO_POINTER (place->position), place);
    }
}

/* Each slot follows its lead, so that the view finds its widget, the focus and its place again. */
static void
move_places (InbLeadRows *self,
             guint        position,
             guint        removed,
             guint        added)
{
  g_autoptr (GHashTable) next = g_hash_table_new (NULL, NULL);
  GArray *rowids = inb_lead_list_get_rowids (self->list);
  GHashTableIter iter;
  gpointer value;

  if (removed > 0)
    for (guint i = 0; i < added; i++)
      g_hash_table_insert (next, GSIZE_TO_POINTER ((gsize) inb_lead_order_get (rowids, position + i)),
                           GUINT_TO_POINTER (position + i + 1));

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Place *place = value;

      if (place->position == G_MAXUINT || place->position < position)
        continue;
      if (place->position >= position + removed)
        place->position += added - removed;
      else
        place->position = GPOINTER_TO_UINT (g_hash_table_lookup (next, GSIZE_TO_POINTER ((gsize) inb_lead_slot_get_rowid (place->slot)))) - 1;
    }
  index_places (self);
}

/* Those from @length on have no place any more, even if somebody still holds them. */
static void
forget_places (InbLeadRows *self,
               guint        length)
{
  for (guint position = length; position < self->length && position < MAX_WIDGETS; position++)
    {
      Place *place = g_hash_table_lookup (self->by_position, GUINT_TO_POINTER (position));

      if (place == NULL)
        continue;
      place->position = G_MAXUINT;
      g_hash_table_remove (self->by_position, GUINT_TO_POINTER (position));
    }
}

/* --- what there is time for ---------------------------------------------------------------------------------------------- */

static void
set_length (InbLeadRows *self,
            guint        length)
{
  guint before = self->length;

  forget_places (self, length);
  self->length = length;
  if (length > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, length - before);
  else if (length < before)
    g_list_model_items_changed (G_LIST_MODEL (self), length, before - length, 0);
}

/* Returns: whether there was any */
static gboolean
tell_stale (InbLeadRows *self,
            guint        max)
{
  g_autoptr (GPtrArray) stale = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->places);
  while (stale->len < max && g_hash_table_iter_next (&iter, NULL, &value))
    {
      Place *place = value;

      if (place->position != G_MAXUINT && inb_lead_slot_get_stale (place->slot))
        g_ptr_array_add (stale, g_object_ref (place->slot));
    }
  for (guint i = 0; i < stale->len; i++)
    inb_lead_slot_tell (g_ptr_array_index (stale, i));

  return stale->len > 0;
}

static gboolean
on_step (gpointer user_data)
{
  InbLeadRows *self = user_data;
  guint full = get_full_length (self);

  if (self->length > full)
    {
      set_length (self, self->length - MIN (STEP, self->length - full));
      return G_SOURCE_CONTINUE;
    }
  if (tell_stale (self, STEP))
    return G_SOURCE_CONTINUE;
  if (self->length < full)
    {
      set_length (self, self->length < MAX_WIDGETS ? MIN (self->length + STEP, full) : full);
      return G_SOURCE_CONTINUE;
    }

  self->step = 0;

  return G_SOURCE_REMOVE;
}

/* Below the priority of drawing: a frame comes between two steps when there is anything to draw. */
static void
queue_step (InbLeadRows *self)
{
  if (self->step == 0)
    self->step = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_step, self, NULL);
}

/* --- another answer ------------------------------------------------------------------------------------------------------ */

/* How long the view is to believe the list is for now: the widgets that are missing or too many are made or dropped in steps. */
static guint
choose_length (InbLeadRows *self,
               guint        full,
               guint        n_shown)
{
  if (!self->reset)
    return full;
  if (full < self->length)
    return MAX (full, MIN (self->length, MAX_WIDGETS));
  if (self->length < MAX_WIDGETS)
    return MIN (full, MAX (self->length, n_shown));

  return full;
}

static void
exchange (InbLeadRows *self)
{
  guint full = get_full_length (self);
  guint length;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;
  guint first;
  guint n_visible;

  inb_lead_list_get_viewport (self->list, &first, &n_visible);
  length = choose_length (self, full, first + n_visible + SPARE);
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Place *place = value;
      g_autoptr (InbLeadItem) item = NULL;

      if (place->position >= length)
        {
          place->position = G_MAXUINT;
          continue;
        }
      item = g_list_model_get_item (G_LIST_MODEL (self->list), place->position);
      inb_lead_slot_set_item (place->slot, item);
      if (place->position + SPARE >= first && place->position <= first + n_visible + SPARE)
        g_ptr_array_add (shown, g_object_ref (place->slot));
    }
  index_places (self);
  for (guint i = 0; i < shown->len; i++)
    if (inb_lead_slot_get_stale (g_ptr_array_index (shown, i)))
      inb_lead_slot_tell (g_ptr_array_index (shown, i));

  set_length (self, length);
  g_signal_emit (self, exchanged_signal, 0);
  queue_step (self);
}

static void
on_list_changed (InbLeadRows *self,
                 guint        position,
                 guint        removed,
                 guint        added)
{
  InbLeadSplice splice = { position, removed, added };
  guint first;
  guint n_visible;

  inb_lead_list_get_viewport (self->list, &first, &n_visible);
  if (self->reset || inb_lead_order_is_exchange (&splice, first, n_visible, inb_lead_list_follows_top (self->list)) ||
      self->length != get_full_length (self) + removed - added)
    {
      exchange (self);
      return;
    }

  move_places (self, position, removed, added);
  self->length = get_full_length (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
on_list_reset (InbLeadRows *self)
{
  self->reset = TRUE;
}

static void
on_list_answered (InbLeadRows *self)
{
  self->reset = FALSE;
}

/* --- GListModel --------------------------------------------------------------------------------------------------------- */

static GType
inb_lead_rows_get_item_type (GListModel *model)
{
  return INB_TYPE_LEAD_SLOT;
}

static guint
inb_lead_rows_get_n_items (GListModel *model)
{
  return INB_LEAD_ROWS (model)->length;
}

static gpointer
inb_lead_rows_get_item (GListModel *model,
                        guint       position)
{
  InbLeadRows *self = INB_LEAD_ROWS (model);
  Place *place;

  if (position >= self->length)
    return NULL;

  place = g_hash_table_lookup (self->by_position, GUINT_TO_POINTER (position));

  return place != NULL ? g_object_ref (place->slot) : add_slot (self, position);
}

static void
inb_lead_rows_model_init (GListModelInterface *iface)
{
  iface->get_item_type = inb_lead_rows_get_item_type;
  iface->get_n_items = inb_lead_rows_get_n_items;
  iface->get_item = inb_lead_rows_get_item;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_lead_rows_finalize (GObject *object)
{
  InbLeadRows *self = INB_LEAD_ROWS (object);
  GHashTableIter iter;
  gpointer value;

  g_clear_handle_id (&self->step, g_source_remove);
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Place *place = value;

      g_object_weak_unref (G_OBJECT (place->slot), on_slot_gone, place);
    }
  g_clear_pointer (&self->by_position, g_hash_table_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (inb_lead_rows_parent_class)->finalize (object);
}

static void
inb_lead_rows_class_init (InbLeadRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_lead_rows_finalize;

  exchanged_signal = g_signal_new ("exchanged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
inb_lead_rows_init (InbLeadRows *self)
{
  self->places = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->by_position = g_hash_table_new (NULL, NULL);
}

InbLeadRows *
inb_lead_rows_new (InbLeadList *list)
{
  InbLeadRows *self = g_object_new (INB_TYPE_LEAD_ROWS, NULL);

  self->list = g_object_ref (list);
  self->length = get_full_length (self);
  g_signal_connect_object (list, "reset", G_CALLBACK (on_list_reset), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_list_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "answered", G_CALLBACK (on_list_answered), self, G_CONNECT_SWAPPED);

  return self;
}

void
inb_lead_rows_complete (InbLeadRows *self)
{
  g_return_if_fail (INB_IS_LEAD_ROWS (self));

  if (self->length < get_full_length (self))
    set_length (self, get_full_length (self));
}

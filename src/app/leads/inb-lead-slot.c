#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-slot.h"

struct _InbLeadSlot {
  GObject      parent_instance;

  /* Owned */
  InbLeadItem *item;

  gboolean     stale;   /* it has another lead, and nobody was told yet */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbLeadSlot, inb_lead_slot, G_TYPE_OBJECT)

static void
drop_item (InbLeadSlot *self)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, inb_lead_slot_tell, self);
  g_clear_object (&self->item);
}

static void
inb_lead_slot_dispose (GObject *object)
{
  drop_item (INB_LEAD_SLOT (object));

  G_OBJECT_CLASS (inb_lead_slot_parent_class)->dispose (object);
}

static void
inb_lead_slot_class_init (InbLeadSlotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_lead_slot_dispose;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
inb_lead_slot_init (InbLeadSlot *self)
{
}

/**
 * inb_lead_slot_new:
 * @item: (nullable): see inb_lead_slot_set_item()
 */
InbLeadSlot *
inb_lead_slot_new (InbLeadItem *item)
{
  InbLeadSlot *self = g_object_new (INB_TYPE_LEAD_SLOT, NULL);

  inb_lead_slot_set_item (self, item);
  self->stale = FALSE;

  return self;
}

InbLeadItem *
inb_lead_slot_get_item (InbLeadSlot *self)
{
  return self->item;
}

gint64
inb_lead_slot_get_rowid (InbLeadSlot *self)
{
  return self->item != NULL ? inb_lead_item_get_rowid (self->item) : 0;
}

InbLeadSummary *
inb_lead_slot_get_summary (InbLeadSlot *self)
{
  return self->item != NULL ? inb_lead_item_get_summary (self->item) : NULL;
}

/**
 * inb_lead_slot_set_item:
 * @item: (nullable): %NULL for a row past the list's end, which the view is about to lose
 */
void
inb_lead_slot_set_item (InbLeadSlot *self,
                        InbLeadItem *item)
{
  g_return_if_fail (INB_IS_LEAD_SLOT (self));
  g_return_if_fail (item == NULL || INB_IS_LEAD_ITEM (item));

  if (self->item == item)
    return;

  drop_item (self);
  self->stale = TRUE;
  if (item == NULL)
    return;

  self->item = g_object_ref (item);
  g_signal_connect_swapped (item, "changed", G_CALLBACK (inb_lead_slot_tell), self);
}

gboolean
inb_lead_slot_get_stale (InbLeadSlot *self)
{
  return self->stale;
}

void
inb_lead_slot_tell (InbLeadSlot *self)
{
  self->stale = FALSE;
  g_signal_emit (self, changed_signal, 0);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-item.h"

struct _InbLeadItem {
  GObject         parent_instance;

  /* Owned */
  InbLeadSummary *summary;

  gint64          rowid;
  gboolean        awaited;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbLeadItem, inb_lead_item, G_TYPE_OBJECT)

static void
inb_lead_item_finalize (GObject *object)
{
  InbLeadItem *self = INB_LEAD_ITEM (object);

  g_clear_pointer (&self->summary, inb_lead_summary_unref);

  G_OBJECT_CLASS (inb_lead_item_parent_class)->finalize (object);
}

static void
inb_lead_item_class_init (InbLeadItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_lead_item_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
inb_lead_item_init (InbLeadItem *self)
{
}

InbLeadItem *
inb_lead_item_new (gint64 rowid)
{
  InbLeadItem *self = g_object_new (INB_TYPE_LEAD_ITEM, NULL);

  self->rowid = rowid;

  return self;
}

gint64
inb_lead_item_get_rowid (InbLeadItem *self)
{
  return self->rowid;
}

InbLeadSummary *
inb_lead_item_get_summary (InbLeadItem *self)
{
  return self->summary;
}

/**
 * inb_lead_item_take_summary:
 * @summary: (transfer full): what the row shows from now on
 */
void
inb_lead_item_take_summary (InbLeadItem    *self,
                            InbLeadSummary *summary)
{
  g_return_if_fail (INB_IS_LEAD_ITEM (self));
  g_return_if_fail (summary != NULL);

  g_clear_pointer (&self->summary, inb_lead_summary_unref);
  self->summary = summary;
  self->awaited = FALSE;
  g_signal_emit (self, changed_signal, 0);
}

gboolean
inb_lead_item_get_awaited (InbLeadItem *self)
{
  return self->awaited;
}

void
inb_lead_item_set_awaited (InbLeadItem *self,
                           gboolean     awaited)
{
  self->awaited = awaited;
}

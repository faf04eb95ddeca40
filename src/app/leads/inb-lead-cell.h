/* One cell of the lead table, while it shows a row: a widget of the kind that its column asks for. */
#pragma once

#include "inb-clock.h"
#include "inb-lead-column.h"
#include "inb-lead-slot.h"
#include "inb-lead-selection.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Beside the columns of leads there is one of check boxes, which also speaks for the row as a whole. */
#define INB_LEAD_CELL_CHECK INB_N_LEAD_SORTS

/* What all cells of a table share. Borrowed: it lives longer than the cells. */
typedef struct {
  InbClock         *clock;
  InbDirectory     *directory;
  InbLeadSelection *selection;
  GHashTable       *marked;     /* set of lead ids whose rows are tinted */
} InbLeadCellShared;

typedef struct {
  const InbLeadCellShared *shared;
  guint                    column;    /* InbLeadSort or INB_LEAD_CELL_CHECK */
  GtkListItem             *list_item;
  GtkWidget               *widget;    /* owned */
  InbLeadSlot             *slot;      /* the row's, while it is bound */
  gulong                   handler;
  gboolean                 blank;
} InbLeadCell;

InbLeadCell *inb_lead_cell_new     (const InbLeadCellShared *shared,
                                    guint                    column,
                                    GtkListItem             *list_item);
void         inb_lead_cell_free    (InbLeadCell             *self);
void         inb_lead_cell_bind    (InbLeadCell             *self);
void         inb_lead_cell_unbind  (InbLeadCell             *self);
/* Renders it again, because what it says may be another thing now. */
void         inb_lead_cell_update  (InbLeadCell             *self);
/* Only whether the row is checked; of a cell of the check boxes. */
void         inb_lead_cell_update_checked (InbLeadCell      *self);
/* (transfer none) (nullable): the widget of the whole row. */
GtkWidget   *inb_lead_cell_get_row (InbLeadCell             *self);
/* The cell that @widget is or is in. (nullable) */
InbLeadCell *inb_lead_cell_find    (GtkWidget               *widget);

G_END_DECLS

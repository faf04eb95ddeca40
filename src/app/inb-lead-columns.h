/* The columns of the lead table: what each cell shows and how it keeps up with its row. */
#pragma once

#include "inb-clock.h"
#include "inb-lead-item.h"
#include "inb-stage.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  INB_COLUMNS_FEW,      /* name, stage, time */
  INB_COLUMNS_MIDDLE,   /* all but mail, which is the longest and the least needed */
  INB_COLUMNS_ALL
} InbColumnsShown;

typedef struct _InbLeadColumns InbLeadColumns;

/* Appends the columns to @view. */
InbLeadColumns *inb_lead_columns_new        (GtkColumnView    *view,
                                             InbClock         *clock);
/* Once @view has no model any more. */
void            inb_lead_columns_free       (InbLeadColumns   *self);
void            inb_lead_columns_set_stages (InbLeadColumns   *self,
                                             InbStageSet      *stages);
void            inb_lead_columns_set_shown  (InbLeadColumns   *self,
                                             InbColumnsShown   shown);
void            inb_lead_columns_sort_by    (InbLeadColumns   *self,
                                             InbLeadSort       sort,
                                             gboolean          descending);
/* FALSE when the view is sorted by none. */
gboolean        inb_lead_columns_read_sort  (InbLeadColumns   *self,
                                             InbLeadSort      *sort,
                                             gboolean         *descending);
/* Tints the row of this lead for some seconds, now or when it appears. */
void            inb_lead_columns_mark       (InbLeadColumns   *self,
                                             const char       *lead_id);
/* The widget of the row at @position, if there is one now. */
GtkWidget      *inb_lead_columns_find_row   (InbLeadColumns   *self,
                                             guint             position);
GtkBitset      *inb_lead_columns_get_held   (InbLeadColumns   *self);

G_END_DECLS

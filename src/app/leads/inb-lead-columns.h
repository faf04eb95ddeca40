/* The columns of the lead table: which the view has, in what order, how wide, and by which it is sorted; as the user wants it,
 * kept in the settings, less what a narrow table has no room for. */
#pragma once

#include "inb-column-layout.h"
#include "inb-lead-cells.h"

G_BEGIN_DECLS

typedef struct _InbLeadColumns InbLeadColumns;

/* Appends the columns to @view. @settings: (nullable): then nothing is remembered. */
InbLeadColumns *inb_lead_columns_new          (GtkColumnView        *view,
                                               InbLeadCells         *cells,
                                               GSettings            *settings);
/* Once @view has no model any more; before @cells. */
void            inb_lead_columns_free         (InbLeadColumns       *self);
/* What there is room for, and whether the rows are contacts without a lead. */
void            inb_lead_columns_set_shown    (InbLeadColumns       *self,
                                               InbColumnsShown       shown,
                                               gboolean              contacts);
/* Before the rows become contacts without a lead, or leads again. */
void            inb_lead_columns_sort_for     (InbLeadColumns       *self,
                                               gboolean              contacts);
void            inb_lead_columns_sort_by      (InbLeadColumns       *self,
                                               InbLeadSort           sort,
                                               gboolean              descending);
/* FALSE when the view is sorted by none. */
gboolean        inb_lead_columns_read_sort    (InbLeadColumns       *self,
                                               InbLeadSort          *sort,
                                               gboolean             *descending);
/* Whether the user wants it; another matter than whether there is room. */
gboolean        inb_lead_columns_get_wanted   (InbLeadColumns       *self,
                                               InbLeadSort           column);
void            inb_lead_columns_set_wanted   (InbLeadColumns       *self,
                                               InbLeadSort           column,
                                               gboolean              wanted);
/* Everything as it was at first. */
void            inb_lead_columns_reset        (InbLeadColumns       *self);
/* Valid until it changes. */
const InbColumnLayout *inb_lead_columns_get_layout (InbLeadColumns   *self);
void            inb_lead_columns_set_layout   (InbLeadColumns        *self,
                                               const InbColumnLayout *layout);
/* Called when the layout has become another, whoever did it. */
void            inb_lead_columns_set_notify   (InbLeadColumns        *self,
                                               GDestroyNotify         notify,
                                               gpointer               user_data);
/* (transfer full) (element-type InbLeadSort): those that the user wants, from the left. */
GArray         *inb_lead_columns_dup_wanted   (InbLeadColumns       *self);
/* The column whose header @index is, counted over the visible ones; FALSE for the check boxes. */
gboolean        inb_lead_columns_find_visible (InbLeadColumns       *self,
                                               guint                 index,
                                               InbLeadSort          *column);

G_END_DECLS

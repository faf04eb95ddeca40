/* How the user wants the table: which columns, in what order, how wide, sorted by which. A value; kept as a list of words, of
 * which those that make no sense are passed over. */
#pragma once

#include "inb-lead-column.h"

G_BEGIN_DECLS

#define INB_COLUMN_LAYOUT_AUTOMATIC (-1)

typedef struct {
  InbLeadSort column;
  gboolean    visible;
  int         width;      /* pixels, or INB_COLUMN_LAYOUT_AUTOMATIC */
} InbColumnPlace;

typedef struct {
  InbColumnPlace places[INB_N_LEAD_SORTS];  /* from the left, each column once */
  InbLeadSort    sort;
  gboolean       descending;
} InbColumnLayout;

/* As it is until the user says otherwise. */
void            inb_column_layout_init   (InbColumnLayout       *self);
/* @words: (nullable): what inb_column_layout_format() made, or anything else. */
void            inb_column_layout_parse  (InbColumnLayout       *self,
                                          const char * const    *words);
/* (transfer full) */
GStrv           inb_column_layout_format (const InbColumnLayout *self);
/* For a saved view, which has no widths: the visible columns' keys as a JSON array, and "created" or "-created". (transfer full) */
char           *inb_column_layout_dup_columns (const InbColumnLayout  *self);
char           *inb_column_layout_dup_sort    (const InbColumnLayout  *self);
/* The other way; widths stay. What makes no sense is passed over: without one column that is known, the columns stay as they are. */
void            inb_column_layout_set_columns (InbColumnLayout        *self,
                                               const char             *columns);
void            inb_column_layout_set_sort    (InbColumnLayout        *self,
                                               const char             *sort);
InbColumnPlace *inb_column_layout_find   (InbColumnLayout       *self,
                                          InbLeadSort            column);

G_END_DECLS

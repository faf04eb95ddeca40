/* The statements of one list request: a filter turned into SQL that holds only the predicates that are asked for. */
#pragma once

#include "inb-lead-request.h"

G_BEGIN_DECLS

typedef struct {
  char      *page_sql;   /* columns of lead, then of contact; takes all params */
  char      *count_sql;  /* takes the first n_filter_params */
  char      *total_sql;  /* the same from the roll-up: total, whether it is exact; NULL when it cannot tell */
  GPtrArray *params;     /* (element-type utf8): workspace, the filter's, then limit + 1, offset, cursor */
  guint      n_filter_params;
} InbLeadSelect;

InbLeadSelect *inb_lead_select_new  (const InbLeadRequest *filter,
                                     const char          *workspace_id);
void           inb_lead_select_free (InbLeadSelect       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadSelect, inb_lead_select_free)

G_END_DECLS

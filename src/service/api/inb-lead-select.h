/* The statements of one list request: a filter turned into SQL that holds only the predicates that are asked for. */
#pragma once

#include "inb-lead-request.h"
#include "inb-lead-where.h"

G_BEGIN_DECLS

typedef struct {
  char         *page_sql;   /* columns of lead, then of contact; takes all of the page's params */
  char         *count_sql;  /* takes the first n_filter_params of them */
  char         *total_sql;  /* the same from the roll-up: total, whether it is exact; NULL when it cannot tell */
  InbLeadWhere *page;       /* workspace, the filter's params, then cursor, limit + 1, offset */
  InbLeadWhere *total;      /* with total_sql */
  guint         n_filter_params;
} InbLeadSelect;

InbLeadSelect *inb_lead_select_new  (const InbLeadRequest   *request,
                                     const InbWorkspaceInfo *info,
                                     const char             *workspace_id);
void           inb_lead_select_free (InbLeadSelect          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadSelect, inb_lead_select_free)

G_END_DECLS

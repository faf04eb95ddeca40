/* What a list of leads shows: filter, search, sort. A value type; the replica turns it into a vector of row ids. */
#pragma once

#include "inb-lead-filter.h"

G_BEGIN_DECLS

typedef enum {
  INB_LEAD_SORT_CREATED,
  INB_LEAD_SORT_NAME,
  INB_LEAD_SORT_PHONE,
  INB_LEAD_SORT_EMAIL,
  INB_LEAD_SORT_SOURCE,
  INB_LEAD_SORT_PRODUCT,
  INB_LEAD_SORT_STAGE,
  INB_LEAD_SORT_COMPANY,
  INB_LEAD_SORT_SCORE,
  INB_LEAD_SORT_TEMPERATURE,
  INB_LEAD_SORT_OWNER,
  INB_LEAD_SORT_TEAM,
  INB_LEAD_SORT_VALUE,
  INB_LEAD_SORT_CAMPAIGN,
  INB_LEAD_SORT_LAST_ACTIVITY,
  INB_LEAD_SORT_FOLLOW_UP,
  INB_LEAD_SORT_RESPONSE,
  INB_N_LEAD_SORTS
} InbLeadSort;

typedef struct {
  InbLeadSort    sort;
  gboolean       descending;
  gboolean       contacts;  /* contacts without a lead instead; only the filter's text and created apply to them */
  InbLeadFilter *filter;    /* never NULL */
  gint64         now;       /* what relative ranges are relative to, microseconds; 0 = the clock when it runs */
} InbLeadQuery;

#define INB_TYPE_LEAD_QUERY (inb_lead_query_get_type ())
GType         inb_lead_query_get_type (void);
InbLeadQuery *inb_lead_query_new      (void); /* created, newest first */
InbLeadQuery *inb_lead_query_copy     (const InbLeadQuery *self);
void          inb_lead_query_free     (InbLeadQuery       *self);
gboolean      inb_lead_query_equal    (const InbLeadQuery *a,
                                       const InbLeadQuery *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadQuery, inb_lead_query_free)

G_END_DECLS

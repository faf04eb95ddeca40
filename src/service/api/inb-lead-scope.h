/* Which leads a request means: the model's filter, and beside it instants, which only requests name. Every request that filters
 * takes the same parameters.
 */
#pragma once

#include "inb-lead-filter.h"

G_BEGIN_DECLS

typedef enum {
  INB_LEAD_BOUND_CREATED_FROM,
  INB_LEAD_BOUND_CREATED_TO,
  INB_LEAD_BOUND_ACTIVITY_FROM,
  INB_LEAD_BOUND_ACTIVITY_TO,
  INB_N_LEAD_BOUNDS
} InbLeadBound;

typedef struct {
  InbLeadFilter *filter;
  gint64         instants[INB_N_LEAD_BOUNDS]; /* microseconds, "from" included, "to" not; INB_TIME_NONE = open */
} InbLeadScope;

/* @others: the parameters that the request has besides a filter's. INB_ERROR_INVALID_ARGUMENT names the parameter. */
InbLeadScope *inb_lead_scope_new            (GHashTable          *params,
                                             const char * const  *others,
                                             GError             **error);
/* The same leads, but only those created on these local days, YYYY-MM-DD, both included. */
InbLeadScope *inb_lead_scope_copy_within    (const InbLeadScope  *self,
                                             const char          *from,
                                             const char          *to,
                                             gint64               now,
                                             GTimeZone           *timezone);
void          inb_lead_scope_free           (InbLeadScope        *self);
/* The parameter that names a field's values: "status", "source", … */
const char   *inb_lead_scope_get_name       (InbFilterField       field);
/* Whether it asks for nothing but stages, sources, products and days of creation: then the roll-up can tell. */
gboolean      inb_lead_scope_is_rolled_up   (const InbLeadScope  *self);
/* Whether it cannot be resolved without the workspace's zone, its stages or the time. */
gboolean      inb_lead_scope_needs_calendar (const InbLeadScope  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadScope, inb_lead_scope_free)

G_END_DECLS

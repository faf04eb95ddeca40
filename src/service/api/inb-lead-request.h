/* What GET /api/inbound-leads asks for, parsed from its parameters and checked; inb-lead-select.h makes SQL of it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_LEAD_SORT_CREATED_DESC,
  INB_LEAD_SORT_CREATED,
  INB_LEAD_SORT_ACTIVITY_DESC,
  INB_LEAD_SORT_ACTIVITY,
  INB_N_LEAD_SORTS
} InbLeadSort;

/* The lists that a filter may name. */
typedef enum {
  INB_LEAD_LIST_ASSIGNEE,
  INB_LEAD_LIST_TEAM,
  INB_LEAD_LIST_PRODUCT,
  INB_LEAD_LIST_SOURCE,
  INB_LEAD_LIST_STAGE,
  INB_LEAD_LIST_TEMPERATURE,
  INB_N_LEAD_LISTS
} InbLeadList;

typedef enum {
  INB_LEAD_BOUND_CREATED_FROM,
  INB_LEAD_BOUND_CREATED_TO,
  INB_LEAD_BOUND_ACTIVITY_FROM,
  INB_LEAD_BOUND_ACTIVITY_TO,
  INB_N_LEAD_BOUNDS
} InbLeadBound;

typedef struct {
  GStrv        lists[INB_N_LEAD_LISTS];
  char        *bounds[INB_N_LEAD_BOUNDS];
  gboolean     bound_is_day[INB_N_LEAD_BOUNDS]; /* "to" a day includes it, "to" an instant does not */
  char        *query;
  InbLeadSort  sort;
  gint64       limit;
  gint64       offset;
  char        *after_time; /* from the cursor: the last row of the page before, or NULL */
  char        *after_id;
} InbLeadRequest;

extern const char * const inb_lead_request_params[]; /* the names it reads, besides workspace_id */

InbLeadRequest *inb_lead_request_new             (GHashTable           *params,
                                                GError              **error);
void           inb_lead_request_free            (InbLeadRequest        *self);
/* Whether it asks for nothing but stages, sources and products: then the roll-up knows the total. */
gboolean       inb_lead_request_is_rolled_up    (const InbLeadRequest  *self);
/* Opaque to clients. @time is in wire form. */
char          *inb_lead_cursor_encode          (InbLeadSort           sort,
                                                const char           *time,
                                                const char           *id);
gboolean       inb_lead_cursor_decode          (const char           *cursor,
                                                InbLeadSort          *sort,
                                                char                **time,
                                                char                **id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadRequest, inb_lead_request_free)

G_END_DECLS

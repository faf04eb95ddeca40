/* What GET /api/inbound-leads asks for, parsed from its parameters and checked; inb-lead-select.h makes SQL of it.
 */
#pragma once

#include "inb-lead-scope.h"

G_BEGIN_DECLS

typedef enum {
  INB_LEAD_SORT_CREATED_DESC,
  INB_LEAD_SORT_CREATED,
  INB_LEAD_SORT_ACTIVITY_DESC,
  INB_LEAD_SORT_ACTIVITY,
  INB_N_LEAD_SORTS
} InbLeadSort;

typedef struct {
  InbLeadScope *scope;
  InbLeadSort   sort;
  gint64        limit;
  gint64        offset;
  char         *after_time; /* from the cursor: the last row of the page before, or NULL */
  char         *after_id;
} InbLeadRequest;

InbLeadRequest *inb_lead_request_new    (GHashTable      *params,
                                         GError         **error);
void            inb_lead_request_free   (InbLeadRequest  *self);
/* Opaque to clients. @time is in wire form. */
char           *inb_lead_cursor_encode  (InbLeadSort      sort,
                                         const char      *time,
                                         const char      *id);
gboolean        inb_lead_cursor_decode  (const char      *cursor,
                                         InbLeadSort     *sort,
                                         char           **time,
                                         char           **id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadRequest, inb_lead_request_free)

G_END_DECLS

/* The body of POST /api/inbound-leads/bulk: which leads, and what shall become of each. */
#pragma once

#include "inb-lead-scope.h"
#include "inb-mutation.h"

G_BEGIN_DECLS

#define INB_BULK_MAX 100000

typedef struct {
  /* Owned */
  GPtrArray    *ids;       /* (element-type utf8), each once; NULL with a filter, until that was read */
  InbLeadScope *scope;     /* NULL with ids */
  InbMutation  *pattern;   /* what each of them gets; its id and entity mean nothing */
  char         *summary;   /* JSON, for the audit log */
} InbBulkRequest;

/* INB_ERROR_INVALID_BODY, INB_ERROR_UNPROCESSABLE. */
InbBulkRequest *inb_bulk_request_new  (GBytes          *body,
                                       GError         **error);
void            inb_bulk_request_free (InbBulkRequest  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbBulkRequest, inb_bulk_request_free)

G_END_DECLS

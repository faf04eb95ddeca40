/* What GET /api/inbound-leads/export.csv asks for: which leads, and which columns of them. */
#pragma once

#include "inb-column.h"
#include "inb-lead-scope.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;    /* in the header row; static or the request's */
  InbType     type;
} InbExportColumn;

typedef struct {
  InbLeadScope *scope;
  GArray       *columns;    /* (element-type InbExportColumn) */
  char         *select;     /* their expressions on leads l, contacts c and the owner m */
  char         *filter;     /* the parameters as a JSON object, for the audit log */
} InbExportRequest;

/* Takes the filter's parameters and columns. INB_ERROR_INVALID_ARGUMENT. */
InbExportRequest *inb_export_request_new  (GHashTable        *params,
                                           GError           **error);
void              inb_export_request_free (InbExportRequest  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbExportRequest, inb_export_request_free)

G_END_DECLS

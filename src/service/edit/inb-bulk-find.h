/* Which leads a bulk's filter means, read on the reader pool in short transactions. Private to edit. */
#pragma once

#include "inb-bulk-request.h"
#include "inb-db.h"

G_BEGIN_DECLS

typedef struct {
  char               *workspace_id; /* owned */
  const InbLeadScope *scope;        /* borrowed */
} InbBulkFind;

InbBulkFind *inb_bulk_find_new  (const char          *workspace_id,
                                 const InbLeadScope  *scope);
void         inb_bulk_find_free (gpointer             find);
/* An InbReadFunc: (transfer full) a GPtrArray of ids, newest leads first; INB_ERROR_UNPROCESSABLE when they are too many. */
gpointer     inb_bulk_find_run  (InbDb               *db,
                                 gpointer             find,
                                 GError             **error);

G_END_DECLS

/* One change for many leads: a mutation each, all of one group, made as their turn comes. Private to edit. */
#pragma once

#include "inb-api.h"
#include "inb-bulk-request.h"

G_BEGIN_DECLS

/* @bulk: (transfer full): with its ids. Answers @request when all are done; a client that goes meanwhile changes nothing of that. */
void inb_bulk_job_push (InbApi          *api,
                        InbHttpRequest  *request,
                        InbSession      *session,
                        InbBulkRequest  *bulk);

G_END_DECLS

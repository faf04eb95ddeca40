/* One export under way: pages of leads by keyset, each in a short transaction of its own, written as CSV and given to the client
 * piece by piece as it takes them.
 */
#pragma once

#include "inb-api.h"
#include "inb-export-request.h"

G_BEGIN_DECLS

/* Answers @request, now or later. @wanted: (transfer full) */
void inb_export_start (InbApi            *api,
                       InbHttpRequest    *request,
                       InbSession        *session,
                       InbExportRequest  *wanted);

G_END_DECLS

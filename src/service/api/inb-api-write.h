/* A request that writes: a function run under the workspace's lock in the writer's transaction, and its answer. */
#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

/* On the writer thread, perhaps more than once: a turn whose connection is lost is run anew. Reads by inb_db_query(), puts rows into
 * the write set, and returns (transfer full) the answer's JSON, or NULL with the error that becomes the answer's problem. */
typedef GString *(*InbApiWriteFunc) (InbWrite  *write,
                                     gpointer   data,
                                     GError   **error);

void inb_api_write (InbApi          *self,
                    InbHttpRequest  *request,
                    InbSession      *session,
                    guint            status,
                    InbApiWriteFunc  func,
                    gpointer         data,
                    GDestroyNotify   free_data);
/* Hands a job to the writer; answers @request when it is not taken. @job: (transfer full) */
void inb_api_push  (InbApi          *self,
                    InbHttpRequest  *request,
                    InbWriterJob    *job);

G_END_DECLS

/* A few read connections, one worker thread each (jit=off, plan_cache_mode=force_generic_plan). A job runs on a worker with
 * its connection and gives its result to the main loop. The queue is bounded; past it INB_ERROR_UNAVAILABLE at once.
 * A job that fails because the connection broke is tried once more on a new one (jobs only read).
 */
#pragma once

#include "inb-db.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_TYPE_READER_POOL (inb_reader_pool_get_type ())
G_DECLARE_FINAL_TYPE (InbReaderPool, inb_reader_pool, INB, READER_POOL, GObject)

/* Runs on a worker thread; returns the result for g_task_propagate_pointer, or NULL with the error set. */
typedef gpointer (*InbReadFunc) (InbDb    *db,
                                 gpointer  data,
                                 GError  **error);

InbReaderPool *inb_reader_pool_new        (const char          *conninfo,
                                           guint                n_connections);
void           inb_reader_pool_run_async  (InbReaderPool       *self,
                                           InbReadFunc          func,
                                           gpointer             data,
                                           GDestroyNotify       free_data,
                                           GDestroyNotify       free_result,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gpointer       inb_reader_pool_run_finish (InbReaderPool       *self,
                                           GAsyncResult        *result,
                                           GError             **error);
/* Stops taking jobs, finishes those under way. */
void           inb_reader_pool_stop       (InbReaderPool       *self);

G_END_DECLS

/* What waits for the writer: webhooks and jobs of each workspace, served round robin, so that one busy workspace never keeps another
 * waiting. Webhooks go first; after a few batches of them a job has its turn, so that edits come through under any load. Bounded
 * per workspace and in all, and in bytes: a sender that has gone left its body here. Thread-safe.
 */
#pragma once

#include "inb-delivery.h"
#include "inb-writer-job.h"

G_BEGIN_DECLS

#define INB_WRITER_QUEUE_MAX_WORKSPACE 4096
#define INB_WRITER_QUEUE_MAX 16384
#define INB_WRITER_QUEUE_MAX_BYTES (32 * 1024 * 1024)
#define INB_WRITER_QUEUE_MAX_WORKSPACE_JOBS 256
#define INB_WRITER_QUEUE_MAX_JOBS 1024
#define INB_WRITER_QUEUE_MAX_JOB_BYTES (64 * 1024 * 1024)
/* Batches of webhooks that a waiting job lets pass. */
#define INB_WRITER_QUEUE_BATCHES_A_JOB 4

/* One of the two; nothing when the wait was in vain. */
typedef struct {
  GPtrArray    *deliveries; /* (element-type InbDelivery) of one workspace in order of arrival; does not own them */
  InbWriterJob *job;
} InbWriterTurn;

typedef struct _InbWriterQueue InbWriterQueue;

InbWriterQueue *inb_writer_queue_new        (void);
void            inb_writer_queue_free       (InbWriterQueue  *self);
gboolean        inb_writer_queue_push       (InbWriterQueue  *self,
                                             InbDelivery    **deliveries,
                                             guint            n_deliveries,
                                             GError         **error);
gboolean        inb_writer_queue_push_job   (InbWriterQueue  *self,
                                             InbWriterJob    *job,
                                             GError         **error);
gboolean        inb_writer_queue_return_job (InbWriterQueue  *self,
                                             InbWriterJob    *job);
gboolean        inb_writer_queue_take       (InbWriterQueue  *self,
                                             guint            max,
                                             gint64           timeout,
                                             InbWriterTurn   *turn);
/* Jobs of many turns end at their next one. */
void            inb_writer_queue_hurry      (InbWriterQueue  *self);
void            inb_writer_queue_close      (InbWriterQueue  *self);
guint           inb_writer_queue_get_length (InbWriterQueue  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWriterQueue, inb_writer_queue_free)

G_END_DECLS

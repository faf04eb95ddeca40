/* Between the parts of the writer: its thread and connection (inb-writer.c), the fate of a batch of webhooks (inb-writer-batch.c) and
 * of a job's turn (inb-writer-work.c), and the way back to the main loop (inb-writer-outcome.c).
 */
#pragma once

#include "inb-ingest.h"
#include "inb-writer-queue.h"
#include "inb-writer.h"

G_BEGIN_DECLS

#define INB_WRITER_MAX_ATTEMPTS 3

struct _InbWriter {
  GObject parent_instance;

  /* Owned */
  char             *conninfo;
  InbWriterQueue   *queue;
  GMainContext     *context;       /* of the main loop */
  GThread          *thread;
  int               is_connected;  /* atomic */
  int               has_listeners; /* atomic */

  /* Borrowed; main loop only */
  InbWriterChanged  changed;
  gpointer          changed_data;

  /* Borrowed */
  InbCounters      *counters;      /* or NULL */

  /* Only on the writer thread */
  InbDb            *db;
  InbStore         *store;
  InbIngest        *ingest;
  gint64            next_connect;
  gboolean          is_refusing;   /* as for the log */
};

/* All on the writer thread. */
gboolean inb_writer_connect            (InbWriter         *self,
                                        GError           **error);
gboolean inb_writer_connect_patiently  (InbWriter         *self,
                                        GError           **error);
void     inb_writer_write_batch        (InbWriter         *self,
                                        GPtrArray         *deliveries,
                                        guint              attempt);
/* @job: (transfer full) */
void     inb_writer_work               (InbWriter         *self,
                                        InbWriterJob      *job);
/* What a sender is told of a failure that is not its own; (transfer full) */
GError  *inb_writer_make_told          (const GError      *error);
/* Failures that anything else would meet as well: nobody is to blame, everybody may come back. */
gboolean inb_writer_is_general_failure (InbWriter         *self,
                                        const GError      *error);
/* @changes: (transfer full) (nullable) */
void     inb_writer_hand_back          (InbWriter         *self,
                                        GPtrArray         *deliveries,
                                        InbChanges        *changes);
/* Tells what a turn changed, and hands the job back when it is done. @changes: (transfer full) (nullable); @job: (transfer full) if
 * it is done */
void     inb_writer_hand_back_job      (InbWriter         *self,
                                        InbWriterJob      *job,
                                        gboolean           is_done,
                                        InbChanges        *changes);

G_END_DECLS

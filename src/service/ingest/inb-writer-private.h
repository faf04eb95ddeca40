/* Between the parts of the writer: its thread and connection (inb-writer.c), the fate of a batch (inb-writer-batch.c), and the way
 * back to the main loop (inb-writer-outcome.c).
 */
#pragma once

#include "inb-delivery-queue.h"
#include "inb-ingest.h"
#include "inb-writer.h"

G_BEGIN_DECLS

struct _InbWriter {
  GObject parent_instance;

  /* Owned */
  char             *conninfo;
  InbDeliveryQueue *queue;
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
  InbIngest        *ingest;
  gint64            next_connect;
  gboolean          is_refusing;   /* as for the log */
};

/* All on the writer thread. */
gboolean inb_writer_connect           (InbWriter         *self,
                                       GError           **error);
gboolean inb_writer_connect_patiently (InbWriter         *self,
                                       GError           **error);
void     inb_writer_write_batch       (InbWriter         *self,
                                       GPtrArray         *deliveries,
                                       guint              attempt);
/* @changes: (transfer full) (nullable) */
void     inb_writer_hand_back         (InbWriter         *self,
                                       GPtrArray         *deliveries,
                                       InbIngestChanges  *changes);

G_END_DECLS

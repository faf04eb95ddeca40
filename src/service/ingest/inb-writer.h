/* The one writer: a thread with its own connection that everything which writes tenant data goes through. Queues per
 * workspace, round robin, one transaction a batch of one workspace.
 */
#pragma once

#include "inb-counters.h"
#include "inb-delivery.h"
#include "inb-writer-job.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What one committed batch changed, for the workspace's clients of this process. Called on the main loop, in order of
 * @from, before the answers of the same batch. @rows is a JSON array of {"kind":…,"row":{…}} in order of change_seq, or
 * NULL when it would be too long; @events are complete "webhook:contact_created" event texts (element-type utf8).
 * @to is 0 when a lost connection left open what was stored: then the feed has to be read. */
typedef void (*InbWriterChanged) (const char *workspace_id,
                                  gint64      from,
                                  gint64      to,
                                  GString    *rows,
                                  GPtrArray  *events,
                                  gpointer    user_data);

#define INB_TYPE_WRITER (inb_writer_get_type ())
G_DECLARE_FINAL_TYPE (InbWriter, inb_writer, INB, WRITER, GObject)

InbWriter *inb_writer_new              (const char        *conninfo);
void       inb_writer_set_changed      (InbWriter         *self,
                                        InbWriterChanged   changed,
                                        gpointer           user_data);
/* Whether anyone is to be told rows and events; TRUE at first. */
void       inb_writer_set_has_listeners (InbWriter        *self,
                                        gboolean           has_listeners);
/* Counts events and batches from now on; set before the first push, outlives the writer. */
void       inb_writer_set_counters     (InbWriter         *self,
                                        InbCounters       *counters);
gboolean   inb_writer_push             (InbWriter         *self,
                                        InbDelivery      **deliveries,
                                        guint              n_deliveries,
                                        GError           **error);
gboolean   inb_writer_push_job         (InbWriter         *self,
                                        InbWriterJob      *job,
                                        GError           **error);
void       inb_writer_hurry            (InbWriter         *self);
void       inb_writer_stop             (InbWriter         *self);
gboolean   inb_writer_is_connected     (InbWriter         *self);
guint      inb_writer_get_queue_length (InbWriter         *self);

G_END_DECLS

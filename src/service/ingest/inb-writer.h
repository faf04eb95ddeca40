/* The one writer: a thread with its own connection that everything which writes tenant data goes through. Queues per
 * workspace, round robin, one transaction a batch of one workspace.
 */
#pragma once

#include "inb-directory.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One event of one request on its way through the writer. Made on the main loop, handed back there with its answer. */
typedef struct _InbDelivery InbDelivery;

typedef void (*InbDeliveryDone) (InbDelivery *delivery,
                                 gpointer     user_data);

/* What one committed batch changed, for the workspace's clients of this process. Called on the main loop, in order of
 * @from, before the answers of the same batch. @rows is a JSON array of {"kind":…,"row":{…}} in order of change_seq;
 * @events are complete "webhook:contact_created" event texts (element-type utf8). */
typedef void (*InbWriterChanged) (const char *workspace_id,
                                  gint64      from,
                                  gint64      to,
                                  GString    *rows,
                                  GPtrArray  *events,
                                  gpointer    user_data);

#define INB_TYPE_WRITER (inb_writer_get_type ())
G_DECLARE_FINAL_TYPE (InbWriter, inb_writer, INB, WRITER, GObject)

InbWriter *inb_writer_new           (const char       *conninfo);
void       inb_writer_set_changed   (InbWriter        *self,
                                     InbWriterChanged  changed,
                                     gpointer          user_data);
/* FALSE with INB_ERROR_QUEUE_FULL; then the caller keeps the delivery. @done runs on the main loop. */
gboolean   inb_writer_push_delivery (InbWriter        *self,
                                     InbDelivery      *delivery,
                                     InbDeliveryDone   done,
                                     gpointer          user_data,
                                     GError          **error);
/* Finishes what was taken, then joins the thread. Blocks. */
void       inb_writer_stop          (InbWriter        *self);
/* Whether the writer's connection is up: /readyz. */
gboolean   inb_writer_is_connected  (InbWriter        *self);

G_END_DECLS

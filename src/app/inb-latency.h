/* How long a new lead takes to the screen, over the last hundred: from the service's telling of it to the end of the frame that
 * painted its row; and from its making, where the service's clock is this computer's.
 */
#pragma once

#include "inb-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  guint  n;
  gint64 median;    /* microseconds */
  gint64 p95;
} InbLatencyFigures;

#define INB_TYPE_LATENCY (inb_latency_get_type ())
G_DECLARE_FINAL_TYPE (InbLatency, inb_latency, INB, LATENCY, GObject)

/* Signal: "changed". */

/* @widget: whose frames count; it outlives this. */
InbLatency        *inb_latency_new         (GtkWidget  *widget);
/* What was measured of another session is forgotten. */
void               inb_latency_set_session (InbLatency *self,
                                            InbSession *session);
/* From the telling to the screen. */
InbLatencyFigures  inb_latency_get         (InbLatency *self);
/* From the webhook to the screen; n = 0 where that cannot be told. */
InbLatencyFigures  inb_latency_get_whole   (InbLatency *self);

G_END_DECLS

/* One connection that LISTENs, in the main loop. What is told while it is down is lost: after "connected" everything that
 * depends on it has to be read anew.
 *
 * Signals: "notified" (const char *channel, const char *payload, int pid: the backend that told it), "connected" ().
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS


#define INB_TYPE_LISTENER (inb_listener_get_type ())
G_DECLARE_FINAL_TYPE (InbListener, inb_listener, INB, LISTENER, GObject)

InbListener *inb_listener_new          (const char  *conninfo);
/* Connects in a thread, and again with backoff whenever the connection is lost. */
void         inb_listener_start        (InbListener *self);
gboolean     inb_listener_is_connected (InbListener *self);
void         inb_listener_stop         (InbListener *self);

G_END_DECLS

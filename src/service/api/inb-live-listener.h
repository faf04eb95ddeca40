/* The thread between this process and the others: LISTENs for their changes, NOTIFYs ours from outside the writer's
 * transactions, coalesced. The callback comes on the main context that made it, and never after the stop.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_LISTENER_CHANGED, /* another process changed @workspace_id */
  INB_LISTENER_EVENT,   /* another process made the event @text for @workspace_id */
  INB_LISTENER_LOOK,    /* every few seconds, and after each connect: something may have been missed. @text is
                           NULL when this process is the only one */
} InbListenerNews;

typedef void (*InbListenerFunc) (InbListenerNews  news,
                                 const char      *workspace_id,
                                 const char      *text,
                                 gpointer         user_data);

typedef struct _InbLiveListener InbLiveListener;

InbLiveListener *inb_live_listener_new    (const char      *conninfo,
                                           InbListenerFunc  func,
                                           gpointer         user_data);
/* Ends the thread. */
void             inb_live_listener_stop   (InbLiveListener *self);
void             inb_live_listener_unref  (InbLiveListener *self);
/* Tells the others. @events: (element-type utf8) (nullable). */
void             inb_live_listener_notify (InbLiveListener *self,
                                           const char      *workspace_id,
                                           GPtrArray       *events);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLiveListener, inb_live_listener_unref)

G_END_DECLS

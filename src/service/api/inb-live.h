/* Tells the desktops what changed: what this process's writer committed at once, what other processes wrote by NOTIFY and
 * the feed. Each change is told once, in order, for each workspace. Main loop only.
 */
#pragma once

#include "inb-counters.h"
#include "inb-feed.h"
#include "inb-hub.h"
#include "inb-reader-pool.h"
#include "inb-writer.h"

G_BEGIN_DECLS

typedef struct _InbLive InbLive;

InbLive *inb_live_new     (const char        *conninfo,
                           InbReaderPool     *readers,
                           InbHub            *hub,
                           InbCounters       *counters);
/* Listens to the database and takes the writer's changes; @writer may be NULL. */
void     inb_live_start   (InbLive           *self,
                           InbWriter         *writer);
/* Ends its thread; blocks briefly. */
void     inb_live_stop    (InbLive           *self);
void     inb_live_free    (InbLive           *self);

/* A client of the workspace is about to come: from now on its changes are followed. Call before reading the head. */
void     inb_live_watch   (InbLive           *self,
                           const char        *workspace_id);
/* The head to greet a client with, given the one that was read: not behind what was already told. */
gint64   inb_live_settle  (InbLive           *self,
                           const char        *workspace_id,
                           const InbFeedHead *head);
/* The client is with the hub: it is told what came after that head. */
void     inb_live_follow  (InbLive           *self,
                           const char        *workspace_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLive, inb_live_free)

G_END_DECLS

/* What the replica says of its workspace, kept up with it: stages, name, currency, and the time zone that the clock goes by. */
#pragma once

#include "inb-clock.h"
#include "inb-replica.h"
#include "inb-stage.h"

G_BEGIN_DECLS

#define INB_TYPE_WORKSPACE_WATCH (inb_workspace_watch_get_type ())
G_DECLARE_FINAL_TYPE (InbWorkspaceWatch, inb_workspace_watch, INB, WORKSPACE_WATCH, GObject)

/* Signals: "stages-changed"; "changed" of anything else. */

/* @clock: is set to the workspace's time zone. @cancellable: ends what is being read. */
InbWorkspaceWatch *inb_workspace_watch_new          (InbReplica        *replica,
                                                     InbClock          *clock,
                                                     GCancellable      *cancellable);
void               inb_workspace_watch_refresh      (InbWorkspaceWatch *self);
/* NULL until they are known. */
InbStageSet       *inb_workspace_watch_get_stages   (InbWorkspaceWatch *self);
const char        *inb_workspace_watch_get_name     (InbWorkspaceWatch *self);
/* ISO 4217. */
const char        *inb_workspace_watch_get_currency (InbWorkspaceWatch *self);

G_END_DECLS

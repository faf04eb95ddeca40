/* The connection as a quiet dot with a word; a click says more. */
#pragma once

#include "inb-latency.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_SYNC_INDICATOR (inb_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (InbSyncIndicator, inb_sync_indicator, INB, SYNC_INDICATOR, AdwBin)

/* @session NULL hides it. */
void inb_sync_indicator_set_session (InbSyncIndicator *self,
                                     InbSession       *session);
/* How quick new leads are on the screen; said while it is live. */
void inb_sync_indicator_set_latency (InbSyncIndicator *self,
                                     InbLatency       *latency);
/* In a narrow window how quick it is stays in the popover. */
void inb_sync_indicator_set_narrow  (InbSyncIndicator *self,
                                     gboolean          narrow);

G_END_DECLS

/* Finds the leads that came in while the program was closed or without a connection: those that the sync brings and no event
 * tells of. A first sync is no news, nor is one that starts from the beginning.
 */
#pragma once

#include "inb-session.h"

G_BEGIN_DECLS

#define INB_TYPE_CATCH_UP (inb_catch_up_get_type ())
G_DECLARE_FINAL_TYPE (InbCatchUp, inb_catch_up, INB, CATCH_UP, GObject)

/* Signal: "caught-up" (GPtrArray *leads (element-type InbLeadSummary)): at least one, newest first, once for each time away. */

/* @session: has just been opened. */
InbCatchUp *inb_catch_up_new (InbSession *session);

G_END_DECLS

/* The thread that keeps house: once an hour, with jitter, on a connection of its own, away from the main loop and the writer.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InbUpkeep InbUpkeep;

InbUpkeep *inb_upkeep_new  (const char *conninfo);
/* Ends it after the transaction under way; blocks until then. */
void       inb_upkeep_free (InbUpkeep  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbUpkeep, inb_upkeep_free)

G_END_DECLS

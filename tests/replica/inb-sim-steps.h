/* What may happen next in a simulation. */
#pragma once

#include "inb-sim-world.h"

G_BEGIN_DECLS

/* One thing at any of the desktops: an edit, a request, what came late, a restart. */
void inb_sim_step_desktop (InbSimWorld *world);
/* One thing at the server: a webhook, a change, an erasure, a backup or its return. */
void inb_sim_step_server  (InbSimWorld *world);

G_END_DECLS

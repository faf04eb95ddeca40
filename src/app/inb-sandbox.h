/* Whether the program runs in a sandbox and reaches the desktop through portals. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean inb_sandbox_use_portals (void);

G_END_DECLS

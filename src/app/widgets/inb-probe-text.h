/* What went wrong when a server was tried, in words that help. */
#pragma once

#include "inb-sync-probe.h"

G_BEGIN_DECLS

const char *inb_probe_text_get (const GError  *error,
                                const char   **advice);

G_END_DECLS

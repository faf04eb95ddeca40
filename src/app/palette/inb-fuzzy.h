/* How well a few typed letters fit a title. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Both folded. -1: they are not in it in that order; else the higher the better. */
int inb_fuzzy_score (const char *wanted,
                     const char *title);

G_END_DECLS

/* Finds a short text in another short one. memmem() prepares a table for each call, which takes longer than the look itself
 * when a hundred thousand texts of a line are gone through. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL when it is not there. */
const char *inb_find_bytes (const char *text,
                            gsize       length,
                            const char *wanted,
                            gsize       n_wanted);

G_END_DECLS

/* What people call the sources of leads: those that the service gives by itself in their language, all others as they are. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As long as @source; NULL for NULL. */
const char *inb_source_text_get_name (const char *source);

G_END_DECLS

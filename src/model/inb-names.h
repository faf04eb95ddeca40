/* Tables of names: what an enumeration's values are called on the wire and in files. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean inb_names_find (const char * const *names,
                         guint               n_names,
                         const char         *name,
                         guint              *value);

G_END_DECLS

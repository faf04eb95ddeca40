/* PostgreSQL's text form of an array, written element by element: "{" first, "}" last. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @array: begins with "{". */
void  inb_db_array_append   (GString     *array,
                             const char  *text);
/* All elements of a set of strings, complete with braces; (transfer full). */
char *inb_db_array_from_set (GHashTable  *texts);

G_END_DECLS

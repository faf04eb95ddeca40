/* Reading a request's query parameters. Every failure is INB_ERROR_INVALID_ARGUMENT and names the parameter. An empty value
 * counts as absent. The table is name → value (utf8), or NULL for none.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Refuses parameters that are not in @allowed, and values that are not UTF-8. */
gboolean    inb_params_check       (GHashTable          *params,
                                    const char * const  *allowed,
                                    GError             **error);
const char *inb_params_get         (GHashTable          *params,
                                    const char          *name);
gboolean    inb_params_get_integer (GHashTable          *params,
                                    const char          *name,
                                    gint64               minimum,
                                    gint64               maximum,
                                    gint64               fallback,
                                    gint64              *value,
                                    GError             **error);
/* Comma-separated, "\," is a comma within a value; without duplicates. An empty element ("," alone is one) is a value too: leads
 * without one. @list is NULL when absent. */
gboolean    inb_params_get_list    (GHashTable          *params,
                                    const char          *name,
                                    GStrv               *list,
                                    GError             **error);
gboolean    inb_params_get_uuids   (GHashTable          *params,
                                    const char          *name,
                                    GStrv               *list,
                                    GError             **error);
/* One of @names; the first one when absent. @choice is its number. */
gboolean    inb_params_get_choice  (GHashTable          *params,
                                    const char          *name,
                                    const char * const  *names,
                                    guint               *choice,
                                    GError             **error);
/* A PostgreSQL array literal, {"a","b"}. */
char       *inb_params_to_array    (const char * const  *list);

G_END_DECLS

/* Statements put together from texts in GResource: marks replaced, sections looked up. Made once per shape and kept. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @template with each "{mark}" replaced; the pairs mark, value end with NULL. (transfer full) */
char       *inb_template_expand  (const char *template,
                                  ...) G_GNUC_NULL_TERMINATED;
/* The text below the line "--: name" of a file of sections; aborts if there is none, as that is a mistake in the build. */
const char *inb_template_section (const char *file,
                                  const char *name);

G_END_DECLS

/* The text keys of stages and teams: made of the name that people gave, once, and never changed. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_KEY_MAX 40 /* bytes */

/* "Qualifié à rappeler" → "qualifie_a_rappeler"; "_2" and so on while @taken (a set of keys) has it; @fallback when nothing of
 * @name can be written in a key. (transfer full) */
char *inb_key_make (const char *name,
                    const char *fallback,
                    GHashTable *taken);

G_END_DECLS

/* What a second number means. It is stored as it was typed; the digits that it is matched by are the service's to find, which knows
 * each country's rules. Here a number with its country is read as it is, and one without as of the country of the person's first one.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_DUPLICATE_N_SPELLINGS 3

/* @stripped: the second number without what stands between its digits; @first: the person's first number in E.164, or NULL.
 * (transfer full) (nullable): E.164. */
char    *inb_duplicate_number_read   (const char *stripped,
                                      const char *first);
/* How a second number that means @e164 is stored, stripped. What is found by that is to be read by the above. */
void     inb_duplicate_number_spell  (const char *e164,
                                      char       *spellings[INB_DUPLICATE_N_SPELLINGS]);
/* Without what stands between digits, as the replica's indexes have it. (transfer full) */
char    *inb_duplicate_number_strip  (const char *typed);

G_END_DECLS

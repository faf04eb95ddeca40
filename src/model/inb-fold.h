/* Folding for search and for matching names: the same text gives the same key whatever its case, accents or spacing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Case folded, accents removed (NFKD without marks), ß → ss, æ → ae, ø → o, đ → d, ł → l, white space collapsed and
 * trimmed. Never NULL. */
char *inb_fold_text   (const char *text);
/* inb_fold_text() of "firstname lastname". NULL when both are empty. */
char *inb_fold_name   (const char *firstname,
                       const char *lastname);
/* Only the digits 0–9 of @text (full-width and other decimal digits converted). */
char *inb_fold_digits (const char *text);
/* Trimmed and case folded, for comparing products; NULL for NULL or blank. */
char *inb_fold_product (const char *product);

G_END_DECLS

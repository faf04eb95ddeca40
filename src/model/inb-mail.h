#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The form that mail addresses are matched by: trimmed, display name, angle brackets and mailto: stripped, lower case,
 * IDNA (ASCII) domain. Plus-tags are kept. NULL when it is no address. */
char *inb_mail_normalize (const char *text);

G_END_DECLS

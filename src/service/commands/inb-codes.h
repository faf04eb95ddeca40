/* Which countries, currencies and time zones there are. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean inb_country_is_valid   (const char *code);
gboolean inb_currency_is_valid  (const char *code);
gboolean inb_timezone_is_valid  (const char *name);
/* The computer's own, "UTC" when it cannot be told. */
char    *inb_timezone_get_local (void);

G_END_DECLS

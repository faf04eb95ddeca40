/* Money is an integer number of hundredths in C and SQLite, a decimal string on the wire; never a double. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "1234.5", "-3", "1234.50"; at most 13 digits before the point; more than two places are refused. */
gboolean  inb_money_parse       (const char *text,
                                 gint64     *hundredths);
/* What people and forms write: "1.234,50 €", "$1,234.50", "1 234". FALSE when it cannot be told. */
gboolean  inb_money_parse_loose (const char *text,
                                 gint64     *hundredths);
/* "1234.50" */
char     *inb_money_format      (gint64      hundredths);

G_END_DECLS

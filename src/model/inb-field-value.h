/* A sender's values made fit for a column: cleaned, bounded, and in the text form of the column's type. */
#pragma once

#include "inb-column.h"

G_BEGIN_DECLS

#define INB_FIELD_MAX_LINE 500    /* characters of a value that is one line */
#define INB_FIELD_MAX_TEXT 20000  /* of notes and the like */
#define INB_FIELD_MAX_CUSTOM 4000 /* of a custom field */

/* Trimmed, without control characters (line breaks and tabs stay in @multi_line, become spaces otherwise), cut after
 * @max_chars characters. NULL when nothing is left. */
char     *inb_field_clean         (const char *text,
                                   gsize       max_chars,
                                   gboolean    multi_line);
/* Of a text column; INB_FIELD_MAX_TEXT when it may have several lines. */
gsize     inb_field_get_max_chars (InbKind     kind,
                                   guint       column);
/* The value in the column's text form, or NULL when it is none of its type, or empty. */
char     *inb_field_value_new     (InbKind     kind,
                                   guint       column,
                                   const char *text);
/* What forms send for yes and no in the languages we know. FALSE when it is neither. */
gboolean  inb_field_parse_boolean (const char *text,
                                   gboolean   *value);

G_END_DECLS

/* Values in text form (see InbType), compared and merged by what they mean. */
#pragma once

#include "inb-column.h"

G_BEGIN_DECLS

/* Money and integers as numbers ("12.5" is "12.50"), times as instants, JSON by structure (order of members and spelling of numbers
 * do not count), everything else byte by byte; "" is NULL. */
gboolean inb_value_equal    (InbType     type,
                             const char *a,
                             const char *b);
/* A column's: also NULL is the column's default ("[]" of tags). */
gboolean inb_column_equal   (InbKind     kind,
                             guint       column,
                             const char *a,
                             const char *b);
/* Whether the column is a set, so that two people's additions and removals go together. */
gboolean inb_column_is_set  (InbKind     kind,
                             guint       column);
/* @stored with what was added from @base to @value and without what was removed; JSON arrays of strings, NULL = empty. Never NULL. */
char    *inb_value_merge_set (const char *stored,
                             const char *base,
                             const char *value);

G_END_DECLS

/* JSON objects kept as text in a row's column (custom_fields, metadata), merged by member. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a merged object may grow to, in bytes: a sender with new members in every event must not grow a row for ever. */
#define INB_JSON_MERGE_MAX (128 * 1024)

/* The members of @base with those of @over in place of or after them; NULL only if both are NULL. Whatever is not an
 * object counts as NULL. Once the result would pass INB_JSON_MERGE_MAX, only members that @base has already are taken. */
char *inb_json_merge (const char *base,
                      const char *over);

G_END_DECLS

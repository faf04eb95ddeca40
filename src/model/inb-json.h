/* Strict JSON in, quick JSON out.  json-glib alone crashes on deep nesting and accepts what is no JSON, so every parse
 * of foreign input goes through inb_json_parse(), which scans it by RFC 8259 first.
 */
#pragma once

#include "inb-column.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define INB_JSON_MAX_DEPTH 32

/* Refuses anything that is not exactly one RFC 8259 value: depth over INB_JSON_MAX_DEPTH, invalid UTF-8, NUL (raw or
 * \u0000), lone surrogates, duplicate keys in one object, integers beyond int64, numbers beyond double, an empty text.
 * A UTF-8 BOM at the start is passed over.  INB_ERROR_INVALID_BODY says what and at which byte. */
gboolean    inb_json_scan          (const char  *text,
                                    gsize        length,
                                    GError     **error);
JsonNode   *inb_json_parse         (const char  *text,
                                    gsize        length,
                                    GError     **error);
/* Members by name; NULL / fallback when absent, null or of another type. */
const char *inb_json_get_string    (JsonObject  *object,
                                    const char  *name);
gint64      inb_json_get_integer   (JsonObject  *object,
                                    const char  *name,
                                    gint64       fallback);
gboolean    inb_json_get_boolean   (JsonObject  *object,
                                    const char  *name,
                                    gboolean     fallback);
JsonObject *inb_json_get_object    (JsonObject  *object,
                                    const char  *name);
JsonArray  *inb_json_get_array     (JsonObject  *object,
                                    const char  *name);

/* Appends a quoted, escaped string, or null for NULL. */
void        inb_json_append_string (GString     *json,
                                    const char  *text);
/* Appends "name": — with a comma before it unless the last character of json is '{' or '['. */
void        inb_json_append_name   (GString     *json,
                                    const char  *name);
void        inb_json_append_member (GString     *json,
                                    const char  *name,
                                    const char  *text);
void        inb_json_append_member_integer (GString    *json,
                                            const char *name,
                                            gint64      value);
void        inb_json_append_member_boolean (GString    *json,
                                            const char *name,
                                            gboolean    value);
/* Appends a column's value from its text form (see InbType): strings, times, dates, uuids and money quoted, integers,
 * booleans and JSON as they are; null for NULL. */
void        inb_json_append_value  (GString     *json,
                                    InbType      type,
                                    const char  *value);
/* The other way: a column's text form, by the type alone; NULL when the node is of another type. */
char       *inb_json_dup_value     (JsonNode    *node,
                                    InbType      type);

G_END_DECLS

/* What the readers of request bodies need of an event beyond inb-payload.h. */
#pragma once

#include "inb-payload.h"

G_BEGIN_DECLS

/* Limits of one body, whatever its form; a path or a value repeats bytes of the body, hostile nesting many times. */
#define INB_PAYLOAD_MAX_EVENTS 1000
#define INB_PAYLOAD_MAX_FIELDS 2000
#define INB_PAYLOAD_MAX_PATH 1000
#define INB_PAYLOAD_MAX_TEXT (8 * 1024 * 1024)

void      inb_event_set_raw       (InbEvent    *self,
                                   GBytes      *raw);
/* inb_event_add() within the limits. @budget is what remains of INB_PAYLOAD_MAX_TEXT. INB_ERROR_TOO_LARGE past them. */
gboolean  inb_event_add_limited   (InbEvent    *self,
                                   const char  *path,
                                   const char  *value,
                                   gsize       *budget,
                                   GError     **error);
/* The fields from @first_field on came out of the array at the path of @prefix_length bytes, which has one element only:
 * they answer without its index too, and a scalar goes by the path of the array. */
void      inb_event_drop_index    (InbEvent    *self,
                                   guint        first_field,
                                   gsize        prefix_length,
                                   gboolean     is_scalar);

/* The readers, each for one form of body. */
GPtrArray *inb_payload_parse_json      (GBytes      *body,
                                        gboolean    *is_array,
                                        GError     **error);
GPtrArray *inb_payload_parse_form      (GBytes      *body,
                                        GError     **error);
GPtrArray *inb_payload_parse_multipart (const char  *content_type,
                                        GBytes      *body,
                                        GError     **error);

G_END_DECLS

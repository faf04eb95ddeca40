/* A request body taken apart: one InbEvent per lead event in it, each a flat, ordered list of path and value, whatever
 * the body was: JSON object, JSON array, urlencoded form (flat or with PHP brackets), multipart/form-data, a form with a
 * data.json member, JSON sent as text/plain. Paths are dotted ("payload.data.email", "answers.0.text"); brackets
 * "fields[email][value]" become dots too. Nulls are left out. A number keeps its own spelling (ids beyond 2^53 stay whole). One-element arrays also
 * answer under the path of the array itself.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InbEvent InbEvent;

/* (element-type InbEvent), or NULL with INB_ERROR_INVALID_BODY that says what was wrong and where. @content_type may be
 * NULL or wrong; a body that begins with { or [ is JSON. An empty array gives no events. At most 1,000 elements and
 * 2,000 fields an event, else INB_ERROR_TOO_LARGE. */
GPtrArray  *inb_payload_parse      (const char  *content_type,
                                    GBytes      *body,
                                    gboolean    *is_array,
                                    GError     **error);

InbEvent   *inb_event_new          (void);
void        inb_event_free         (InbEvent    *self);
void        inb_event_add          (InbEvent    *self,
                                    const char  *path,
                                    const char  *value);
guint       inb_event_get_n_fields (InbEvent    *self);
const char *inb_event_get_path     (InbEvent    *self,
                                    guint        index);
const char *inb_event_get_value    (InbEvent    *self,
                                    guint        index);
/* The first field of that path, or NULL. */
const char *inb_event_find         (InbEvent    *self,
                                    const char  *path);
/* The bytes of the body that this event came from: the array's element, or the whole body. */
GBytes     *inb_event_get_raw      (InbEvent    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbEvent, inb_event_free)

G_END_DECLS

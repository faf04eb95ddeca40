/* Bodies of requests that write: JSON objects, the larger ones parsed on a thread of their own. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* On any thread: what the body asks for, or NULL with what is wrong with it. */
typedef gpointer (*InbEditParser) (GBytes   *body,
                                   GError  **error);

/* The body as one JSON object, or INB_ERROR_INVALID_BODY; (transfer full) */
JsonNode *inb_edit_body_parse         (GBytes               *body,
                                       GError              **error);
/* Runs @parser on another thread. */
void      inb_edit_body_parse_async   (GBytes               *body,
                                       InbEditParser         parser,
                                       GDestroyNotify        free_result,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
/* (transfer full): the parser's result. */
gpointer  inb_edit_body_parse_finish  (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS

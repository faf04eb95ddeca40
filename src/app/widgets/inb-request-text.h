/* What came of a request that the service refused or did not get, in the user's words: what is wrong, and what to do. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @error: of inb_sync_client_request_finish(). @conflict: (nullable): what 409 means there, translated. @gone: (nullable): what 404
 * means. (transfer full). */
char *inb_request_text_describe (const GError *error,
                                 const char   *conflict,
                                 const char   *gone);

G_END_DECLS

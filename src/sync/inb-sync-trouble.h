/* Why a request brought nothing, and what that is as one of our errors. */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What kept a request from getting any answer. */
typedef enum {
  INB_SYNC_TROUBLE_NONE,
  INB_SYNC_TROUBLE_NO_HOST,
  INB_SYNC_TROUBLE_REFUSED,
  INB_SYNC_TROUBLE_TIMEOUT,
  INB_SYNC_TROUBLE_TLS,
  INB_SYNC_TROUBLE_OTHER
} InbSyncTrouble;

InbSyncTrouble inb_sync_trouble_from_error            (const GError *error);
/* @error becomes INB_ERROR_CONNECTION; what was cancelled stays so. */
GError        *inb_sync_trouble_take_connection_error (GError       *error);
/* For an answer that was not the one that was hoped for; @body may be empty. */
GError        *inb_sync_trouble_new_status_error      (SoupMessage  *message,
                                                       GByteArray   *body);
/* In milliseconds; 0 when the server did not say. */
gint64         inb_sync_trouble_get_retry_after       (SoupMessage  *message);

G_END_DECLS

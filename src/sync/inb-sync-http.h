/* The one door to the server: requests with a cap on their answers, and the WebSocket. Errors come as InbErrorCodes. */
#pragma once

#include "inb-sync-account.h"
#include "inb-sync-trouble.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define INB_TYPE_SYNC_HTTP (inb_sync_http_get_type ())
G_DECLARE_FINAL_TYPE (InbSyncHttp, inb_sync_http, INB, SYNC_HTTP, GObject)

InbSyncHttp             *inb_sync_http_new             (const InbSyncAccount  *account);
/* For the requests from now on. */
void                     inb_sync_http_set_token       (InbSyncHttp           *self,
                                                        const char            *token);
void                     inb_sync_http_get_async       (InbSyncHttp           *self,
                                                        const char            *path,
                                                        GCancellable          *cancellable,
                                                        GAsyncReadyCallback    callback,
                                                        gpointer               user_data);
/* @body: JSON, or NULL. inb_sync_http_get_finish() ends it as well. */
void                     inb_sync_http_post_async      (InbSyncHttp           *self,
                                                        const char            *path,
                                                        GBytes                *body,
                                                        GCancellable          *cancellable,
                                                        GAsyncReadyCallback    callback,
                                                        gpointer               user_data);
/* With any method; inb_sync_http_get_finish() ends it as well. */
void                     inb_sync_http_send_async      (InbSyncHttp           *self,
                                                        const char            *method,
                                                        const char            *path,
                                                        GBytes                *body,
                                                        GCancellable          *cancellable,
                                                        GAsyncReadyCallback    callback,
                                                        gpointer               user_data);
/* The answer of a 200 is read as it comes. */
void                     inb_sync_http_upload_async    (InbSyncHttp           *self,
                                                        const char            *path,
                                                        const char            *type,
                                                        GBytes                *body,
                                                        GCancellable          *cancellable,
                                                        GAsyncReadyCallback    callback,
                                                        gpointer               user_data);
GInputStream            *inb_sync_http_upload_finish   (InbSyncHttp           *self,
                                                        GAsyncResult          *result,
                                                        GError               **error);
GBytes                  *inb_sync_http_get_finish      (InbSyncHttp           *self,
                                                        GAsyncResult          *result,
                                                        gint64                *retry_after_ms,
                                                        GError               **error);
/* After a failed get_finish(). */
InbSyncTrouble           inb_sync_http_get_trouble     (GAsyncResult          *result);
/* The answer's HTTP status; 0 when there was none. */
guint                    inb_sync_http_get_status      (GAsyncResult          *result);
void                     inb_sync_http_connect_async   (InbSyncHttp           *self,
                                                        const char            *path,
                                                        GCancellable          *cancellable,
                                                        GAsyncReadyCallback    callback,
                                                        gpointer               user_data);
SoupWebsocketConnection *inb_sync_http_connect_finish  (InbSyncHttp           *self,
                                                        GAsyncResult          *result,
                                                        gint64                *retry_after_ms,
                                                        GError               **error);

G_END_DECLS

/* The tokens of servers in the person's keyring. Nothing here blocks; a keyring that is locked may ask for its password, so an
 * answer can take minutes.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* INB_ERROR_UNAVAILABLE: there is no keyring, or it stays locked. */
void      inb_sync_secrets_store_async   (const char           *server,
                                          const char           *workspace_id,
                                          const char           *token,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean  inb_sync_secrets_store_finish  (GAsyncResult         *result,
                                          GError              **error);
/* NULL with INB_ERROR_NOT_FOUND: there is none for it. */
void      inb_sync_secrets_lookup_async  (const char           *server,
                                          const char           *workspace_id,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
char     *inb_sync_secrets_lookup_finish (GAsyncResult         *result,
                                          GError              **error);
/* What is not there is no failure. */
void      inb_sync_secrets_clear_async   (const char           *server,
                                          const char           *workspace_id,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
gboolean  inb_sync_secrets_clear_finish  (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS

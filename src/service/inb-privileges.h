/* Started as root, the whole service becomes an unprivileged account before it opens anything. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_PRIVILEGES_ACCOUNT "inbound-leads"

/* @account: NULL for INB_PRIVILEGES_ACCOUNT, else "nobody". @folders: NULL-terminated; made and handed over. Does nothing
 * for anyone but root, except to refuse a foreign @account. */
gboolean inb_privileges_drop (const char         *account,
                              const char * const *folders,
                              GError            **error);
/* Before that: gives an open folder (not what is in it) to the same account. */
gboolean inb_privileges_give (const char         *account,
                              int                 folder_fd,
                              GError            **error);

G_END_DECLS

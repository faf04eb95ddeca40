/* Which service, workspace and token: from the options, from the local service's credentials file, or from libsecret. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  char *server;        /* "http://127.0.0.1:8787" or "https://…"; NULL with a socket */
  char *socket_path;   /* the local Unix socket, or NULL */
  char *workspace_id;
  char *token;
} InbSyncAccount;

typedef struct {
  char *id;
  char *name;
} InbSyncWorkspace;

#define INB_TYPE_SYNC_ACCOUNT (inb_sync_account_get_type ())
GType           inb_sync_account_get_type       (void);
InbSyncAccount *inb_sync_account_copy           (const InbSyncAccount  *self);
void            inb_sync_account_free           (InbSyncAccount        *self);
/* The token is the first line of the file. INB_ERROR_INVALID_ARGUMENT says what is wrong. */
InbSyncAccount *inb_sync_account_new            (const char            *server,
                                                 const char            *workspace_id,
                                                 const char            *token_file,
                                                 GError               **error);
/* The same with the token itself; NULL: not known yet. */
InbSyncAccount *inb_sync_account_new_with_token (const char            *server,
                                                 const char            *workspace_id,
                                                 const char            *token,
                                                 GError               **error);
/* What is wrong with them, before anything is tried: INB_ERROR_INVALID_ARGUMENT. */
gboolean        inb_sync_account_check_server   (const char            *server,
                                                 GError               **error);
gboolean        inb_sync_account_check_token    (const char            *token,
                                                 GError               **error);
/* A workspace of the service on this computer, which need not be running. */
InbSyncAccount *inb_sync_account_new_local_offline (const char         *workspace_id);
/* (transfer full) (element-type InbSyncWorkspace): those of the service on this computer; INB_ERROR_NOT_FOUND. */
GPtrArray      *inb_sync_account_list_local     (GError               **error);
/* The service on this computer: $XDG_RUNTIME_DIR/inbound-leads/{api.sock,credentials.json}; INB_ERROR_NOT_FOUND. */
InbSyncAccount *inb_sync_account_new_local      (GError               **error);
/* The same for one of its workspaces; NULL = the first. */
InbSyncAccount *inb_sync_account_new_local_workspace (const char       *workspace_id,
                                                 GError               **error);
/* A file name safe key of server and workspace, for the replica's folder. */
char           *inb_sync_account_get_key        (const InbSyncAccount  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSyncAccount, inb_sync_account_free)

G_END_DECLS

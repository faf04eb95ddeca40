/* Which workspaces can be shown, and the session with the one that is: finds the service on this computer, remembers what the
 * person has connected to, and brings accounts and their tokens together. No widgets.
 */
#pragma once

#include "inb-connections.h"
#include "inb-session.h"

G_BEGIN_DECLS

#define INB_TYPE_WORKSPACES (inb_workspaces_get_type ())
G_DECLARE_FINAL_TYPE (InbWorkspaces, inb_workspaces, INB, WORKSPACES, GObject)

/* Signals:
 * "session-changed": another session, or none.
 * "changed": what can be shown, or a name. */

/* @data_folder: where the working copies are; NULL for the usual place. */
InbWorkspaces       *inb_workspaces_new             (InbConnections       *connections,
                                                     const char           *data_folder);
InbSession          *inb_workspaces_get_session     (InbWorkspaces        *self);
InbConnections      *inb_workspaces_get_connections (InbWorkspaces        *self);
/* (transfer full) (element-type InbConnection): those of this computer, then those that are remembered. */
GPtrArray           *inb_workspaces_list            (InbWorkspaces        *self);
/* Of the one that is shown; NULL when nothing is, or what the program's options said. */
const InbConnection *inb_workspaces_get_current     (InbWorkspaces        *self);
/* What was used last, else this computer's service, else looks for that now and then. */
void                 inb_workspaces_open_last       (InbWorkspaces        *self);
/* Shows what is kept of it at once, and connects as soon as its token is known. */
void                 inb_workspaces_open            (InbWorkspaces        *self,
                                                     const InbConnection  *connection);
/* INB_ERROR_NOT_FOUND: no service on this computer, or it has no workspace yet. */
gboolean             inb_workspaces_open_local      (InbWorkspaces        *self,
                                                     GError              **error);
/* As the options say; not remembered. */
void                 inb_workspaces_open_account    (InbWorkspaces        *self,
                                                     InbSyncAccount       *account);
/* A server that was just tested. @keep: the token goes into the keyring; INB_ERROR_UNAVAILABLE when that fails, and then nothing
 * has changed. Else it is known until the program ends. */
void                 inb_workspaces_add_async       (InbWorkspaces        *self,
                                                     const InbConnection  *connection,
                                                     const char           *token,
                                                     gboolean              keep,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean             inb_workspaces_add_finish      (InbWorkspaces        *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
/* Forgets the connection that is shown, its token and its working copy. @with_unsent: also what the user did and the service has not
 * got; else it is sent when the workspace is opened here again. */
void                 inb_workspaces_remove_current  (InbWorkspaces        *self,
                                                     gboolean              with_unsent);
/* Deletes the working copy that is shown and fetches it anew; what was not sent yet stays. */
void                 inb_workspaces_rebuild_current (InbWorkspaces        *self);
/* Asks for the token again, where it could not be had. */
void                 inb_workspaces_retry           (InbWorkspaces        *self);
void                 inb_workspaces_stop            (InbWorkspaces        *self);

G_END_DECLS

/* Where leads come from: this computer's own service, which it can start, or a server. The first thing a new person sees, and
 * "Connect to…" later on.
 */
#pragma once

#include "inb-connect-link.h"
#include "inb-workspaces.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_CONNECT_PAGE (inb_connect_page_get_type ())
G_DECLARE_FINAL_TYPE (InbConnectPage, inb_connect_page, INB, CONNECT_PAGE, AdwBin)

/* Signals: "done": something is connected now, or nothing else is to be. */

void inb_connect_page_set_workspaces (InbConnectPage      *self,
                                      InbWorkspaces       *workspaces);
/* The two choices; @cancellable: there is something to go back to. */
void inb_connect_page_start          (InbConnectPage      *self,
                                      gboolean             cancellable);
/* The form, filled in; nothing is connected before the person says so. */
void inb_connect_page_fill           (InbConnectPage      *self,
                                      const InbConnectLink *link,
                                      gboolean             cancellable);
/* The form for a connection whose token is refused or lost. */
void inb_connect_page_sign_in        (InbConnectPage      *self,
                                      const InbConnection *connection,
                                      gboolean             cancellable);

G_END_DECLS

/* What the parts share: inb-workspaces.c has the session, inb-workspaces-list.c says what can be shown,
 * inb-workspaces-tokens.c asks for tokens, keeps and forgets them.
 */
#pragma once

#include "inb-workspaces.h"

G_BEGIN_DECLS

struct _InbWorkspaces {
  GObject         parent_instance;

  /* Owned */
  InbConnections *connections;
  InbSession     *session;
  InbConnection  *current;
  char           *data_folder;
  GHashTable     *tokens;       /* key → token: those that are known until the program ends */
  GCancellable   *cancellable;  /* of what is asked for the current session */

  guint           look;
};

/* For the current connection; the answer goes to its session. */
void inb_workspaces_ask_for_token (InbWorkspaces       *self);
void inb_workspaces_forget_token  (InbWorkspaces       *self,
                                   const InbConnection *connection);

G_END_DECLS

/* Lets somebody in: a new member, a former one, or a member's next computer; then shows the token that was made, once. */
#pragma once

#include "inb-roster.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_INVITE_WINDOW (inb_invite_window_get_type ())
G_DECLARE_FINAL_TYPE (InbInviteWindow, inb_invite_window, INB, INVITE_WINDOW, AdwWindow)

/* @former: (nullable): who was a member and shall be one again. */
InbInviteWindow *inb_invite_window_new           (GtkWindow    *parent,
                                                  InbRoster    *roster,
                                                  const InbRow *former);
/* Another token for @member. */
InbInviteWindow *inb_invite_window_new_for_token (GtkWindow    *parent,
                                                  InbRoster    *roster,
                                                  const InbRow *member);

G_END_DECLS

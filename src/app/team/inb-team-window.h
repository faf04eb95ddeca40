/* The owner's window on who works here: members, teams and tokens. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TEAM_WINDOW (inb_team_window_get_type ())
G_DECLARE_FINAL_TYPE (InbTeamWindow, inb_team_window, INB, TEAM_WINDOW, AdwWindow)

InbTeamWindow *inb_team_window_new (GtkWindow  *parent,
                                    InbSession *session);

G_END_DECLS

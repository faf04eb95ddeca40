/* The first page of the owner's window: who there is, who was there, and the teams. Its rows and buttons activate the window's
 * actions. */
#pragma once

#include "inb-roster.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TEAM_LIST (inb_team_list_get_type ())
G_DECLARE_FINAL_TYPE (InbTeamList, inb_team_list, INB, TEAM_LIST, AdwBin)

void inb_team_list_set_roster (InbTeamList *self,
                               InbRoster   *roster);

G_END_DECLS

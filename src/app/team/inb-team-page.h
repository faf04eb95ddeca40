/* One team: its name, what it is for, who is in it, and its end. What is changed is sent at once. */
#pragma once

#include "inb-roster.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TEAM_PAGE (inb_team_page_get_type ())
G_DECLARE_FINAL_TYPE (InbTeamPage, inb_team_page, INB, TEAM_PAGE, AdwBin)

/* Signals: "report" (const char *text (nullable)): what came of a change, for the user; NULL: it was done. */

GtkWidget  *inb_team_page_new    (InbRoster   *roster,
                                  const char  *team_id);
const char *inb_team_page_get_id (InbTeamPage *self);

G_END_DECLS

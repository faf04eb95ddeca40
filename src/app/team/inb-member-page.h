/* One member: name, role, team, tokens, and the end of the membership. What is changed is sent at once. */
#pragma once

#include "inb-roster.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_MEMBER_PAGE (inb_member_page_get_type ())
G_DECLARE_FINAL_TYPE (InbMemberPage, inb_member_page, INB, MEMBER_PAGE, AdwBin)

/* Signals: "report" (const char *text (nullable)): what came of a change, for the user; NULL: it was done. */

GtkWidget  *inb_member_page_new    (InbRoster     *roster,
                                    const char    *user_id);
const char *inb_member_page_get_id (InbMemberPage *self);

G_END_DECLS

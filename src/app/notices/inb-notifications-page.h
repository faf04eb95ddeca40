/* The page of the preferences that says what is told, when and how. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_NOTIFICATIONS_PAGE (inb_notifications_page_get_type ())
G_DECLARE_FINAL_TYPE (InbNotificationsPage, inb_notifications_page, INB, NOTIFICATIONS_PAGE, AdwPreferencesPage)

/* @session: whose sources and products can be picked in rules; NULL: none. */
GtkWidget *inb_notifications_page_new (GSettings  *settings,
                                       InbSession *session);

G_END_DECLS

/* The main window: one workspace's leads, or what stands between the user and them. */
#pragma once

#include "inb-connect-link.h"
#include "inb-workspaces.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_WINDOW (inb_window_get_type ())
G_DECLARE_FINAL_TYPE (InbWindow, inb_window, INB, WINDOW, AdwApplicationWindow)

/* Signal: "lead-shown" (const char *lead_id): its details are there to be read. */

InbWindow  *inb_window_new             (GtkApplication *application,
                                        GSettings      *settings);
/* Property: "session", readable, notifies: the views bind to it. */

/* NULL: there is nothing to connect to. */
void        inb_window_set_session     (InbWindow      *self,
                                        InbSession     *session);
InbSession *inb_window_get_session     (InbWindow      *self);
/* What the switcher lists and the page to connect adds to. */
void        inb_window_set_workspaces  (InbWindow      *self,
                                        InbWorkspaces  *workspaces);
/* Shows the page to connect, with @link its form filled in. */
void        inb_window_connect         (InbWindow            *self,
                                        const InbConnectLink *link);
/* Shows the form for a connection that needs another token. */
void        inb_window_sign_in         (InbWindow           *self,
                                        const InbConnection *connection);
/* A short remark. */
void        inb_window_say             (InbWindow      *self,
                                        const char     *text);
/* Selects the lead and shows its detail. */
void        inb_window_open_lead       (InbWindow      *self,
                                        const char     *lead_id);
/* "leads", "heat-map" or "trends"; also as the action win.show-view. */
void        inb_window_show_view       (InbWindow      *self,
                                        const char     *name);
/* A toast; with @lead_id it has an Open button. The toast that is still open is renewed. */
void        inb_window_announce        (InbWindow      *self,
                                        const char     *text,
                                        const char     *lead_id);

G_END_DECLS

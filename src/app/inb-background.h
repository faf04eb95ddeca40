/* Whether the program runs without a window: after the last one was closed, and from the start of the desktop session. Follows
 * the settings run-in-background and start-with-session.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_TYPE_BACKGROUND (inb_background_get_type ())
G_DECLARE_FINAL_TYPE (InbBackground, inb_background, INB, BACKGROUND, GObject)

/* @application outlives it. */
InbBackground *inb_background_new   (GApplication  *application,
                                     GSettings     *settings);
/* Stays until a window was opened and closed, whatever the setting: the program was started for the background. */
void           inb_background_enter (InbBackground *self);
/* A window was opened: from now on the setting decides. */
void           inb_background_leave (InbBackground *self);

G_END_DECLS

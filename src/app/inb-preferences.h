/* The preferences: look, notifications, what is kept on this computer, and what it is connected to. A page of another part
 * (notifications) is added with adw_preferences_window_add().
 */
#pragma once

#include "inb-workspaces.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_PREFERENCES (inb_preferences_get_type ())
G_DECLARE_FINAL_TYPE (InbPreferences, inb_preferences, INB, PREFERENCES, AdwPreferencesWindow)

InbPreferences *inb_preferences_new          (GtkWindow     *parent,
                                              GSettings     *settings,
                                              InbWorkspaces *workspaces);
/* Follows the setting "color-scheme" from now on. */
void            inb_preferences_apply_scheme (GSettings     *settings);

G_END_DECLS

/* A popover over the window that does by name what menus and keys do, and finds leads while one types; for the keyboard alone. */
#pragma once

#include "inb-command.h"
#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_COMMAND_PALETTE (inb_command_palette_get_type ())
G_DECLARE_FINAL_TYPE (InbCommandPalette, inb_command_palette, INB, COMMAND_PALETTE, GtkPopover)

/* Signals, once it is shut: "command" (const char *action): a detailed action name; "lead" (const char *lead_id). */

/* @session: (nullable): whose leads are found. @settings: has the key "recent-commands". */
GtkWidget *inb_command_palette_new    (InbSession        *session,
                                       GSettings         *settings);
/* Before it pops up: what cannot be done now. @reason: translated and static. */
void       inb_command_palette_refuse (InbCommandPalette *self,
                                       const InbCommand  *command,
                                       const char        *reason);
/* Over the top of @widget; it goes by itself when it was closed. */
void       inb_command_palette_pop_up (InbCommandPalette *self,
                                       GtkWidget         *widget);

G_END_DECLS

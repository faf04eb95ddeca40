/* Makes the desktop start the program with the session, without a window: by a file in the autostart folder, or in a sandbox by
 * asking the portal.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_TYPE_AUTOSTART (inb_autostart_get_type ())
G_DECLARE_FINAL_TYPE (InbAutostart, inb_autostart, INB, AUTOSTART, GObject)

/* Signal: "refused" (gboolean enabled): what was asked for was not done; the log says why. */

InbAutostart *inb_autostart_new (void);
/* Returns at once. */
void          inb_autostart_set (InbAutostart *self,
                                 gboolean      enabled);

G_END_DECLS

#define G_LOG_DOMAIN "inb-app"

#include "inb-sandbox.h"

/* The variable is GTK's and GLib's own, for trying portals outside a sandbox. */
gboolean
inb_sandbox_use_portals (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0;
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-application.h"
#include "inb-config.h"
#include "inb-sanitizer.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (InbApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, INB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = inb_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}

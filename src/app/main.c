#define G_LOG_DOMAIN "inb-app"

#include "inb-application.h"
#include "inb-config.h"

#include <glib/gi18n.h>
#include <locale.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>

/* GLib allocates its table of quarks when it is loaded and leaks it on purpose once it needs a larger one, which a program with
 * so many types does; nothing in the report would tell that leak from one of ours. */
static void
start_before_libraries (int    argc,
                        char **argv,
                        char **environment)
{
  __lsan_disable ();
}

static void (*const before_libraries) (int, char **, char **) __attribute__ ((section (".preinit_array"), used)) =
  start_before_libraries;
#endif

int
main (int    argc,
      char **argv)
{
  g_autoptr (InbApplication) application = NULL;

#ifdef __SANITIZE_ADDRESS__
  __lsan_enable ();
#endif
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, INB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = inb_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-config.h"

#include <glib.h>
#include <locale.h>

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_print ("%s %s\n", g_get_prgname (), INB_VERSION);

  return 0;
}

#include "inb-command.h"

#include <locale.h>

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_set_prgname ("inbound-leads-service");

  return inb_command_main (argc, argv);
}

#include "inb-command.h"

#include <locale.h>

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_set_prgname ("inbound-leads-service");
  g_log_writer_default_set_use_stderr (TRUE); /* the standard output is for what was asked for */

  return inb_command_main (argc, argv);
}

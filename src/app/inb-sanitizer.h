/* Included by programs that are checked for leaks. GLib allocates its table of quarks when it is loaded and leaks it on purpose
 * once it needs a larger one, which a program with so many types does; the report could not tell that leak from one of ours.
 * So nothing that is allocated before the program itself begins is looked at.
 */
#pragma once

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>

static void
begin_libraries (int    argc,
                 char **argv,
                 char **environment)
{
  __lsan_disable ();
}

/* Before the constructors of all libraries, as only a program can. */
static void (*const begin_libraries_first) (int, char **, char **) __attribute__ ((section (".preinit_array"), used)) =
  begin_libraries;

static void __attribute__ ((constructor))
begin_program (void)
{
  __lsan_enable ();
}
#endif

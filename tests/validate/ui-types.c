/* Preloaded into gtk4-builder-tool, so that the templates' own widget types are found there by their _get_type(). */
#include <adwaita.h>

__attribute__ ((constructor)) static void
keep_libadwaita (void)
{
  /* A reference that the linker cannot drop. */
  if (ADW_TYPE_APPLICATION_WINDOW == G_TYPE_INVALID)
    g_assert_not_reached ();
}

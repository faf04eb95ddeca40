/* Preloaded into gtk4-builder-tool. The app's own widget types are linked in whole, and found by their _get_type(); a
 * template's parent is looked up by name only, so those of libadwaita are registered before.
 */
#include <adwaita.h>

__attribute__ ((constructor)) static void
register_parents (void)
{
  g_type_ensure (ADW_TYPE_ACTION_ROW);
  g_type_ensure (ADW_TYPE_APPLICATION_WINDOW);
  g_type_ensure (ADW_TYPE_BIN);
  g_type_ensure (ADW_TYPE_EXPANDER_ROW);
  g_type_ensure (ADW_TYPE_MESSAGE_DIALOG);
  g_type_ensure (ADW_TYPE_PREFERENCES_PAGE);
  g_type_ensure (ADW_TYPE_PREFERENCES_WINDOW);
  g_type_ensure (ADW_TYPE_WINDOW);
}

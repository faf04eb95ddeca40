#define G_LOG_DOMAIN "inb-app"

#include "inb-direction.h"

#define ISOLATE "\u2066"
#define END "\u2069"

/* A word brings its own direction along. */
static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

/**
 * inb_direction_isolate:
 * @text: (nullable): a phone number, a range, or a figure with its sign
 *
 * Where text runs from right to left, a number's groups and signs would be put round the other way. Words are left alone.
 *
 * Returns: (transfer full) (nullable): the same, which is read from left to right everywhere
 */
char *
inb_direction_isolate (const char *text)
{
  if (text == NULL || gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL || has_letter (text))
    return g_strdup (text);

  return g_strconcat (ISOLATE, text, END, NULL);
}

void
inb_direction_append_layout (GtkSnapshot   *snapshot,
                             PangoLayout   *layout,
                             const GdkRGBA *color)
{
  PangoRectangle extents;

  pango_layout_get_pixel_extents (layout, NULL, &extents);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) -extents.x, 0));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

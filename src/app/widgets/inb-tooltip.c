#define G_LOG_DOMAIN "inb-app"

#include "inb-tooltip.h"

/**
 * inb_tooltip_set:
 * @text: (nullable): %NULL for no tooltip
 */
void
inb_tooltip_set (GtkWidget  *widget,
                 const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-focus.h"

struct _InbHeatMapFocus {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (InbHeatMapFocus, inb_heat_map_focus, GTK_TYPE_WIDGET)

static void
inb_heat_map_focus_class_init (InbHeatMapFocusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_css_name (widget_class, "heatmapfocus");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
inb_heat_map_focus_init (InbHeatMapFocus *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
inb_heat_map_focus_new (void)
{
  return g_object_new (INB_TYPE_HEAT_MAP_FOCUS, NULL);
}

/**
 * inb_heat_map_focus_set:
 * @name: the accessible name
 * @details: the accessible description
 */
void
inb_heat_map_focus_set (InbHeatMapFocus *self,
                        const char      *name,
                        const char      *details,
                        int              row,
                        int              column)
{
  g_return_if_fail (INB_IS_HEAT_MAP_FOCUS (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, details, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_INDEX, row,
                                  GTK_ACCESSIBLE_RELATION_COL_INDEX, column, -1);
}

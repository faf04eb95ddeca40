#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-export.h"

#include "inb-file-export.h"
#include "inb-format.h"
#include "inb-heat-map-text.h"
#include "inb-picture-export.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define LEGEND_SPACE 12

static void
copy_text (InbHeatMapView *view,
           const char     *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (view)), text);
}

/* The number that has the focus. */
void
inb_heat_map_export_copy_number (InbHeatMapView *view)
{
  InbHeatMapGrid *grid = inb_heat_map_view_get_data (view);
  g_autofree char *text = NULL;
  guint row;
  guint column;

  if (grid == NULL)
    return;

  inb_heat_map_view_get_focus (view, &row, &column);
  text = inb_heat_map_figure_format (grid->measure, inb_heat_map_grid_get_figure (grid, row, column));
  copy_text (view, text);
}

void
inb_heat_map_export_copy_table (InbHeatMapView *view)
{
  InbHeatMapGrid *grid = inb_heat_map_view_get_data (view);
  g_autofree char *text = grid != NULL ? inb_heat_map_text_get_tsv (grid) : NULL;

  if (text != NULL)
    copy_text (view, text);
}

/* The whole map with its legend, however much of it is on the screen. */
static InbPictureExport *
make_picture (InbHeatMapView   *view,
              InbHeatMapLegend *legend,
              InbSession       *session)
{
  g_autofree char *title = inb_heat_map_text_get_title (inb_heat_map_view_get_data (view));
  g_autofree char *time = inb_format_absolute (inb_time_now (), inb_clock_get_timezone (inb_session_get_clock (session)));
  const char *name = inb_session_get_name (session);
  g_autofree char *note = g_strdup_printf ("%s · %s", name != NULL ? name : _("Inbound Leads"), time);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  InbPictureExport *picture;
  int width;
  int height;

  node = inb_heat_map_view_draw_all (view, &width, &height);
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
  g_clear_pointer (&node, gsk_render_node_unref);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float) (height + LEGEND_SPACE)));
  inb_heat_map_legend_paint (legend, snapshot, width);
  node = gtk_snapshot_free_to_node (snapshot);
  picture = inb_picture_export_new (GTK_WIDGET (view), node, width, height + LEGEND_SPACE + INB_HEAT_MAP_LEGEND_HEIGHT, title,
                                    note, inb_heat_map_view_get_palette (view));
  g_clear_pointer (&node, gsk_render_node_unref);

  return picture;
}

void
inb_heat_map_export_copy_picture (InbHeatMapView   *view,
                                  InbHeatMapLegend *legend,
                                  InbSession       *session)
{
  g_autoptr (InbPictureExport) picture = NULL;

  if (inb_heat_map_view_get_data (view) == NULL)
    return;

  picture = make_picture (view, legend, session);
  inb_picture_export_copy (picture, GTK_WIDGET (view));
}

/**
 * inb_heat_map_export_save:
 * @format: "csv", "png" or "svg"
 *
 * Asks for a file and writes it; a failure is shown to the user.
 */
void
inb_heat_map_export_save (InbHeatMapView   *view,
                          InbHeatMapLegend *legend,
                          InbSession       *session,
                          const char       *format)
{
  InbHeatMapGrid *grid = inb_heat_map_view_get_data (view);
  const char *name;

  if (grid == NULL)
    return;

  name = grid->map->mode == INB_HEAT_MAP_WEEKDAY_HOUR ? "leads-by-weekday-and-hour" : "leads-by-source-and-product";
  if (g_str_equal (format, "csv"))
    {
      g_autoptr (GBytes) csv = inb_heat_map_text_get_csv (grid);
      g_autofree char *file_name = g_strconcat (name, ".csv", NULL);

      inb_file_export_bytes (GTK_WIDGET (view), file_name, _("CSV table"), "text/csv", csv);
    }
  else
    {
      g_autoptr (InbPictureExport) picture = make_picture (view, legend, session);

      inb_picture_export_save (picture, g_str_equal (format, "svg") ? INB_PICTURE_SVG : INB_PICTURE_PNG, name,
                               GTK_WIDGET (view));
    }
}

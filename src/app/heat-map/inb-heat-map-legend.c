#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-legend.h"

#include "inb-direction.h"
#include "inb-drawn-text.h"
#include "inb-heat-map-text.h"
#include "inb-tooltip.h"

#include <adwaita.h>

#define MAX_STEP_WIDTH 104
#define PAD 4
/* Below this width there is only room for the steps. */
#define NAME_WIDTH 560
#define GAP 2

struct _InbHeatMapLegend {
  GtkWidget       parent_instance;

  /* Owned */
  InbHeatMapGrid *grid;
};

G_DEFINE_FINAL_TYPE (InbHeatMapLegend, inb_heat_map_legend, GTK_TYPE_WIDGET)

/* The largest figure of the step: just below the next one in use. */
static gint64
get_high (const InbHeatMapGrid *grid,
          guint                 step)
{
  for (guint i = step + 1; i < INB_PALETTE_STEPS; i++)
    if (grid->lows[i] != INB_HEAT_MAP_NO_FIGURE)
      return grid->lows[i] - 1;

  return grid->measure == INB_HEAT_MAP_RESPONSE ? INB_HEAT_MAP_NO_FIGURE : grid->most;
}

/* "17–66"; counts exact, the others rounded as in the cells. */
static char *
format_range (const InbHeatMapGrid *grid,
              guint                 step)
{
  gint64 high = get_high (grid, step);
  g_autofree char *from = NULL;
  g_autofree char *to = inb_heat_map_figure_format (grid->measure, high);

  if (grid->measure == INB_HEAT_MAP_RESPONSE)
    {
      from = inb_heat_map_figure_format (grid->measure, MAX (grid->lows[step] - 1, 0));
      return high == INB_HEAT_MAP_NO_FIGURE ? g_strdup_printf ("> %s", from) : g_strdup_printf ("≤ %s", to);
    }
  from = inb_heat_map_figure_format (grid->measure, grid->lows[step]);
  if (g_str_equal (from, to))
    return g_steal_pointer (&from);

  return g_strdup_printf ("%s–%s", from, to);
}

static gboolean
is_in_use (const InbHeatMapGrid *grid,
           guint                 step)
{
  return grid->lows[step] != INB_HEAT_MAP_NO_FIGURE;
}

/**
 * inb_heat_map_legend_get_text:
 *
 * Returns: (transfer full): the legend in words
 */
char *
inb_heat_map_legend_get_text (const InbHeatMapGrid *grid)
{
  GString *text = g_string_new (inb_heat_map_text_get_measure (grid->measure));
  const char *separator = ": ";

  for (guint step = 0; step < INB_PALETTE_STEPS; step++)
    {
      g_autofree char *range = NULL;

      if (!is_in_use (grid, step))
        continue;
      range = format_range (grid, step);
      g_string_append_printf (text, "%s%s", separator, range);
      separator = ", ";
    }

  return g_string_free (text, FALSE);
}

static PangoLayout *
make_label (InbHeatMapLegend *self,
            const char       *text,
            int               width)
{
  g_autofree char *shown = inb_direction_isolate (text);
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), shown);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.85));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, MAX (width, 1) * PANGO_SCALE);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);

  return layout;
}

/* The whole range where there is room for it, else only where the step begins. */
static void
paint_step (InbHeatMapLegend *self,
            GtkSnapshot      *snapshot,
            const InbPalette *palette,
            guint             step,
            float             x,
            int               width)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (x, 0, (float) (width - GAP), INB_HEAT_MAP_LEGEND_HEIGHT);
  g_autoptr (InbDrawnText) text = NULL;
  g_autofree char *range = format_range (self->grid, step);
  g_autofree char *low = inb_heat_map_figure_format (self->grid->measure, self->grid->lows[step]);
  g_autoptr (PangoLayout) layout = make_label (self, range, width - GAP - 2 * PAD);

  if (pango_layout_is_ellipsized (layout) && self->grid->measure != INB_HEAT_MAP_RESPONSE)
    pango_layout_set_text (layout, low, -1);
  text = inb_drawn_text_new (layout, &palette->step_texts[step]);
  gtk_snapshot_append_color (snapshot, &palette->steps[step], &rect);
  inb_drawn_text_append (text, snapshot, x + (rect.size.width - text->width) / 2,
                         (INB_HEAT_MAP_LEGEND_HEIGHT - text->height) / 2);
}

/* Returns the room it takes. */
static int
paint_name (InbHeatMapLegend *self,
            GtkSnapshot      *snapshot,
            const InbPalette *palette,
            int               width,
            gboolean          rtl)
{
  g_autoptr (PangoLayout) layout = make_label (self, inb_heat_map_text_get_measure (self->grid->measure), width / 4);
  g_autoptr (InbDrawnText) text = inb_drawn_text_new (layout, &palette->text);

  inb_drawn_text_append (text, snapshot, rtl ? (float) width - text->width : 0,
                         (INB_HEAT_MAP_LEGEND_HEIGHT - text->height) / 2);

  return (int) text->width + 2 * PAD;
}

/**
 * inb_heat_map_legend_paint:
 * @width: the room there is
 *
 * Draws it from (0, 0), INB_HEAT_MAP_LEGEND_HEIGHT high.
 */
void
inb_heat_map_legend_paint (InbHeatMapLegend *self,
                           GtkSnapshot      *snapshot,
                           int               width)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  InbPalette palette;
  guint n_steps = 0;
  int step_width;
  int x = 0;

  g_return_if_fail (INB_IS_HEAT_MAP_LEGEND (self));

  for (guint step = 0; self->grid != NULL && step < INB_PALETTE_STEPS; step++)
    n_steps += is_in_use (self->grid, step);
  if (n_steps == 0)
    return;

  inb_palette_init (&palette, inb_palette_get_look (adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)))));
  if (width >= NAME_WIDTH)
    x = paint_name (self, snapshot, &palette, width, rtl);
  step_width = MIN ((width - x) / (int) n_steps, MAX_STEP_WIDTH);
  for (guint step = 0; step < INB_PALETTE_STEPS; step++)
    if (is_in_use (self->grid, step))
      {
        paint_step (self, snapshot, &palette, step, (float) (rtl ? width - x - step_width + GAP : x), step_width);
        x += step_width;
      }
}

static void
inb_heat_map_legend_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = INB_HEAT_MAP_LEGEND_HEIGHT;
  else
    *natural = INB_PALETTE_STEPS * MAX_STEP_WIDTH;
}

static void
inb_heat_map_legend_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  inb_heat_map_legend_paint (INB_HEAT_MAP_LEGEND (widget), snapshot, gtk_widget_get_width (widget));
}

static void
inb_heat_map_legend_finalize (GObject *object)
{
  g_clear_pointer (&INB_HEAT_MAP_LEGEND (object)->grid, inb_heat_map_grid_unref);

  G_OBJECT_CLASS (inb_heat_map_legend_parent_class)->finalize (object);
}

static void
inb_heat_map_legend_class_init (InbHeatMapLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_heat_map_legend_finalize;
  widget_class->measure = inb_heat_map_legend_measure;
  widget_class->snapshot = inb_heat_map_legend_snapshot;
  gtk_widget_class_set_css_name (widget_class, "heatmaplegend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
inb_heat_map_legend_init (InbHeatMapLegend *self)
{
  AdwStyleManager *manager = adw_style_manager_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
inb_heat_map_legend_new (void)
{
  return g_object_new (INB_TYPE_HEAT_MAP_LEGEND, NULL);
}

void
inb_heat_map_legend_set_data (InbHeatMapLegend *self,
                              InbHeatMapGrid   *grid)
{
  g_autofree char *text = grid != NULL ? inb_heat_map_legend_get_text (grid) : NULL;

  g_return_if_fail (INB_IS_HEAT_MAP_LEGEND (self));

  g_clear_pointer (&self->grid, inb_heat_map_grid_unref);
  self->grid = grid != NULL ? inb_heat_map_grid_ref (grid) : NULL;
  if (text != NULL)
    {
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      inb_tooltip_set (GTK_WIDGET (self), text);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

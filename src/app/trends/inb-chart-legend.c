#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-legend.h"

#include "inb-chart-pattern.h"
#include "inb-tooltip.h"

#include <glib/gi18n.h>

#define SWATCH_SIZE 14

/* --- the swatch --------------------------------------------------------------------------------------------------------- */

#define INB_TYPE_CHART_SWATCH (inb_chart_swatch_get_type ())
G_DECLARE_FINAL_TYPE (InbChartSwatch, inb_chart_swatch, INB, CHART_SWATCH, GtkWidget)

struct _InbChartSwatch {
  GtkWidget parent_instance;

  guint     series;
  gboolean  is_other;
};

G_DEFINE_FINAL_TYPE (InbChartSwatch, inb_chart_swatch, GTK_TYPE_WIDGET)

static void
inb_chart_swatch_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  InbChartSwatch *self = INB_CHART_SWATCH (widget);
  InbPalette palette;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  inb_palette_init (&palette, inb_palette_get_look (adw_style_manager_get_default ()));
  gtk_snapshot_append_color (snapshot, &palette.gap, &area);
  if (!gdk_rgba_equal (&palette.gap, &palette.background))
    graphene_rect_inset (&area, 1, 1);
  inb_chart_pattern_append (snapshot, &palette, self->series, self->is_other, &area);
}

static void
inb_chart_swatch_class_init (InbChartSwatchClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = inb_chart_swatch_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
inb_chart_swatch_init (InbChartSwatch *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_widget_set_size_request (GTK_WIDGET (self), SWATCH_SIZE, SWATCH_SIZE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/* --- the legend --------------------------------------------------------------------------------------------------------- */

struct _InbChartLegend {
  AdwBin      parent_instance;

  /* Owned */
  GPtrArray  *buttons;       /* (element-type GtkButton) */

  /* Borrowed: children */
  GtkFlowBox *box;
};

static guint activated_signal;

G_DEFINE_FINAL_TYPE (InbChartLegend, inb_chart_legend, ADW_TYPE_BIN)

static void
on_clicked (GtkWidget *button,
            gpointer   user_data)
{
  InbChartLegend *self = user_data;
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (button));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;
  gboolean add = keyboard != NULL && (gdk_device_get_modifier_state (keyboard) & GDK_SHIFT_MASK) != 0;
  guint series;

  if (g_ptr_array_find (self->buttons, button, &series))
    g_signal_emit (self, activated_signal, 0, series, add);
}

static GtkWidget *
make_button (InbChartLegend *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_box_append (GTK_BOX (line), g_object_new (INB_TYPE_CHART_SWATCH, NULL));
  gtk_box_append (GTK_BOX (line), label);
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, 0);
  gtk_flow_box_append (self->box, button);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);

  return button;
}

static void
fill_button (GtkWidget          *button,
             const InbChartData *data,
             guint               series)
{
  GtkWidget *line = gtk_button_get_child (GTK_BUTTON (button));
  InbChartSwatch *swatch = INB_CHART_SWATCH (gtk_widget_get_first_child (line));
  g_autofree char *sum = inb_chart_data_format (data, inb_chart_data_get_series_sum (data, series));
  g_autofree char *spoken = g_strdup_printf ("%s: %s", data->series[series], sum);

  swatch->series = series;
  swatch->is_other = data->has_other && series + 1 == data->n_series;
  gtk_widget_queue_draw (GTK_WIDGET (swatch));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (line)), data->series[series]);
  inb_tooltip_set (button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
inb_chart_legend_finalize (GObject *object)
{
  g_ptr_array_unref (INB_CHART_LEGEND (object)->buttons);

  G_OBJECT_CLASS (inb_chart_legend_parent_class)->finalize (object);
}

static void
inb_chart_legend_class_init (InbChartLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_chart_legend_finalize;

  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
inb_chart_legend_init (InbChartLegend *self)
{
  self->buttons = g_ptr_array_new_with_free_func (g_object_unref);
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->box, 9);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "legend");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Legend"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

void
inb_chart_legend_set_data (InbChartLegend     *self,
                           const InbChartData *data)
{
  guint wanted = data != NULL && data->n_series > 1 ? data->n_series : 0;

  g_return_if_fail (INB_IS_CHART_LEGEND (self));

  gtk_widget_set_visible (GTK_WIDGET (self), wanted > 0);
  while (self->buttons->len < wanted)
    g_ptr_array_add (self->buttons, g_object_ref (make_button (self)));
  while (self->buttons->len > wanted)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, self->buttons->len - 1);

      gtk_flow_box_remove (self->box, gtk_widget_get_parent (button));
      g_ptr_array_set_size (self->buttons, (int) self->buttons->len - 1);
    }
  for (guint i = 0; i < wanted; i++)
    fill_button (g_ptr_array_index (self->buttons, i), data, i);
}

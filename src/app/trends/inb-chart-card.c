#define G_LOG_DOMAIN "inb-app"

#include "inb-chart-card.h"

#include "inb-accessible.h"
#include "inb-chart-legend.h"
#include "inb-chart-table.h"
#include "inb-file-export.h"
#include "inb-picture-export.h"

#include <glib/gi18n.h>
#include <string.h>

#define PICTURE_WIDTH 1000

struct _InbChartCard {
  AdwBin          parent_instance;

  /* Template */
  GtkLabel       *title;
  GtkInscription *summary;       /* always of one height: new words do not lay out the page again */
  GtkMenuButton  *menu;
  GtkStack       *stack;
  InbChart       *chart;
  InbChartTable  *table;
  InbChartLegend *legend;

  /* Owned */
  char           *name;
  char           *note;

  gboolean        as_table;
};

enum {
  PROP_AS_TABLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint activated_signal;

G_DEFINE_FINAL_TYPE (InbChartCard, inb_chart_card, ADW_TYPE_BIN)

static void
show_page (InbChartCard *self)
{
  const InbChartData *data = inb_chart_get_data (self->chart);
  const char *page = data == NULL || inb_chart_data_is_empty (data) ? "empty" : self->as_table ? "table" : "chart";

  inb_chart_table_set_data (self->table, self->as_table ? data : NULL);
  inb_chart_legend_set_data (self->legend, g_str_equal (page, "chart") ? data : NULL);
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* --- export ------------------------------------------------------------------------------------------------------------- */

/* Always for light paper, and wider than a phone's window. */
static InbPictureExport *
make_picture (InbChartCard *self)
{
  const InbChartData *data = inb_chart_get_data (self->chart);
  int height = MAX (gtk_widget_get_height (GTK_WIDGET (self->chart)), 320);
  GskRenderNode *node;
  InbPalette palette;
  InbPictureExport *picture;

  inb_palette_init (&palette, INB_PALETTE_LIGHT);
  node = inb_chart_make_node (self->chart, PICTURE_WIDTH, height, &palette);
  picture = inb_picture_export_new (GTK_WIDGET (self), node, PICTURE_WIDTH, height, data != NULL ? data->title : NULL,
                                    self->note, &palette);
  g_clear_pointer (&node, gsk_render_node_unref);

  return picture;
}

static void
save_picture (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  InbChartCard *self = INB_CHART_CARD (widget);
  g_autoptr (InbPictureExport) picture = make_picture (self);

  inb_picture_export_save (picture, g_str_has_suffix (action_name, "svg") ? INB_PICTURE_SVG : INB_PICTURE_PNG, self->name, widget);
}

static void
copy_picture (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  g_autoptr (InbPictureExport) picture = make_picture (INB_CHART_CARD (widget));

  inb_picture_export_copy (picture, widget);
}

static void
save_csv (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  InbChartCard *self = INB_CHART_CARD (widget);
  const InbChartData *data = inb_chart_get_data (self->chart);
  g_autofree char *name = g_strconcat (self->name, ".csv", NULL);
  g_autoptr (GBytes) bytes = NULL;
  char *csv;

  if (data == NULL)
    return;

  csv = inb_chart_data_to_csv (data);
  bytes = g_bytes_new_take (csv, strlen (csv));
  inb_file_export_bytes (widget, name, _("CSV table"), "text/csv", bytes);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
on_part_activated (InbChartCard *self,
                   guint         category,
                   guint         series,
                   gboolean      add)
{
  g_signal_emit (self, activated_signal, 0, category, series, add);
}

static void
on_series_activated (InbChartCard *self,
                     guint         series,
                     gboolean      add)
{
  g_signal_emit (self, activated_signal, 0, INB_CHART_ALL, series, add);
}

static void
inb_chart_card_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (id == PROP_AS_TABLE)
    g_value_set_boolean (value, INB_CHART_CARD (object)->as_table);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
inb_chart_card_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  InbChartCard *self = INB_CHART_CARD (object);

  if (id == PROP_AS_TABLE)
    {
      if (self->as_table == g_value_get_boolean (value))
        return;
      self->as_table = !self->as_table;
      show_page (self);
      g_object_notify_by_pspec (object, pspec);
    }
  else
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
inb_chart_card_finalize (GObject *object)
{
  InbChartCard *self = INB_CHART_CARD (object);

  g_free (self->name);
  g_free (self->note);

  G_OBJECT_CLASS (inb_chart_card_parent_class)->finalize (object);
}

static void
inb_chart_card_class_init (InbChartCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (INB_TYPE_CHART);
  g_type_ensure (INB_TYPE_CHART_LEGEND);
  g_type_ensure (INB_TYPE_CHART_TABLE);

  object_class->get_property = inb_chart_card_get_property;
  object_class->set_property = inb_chart_card_set_property;
  object_class->finalize = inb_chart_card_finalize;

  properties[PROP_AS_TABLE] = g_param_spec_boolean ("as-table", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                   G_TYPE_UINT, G_TYPE_UINT, G_TYPE_BOOLEAN);

  gtk_widget_class_install_property_action (widget_class, "chart.as-table", "as-table");
  gtk_widget_class_install_action (widget_class, "chart.save-png", NULL, save_picture);
  gtk_widget_class_install_action (widget_class, "chart.save-svg", NULL, save_picture);
  gtk_widget_class_install_action (widget_class, "chart.save-csv", NULL, save_csv);
  gtk_widget_class_install_action (widget_class, "chart.copy", NULL, copy_picture);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, InbChartCard, title);
  gtk_widget_class_bind_template_child (widget_class, InbChartCard, summary);
  gtk_widget_class_bind_template_child (widget_class, InbChartCard, menu);
  gtk_widget_class_bind_template_child (widget_class, InbChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, InbChartCard, chart);
  gtk_widget_class_bind_template_child (widget_class, InbChartCard, table);
  gtk_widget_class_bind_template_child (widget_class, InbChartCard, legend);
}

static void
inb_chart_card_init (InbChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_stack (self->stack);
  g_signal_connect_object (self->chart, "activated", G_CALLBACK (on_part_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->legend, "activated", G_CALLBACK (on_series_activated), self, G_CONNECT_SWAPPED);
}

GtkWidget *
inb_chart_card_new (const char *name)
{
  InbChartCard *self = g_object_new (INB_TYPE_CHART_CARD, NULL);

  self->name = g_strdup (name);

  return GTK_WIDGET (self);
}

/**
 * inb_chart_card_set_data:
 * @data: (transfer full): what to show
 */
void
inb_chart_card_set_data (InbChartCard *self,
                         InbChartData *data)
{
  const InbChartData *old;

  g_return_if_fail (INB_IS_CHART_CARD (self) && data != NULL);

  /* Most leads that arrive concern some charts only. */
  old = inb_chart_get_data (self->chart);
  if (old != NULL && inb_chart_data_equal (old, data))
    {
      inb_chart_data_free (data);
      return;
    }

  inb_chart_table_set_data (self->table, NULL);
  gtk_label_set_label (self->title, data->title);
  gtk_inscription_set_text (self->summary, data->summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, data->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, data->summary, -1);
  inb_chart_set_data (self->chart, data);
  show_page (self);
}

InbChart *
inb_chart_card_get_chart (InbChartCard *self)
{
  g_return_val_if_fail (INB_IS_CHART_CARD (self), NULL);

  return self->chart;
}

void
inb_chart_card_set_note (InbChartCard *self,
                         const char   *note)
{
  g_return_if_fail (INB_IS_CHART_CARD (self));

  g_free (self->note);
  self->note = g_strdup (note);
}

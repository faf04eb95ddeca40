#define G_LOG_DOMAIN "inb-app"

#include "inb-metrics-grid.h"

#include "inb-format.h"
#include "inb-metric-card.h"

#include <glib/gi18n.h>

enum {
  TOTAL,
  NEW,
  PENDING,
  TODAY,
  TOP_PRODUCT,
  TOP_SOURCE,
  CONVERSION,
  N_CARDS
};

struct _InbMetricsGrid {
  AdwBin         parent_instance;

  /* Borrowed: children */
  GtkWidget     *box;
  InbMetricCard *cards[N_CARDS];
};

static const char *const titles[N_CARDS] = {
  [TOTAL] = N_("Total"),
  [NEW] = N_("New"),
  [PENDING] = N_("Pending"),
  [TODAY] = N_("Today"),
  [TOP_PRODUCT] = N_("Top product"),
  [TOP_SOURCE] = N_("Top source"),
  [CONVERSION] = N_("Conversion"),
};

static const char *const looks[] = {
  [INB_METRICS_LARGE] = "large",
  [INB_METRICS_SMALL] = "small",
  [INB_METRICS_ROW] = "row",
};

G_DEFINE_FINAL_TYPE (InbMetricsGrid, inb_metrics_grid, ADW_TYPE_BIN)

static void
inb_metrics_grid_class_init (InbMetricsGridClass *klass)
{
}

static void
inb_metrics_grid_init (InbMetricsGrid *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->box), TRUE);
  gtk_widget_add_css_class (self->box, "metrics");
  gtk_widget_add_css_class (self->box, looks[INB_METRICS_LARGE]);
  for (guint i = 0; i < N_CARDS; i++)
    {
      self->cards[i] = INB_METRIC_CARD (inb_metric_card_new (_(titles[i])));
      inb_metric_card_set_words (self->cards[i], i == TOP_PRODUCT || i == TOP_SOURCE);
      gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->cards[i]));
    }

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  adw_bin_set_child (ADW_BIN (self), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Key figures"), -1);
  inb_metrics_grid_set_metrics (self, NULL, NULL);
}

static void
set_count (InbMetricsGrid *self,
           guint           card,
           gint64          count,
           const char     *definition)
{
  g_autofree char *figure = inb_format_count (count);

  inb_metric_card_set (self->cards[card], figure, NULL, definition);
}

static void
set_top (InbMetricsGrid *self,
         guint           card,
         const char     *name,
         gint64          count,
         const char     *definition)
{
  g_autofree char *number = inb_format_count (count);
  g_autofree char *note = g_strdup_printf (ngettext ("%s lead", "%s leads", (gulong) count), number);
  g_autofree char *tooltip = name != NULL ? g_strdup_printf ("%s\n%s", name, definition) : g_strdup (definition);

  inb_metric_card_set (self->cards[card], name != NULL ? name : "–", name != NULL ? note : NULL, tooltip);
}

/**
 * inb_metrics_grid_set_metrics:
 * @metrics: (nullable): the figures
 * @timezone: (nullable): the workspace's zone, which "today" is of; not %NULL with @metrics
 */
void
inb_metrics_grid_set_metrics (InbMetricsGrid   *self,
                              const InbMetrics *metrics,
                              GTimeZone        *timezone)
{
  g_autofree char *today = NULL;
  g_autofree char *share = NULL;
  g_autofree char *converted = NULL;
  g_autofree char *converted_note = NULL;

  g_return_if_fail (INB_IS_METRICS_GRID (self));

  if (metrics == NULL)
    {
      for (guint i = 0; i < N_CARDS; i++)
        inb_metric_card_set (self->cards[i], "–", NULL, NULL);
      return;
    }

  today = g_strdup_printf (_("Leads created since midnight in %s"), g_time_zone_get_identifier (timezone));
  share = inb_format_share (metrics->converted, metrics->total);
  converted = inb_format_count (metrics->converted);
  converted_note = g_strdup_printf (_("%s won"), converted);

  set_count (self, TOTAL, metrics->total, _("All leads, without tests and deleted ones"));
  set_count (self, NEW, metrics->new_leads, _("Leads in the stage New"));
  set_count (self, PENDING, metrics->pending, _("Leads past New that are neither won nor lost"));
  set_count (self, TODAY, metrics->today, today);
  set_top (self, TOP_PRODUCT, metrics->top_product, metrics->top_product_count, _("The product with the most leads"));
  set_top (self, TOP_SOURCE, metrics->top_source, metrics->top_source_count, _("The source with the most leads"));
  inb_metric_card_set (self->cards[CONVERSION], share, converted_note, _("Converted leads as a share of all leads"));
}

void
inb_metrics_grid_set_look (InbMetricsGrid *self,
                           InbMetricsLook  look)
{
  g_return_if_fail (INB_IS_METRICS_GRID (self));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->box, looks[i]);
  gtk_widget_add_css_class (self->box, looks[look]);
}

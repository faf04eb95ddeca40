#define G_LOG_DOMAIN "inb-app"

#include "inb-metric-card.h"

#include "inb-direction.h"
#include "inb-format.h"
#include "inb-sparkline.h"
#include "inb-tooltip.h"

#include <glib/gi18n.h>

struct _InbMetricCard {
  AdwBin                parent_instance;

  /* Template */
  GtkButton            *button;
  GtkLabel             *title;
  GtkLabel             *figure;
  GtkWidget            *line;
  InbSparkline         *sparkline;
  GtkLabel             *note;
  GtkMenuButton        *more;

  /* Borrowed */
  InbMetricDetailsFunc  make_details;
  gpointer              details_data;

  InbMetric             metric;
};

static guint activated_signal;

G_DEFINE_FINAL_TYPE (InbMetricCard, inb_metric_card, ADW_TYPE_BIN)

/* A button's click does not say which keys were held. */
static gboolean
is_shift_held (GtkWidget *widget)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (widget));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  return keyboard != NULL && (gdk_device_get_modifier_state (keyboard) & GDK_SHIFT_MASK) != 0;
}

static void
show_leads (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  g_signal_emit (widget, activated_signal, 0, is_shift_held (widget));
}

static void
add_leads (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  g_signal_emit (widget, activated_signal, 0, TRUE);
}

static void
on_popup (GtkMenuButton *button,
          gpointer       user_data)
{
  InbMetricCard *self = user_data;
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), self->make_details (self, self->details_data));
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  inb_metric_get_title (self->metric), -1);
  gtk_menu_button_set_popover (button, popover);
}

static void
inb_metric_card_class_init (InbMetricCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (INB_TYPE_SPARKLINE);

  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "card.show", NULL, show_leads);
  gtk_widget_class_install_action (widget_class, "card.add", NULL, add_leads);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_SHIFT_MASK, "card.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, GDK_SHIFT_MASK, "card.add", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-metric-card.ui");
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, button);
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, title);
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, figure);
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, line);
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, sparkline);
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, note);
  gtk_widget_class_bind_template_child (widget_class, InbMetricCard, more);
}

static void
inb_metric_card_init (InbMetricCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
inb_metric_card_new (InbMetric metric)
{
  InbMetricCard *self = g_object_new (INB_TYPE_METRIC_CARD, NULL);
  g_autofree char *action = NULL;

  self->metric = metric;
  gtk_label_set_label (self->title, inb_metric_get_title (metric));
  /* Translators: what a click on a figure does; %s is the figure's name. */
  action = g_strdup_printf (_("Show Leads: %s"), inb_metric_get_title (metric));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, action, -1);
  if (metric == INB_METRIC_TOP_PRODUCT || metric == INB_METRIC_TOP_SOURCE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "words");
  inb_metric_card_set_metrics (self, NULL, NULL);

  return GTK_WIDGET (self);
}

InbMetric
inb_metric_card_get_metric (InbMetricCard *self)
{
  g_return_val_if_fail (INB_IS_METRIC_CARD (self), INB_METRIC_TOTAL);

  return self->metric;
}

static char *
describe_days (InbMetric     metric,
               const double *days,
               const char   *change)
{
  gboolean is_share = metric == INB_METRIC_CONVERSION;
  double least = days[0];
  double most = days[0];
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  for (guint i = 1; i < INB_METRIC_DAYS; i++)
    {
      least = MIN (least, days[i]);
      most = MAX (most, days[i]);
    }
  low = is_share ? inb_format_share ((gint64) (least * 10 + 0.5), 1000) : inb_format_count ((gint64) least);
  high = is_share ? inb_format_share ((gint64) (most * 10 + 0.5), 1000) : inb_format_count ((gint64) most);
  if (change == NULL)
    return g_strdup_printf (_("Last 30 days: %s to %s a day"), low, high);

  return g_strdup_printf (_("Last 30 days: %s to %s a day, %s"), low, high, change);
}

static void
show_days (InbMetricCard    *self,
           const InbMetrics *metrics,
           const char       *note)
{
  double days[INB_METRIC_DAYS];
  gboolean has_days = inb_metric_get_days (self->metric, metrics, days);
  g_autofree char *change = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *description = NULL;
  g_autofree char *shown = NULL;

  if (has_days)
    {
      inb_metric_format_change (self->metric, metrics, &change, &spoken);
      description = describe_days (self->metric, days, spoken);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->sparkline), has_days);
  inb_sparkline_set_values (self->sparkline, has_days ? days : NULL, has_days ? INB_METRIC_DAYS : 0, description);
  /* The course gives way to the change, not the other way round. */
  gtk_label_set_ellipsize (self->note, has_days ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  shown = inb_direction_isolate (has_days ? change : note);
  gtk_label_set_label (self->note, shown != NULL ? shown : "");
}

void
inb_metric_card_set_metrics (InbMetricCard    *self,
                             const InbMetrics *metrics,
                             GTimeZone        *timezone)
{
  g_autofree char *figure = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *note = NULL;
  g_autofree char *definition = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (INB_IS_METRIC_CARD (self) && (metrics == NULL || timezone != NULL));

  figure = inb_metric_format_figure (self->metric, metrics);
  note = inb_metric_format_note (self->metric, metrics);
  definition = inb_metric_format_definition (self->metric, metrics, timezone);
  spoken = g_strdup_printf ("%s: %s%s%s", inb_metric_get_title (self->metric), figure, note != NULL ? ", " : "",
                            note != NULL ? note : "");

  shown = inb_direction_isolate (figure);
  gtk_label_set_label (self->figure, shown);
  inb_tooltip_set (GTK_WIDGET (self->button), definition);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, definition != NULL ? definition : "", -1);
  show_days (self, metrics, note);
  gtk_widget_set_visible (GTK_WIDGET (self->more), self->make_details != NULL && metrics != NULL && metrics->has_details);
}

void
inb_metric_card_set_compact (InbMetricCard *self,
                             gboolean       compact)
{
  g_return_if_fail (INB_IS_METRIC_CARD (self));

  gtk_widget_set_visible (self->line, !compact);
}

void
inb_metric_card_set_active (InbMetricCard *self,
                            gboolean       active)
{
  g_return_if_fail (INB_IS_METRIC_CARD (self));

  if (active)
    gtk_widget_add_css_class (GTK_WIDGET (self), "active");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "active");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_PRESSED,
                               active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

/**
 * inb_metric_card_set_details:
 * @make: called each time the popover is opened; what it makes is the popover's
 * @user_data: has to live as long as the card
 */
void
inb_metric_card_set_details (InbMetricCard        *self,
                             InbMetricDetailsFunc  make,
                             gpointer              user_data)
{
  g_return_if_fail (INB_IS_METRIC_CARD (self) && make != NULL);

  self->make_details = make;
  self->details_data = user_data;
  gtk_menu_button_set_create_popup_func (self->more, on_popup, self, NULL);
}

void
inb_metric_card_close_details (InbMetricCard *self)
{
  g_return_if_fail (INB_IS_METRIC_CARD (self));

  gtk_menu_button_popdown (self->more);
}

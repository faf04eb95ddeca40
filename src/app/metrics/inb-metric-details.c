#define G_LOG_DOMAIN "inb-app"

#include "inb-metric-details.h"

#include "inb-format.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define WIDTH 260

struct _InbMetricDetails {
  AdwBin      parent_instance;

  /* Owned */
  char       *waiting_lead_id;
  char       *waiting_time;

  /* Borrowed: children */
  GtkWidget  *box;
  GtkWidget  *waiting;       /* the button, NULL when nobody waits */
  GtkLabel   *waiting_label;
};

enum {
  CHOSEN,
  WAITING_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbMetricDetails, inb_metric_details, ADW_TYPE_BIN)

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *css_class,
           float       xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
add_pair (GtkWidget  *box,
          const char *name,
          const char *value)
{
  GtkWidget *label = add_label (box, name, NULL, 0);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (add_label (box, value, "numeric", 1), "dim-label");
}

static void
on_chosen (InbMetricDetails *self,
           GtkWidget        *button)
{
  int field = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "field"));

  g_signal_emit (self, signals[CHOSEN], 0, field, gtk_widget_get_name (button));
}

static void
add_value (InbMetricDetails    *self,
           InbFilterField       field,
           const InbNamedCount *value,
           gint64               total)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *count = inb_format_count (value->leads);
  g_autofree char *share = inb_format_share (value->leads, total);
  g_autofree char *figures = g_strdup_printf ("%s · %s", count, share);
  g_autofree char *spoken = NULL;
  const char *name = *value->name != '\0' ? value->name : _("None");

  add_pair (line, name, figures);
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_name (button, value->name);
  g_object_set_data (G_OBJECT (button), "field", GINT_TO_POINTER (field));
  spoken = g_strdup_printf (ngettext ("%s: %s lead, %s", "%s: %s leads, %s", (gulong) value->leads), name, count, share);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
add_values (InbMetricDetails    *self,
            const char          *title,
            InbFilterField       field,
            const InbNamedCount *values,
            gint64               total)
{
  add_label (self->box, title, "heading", 0);
  for (guint i = 0; i < INB_METRICS_TOP && values[i].name != NULL; i++)
    add_value (self, field, &values[i], total);
  if (values[0].name == NULL)
    add_label (self->box, _("None"), "dim-label", 0);
}

static void
add_figure (InbMetricDetails *self,
            const char       *name,
            const char       *value)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  add_pair (line, name, value);
  gtk_widget_add_css_class (line, "figure-line");
  gtk_box_append (GTK_BOX (self->box), line);
}

static void
add_time (InbMetricDetails *self,
          const char       *name,
          gint64            seconds)
{
  g_autofree char *text = seconds >= 0 ? inb_format_duration (seconds) : g_strdup ("–");

  add_figure (self, name, text);
}

static void
on_waiting (InbMetricDetails *self)
{
  g_signal_emit (self, signals[WAITING_CHOSEN], 0, self->waiting_lead_id);
}

static void
add_waiting (InbMetricDetails *self,
             const InbMetrics *metrics,
             gint64            now)
{
  g_autofree char *count = inb_format_count (metrics->waiting);

  add_figure (self, _("Waiting for an answer"), count);
  if (metrics->waiting_lead_id == NULL)
    return;

  self->waiting_lead_id = g_strdup (metrics->waiting_lead_id);
  self->waiting_time = inb_format_duration (MAX (0, now - metrics->waiting_since) / INB_TIME_SECOND);
  self->waiting = gtk_button_new ();
  self->waiting_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->waiting_label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_button_set_child (GTK_BUTTON (self->waiting), GTK_WIDGET (self->waiting_label));
  g_signal_connect_object (self->waiting, "clicked", G_CALLBACK (on_waiting), self, G_CONNECT_SWAPPED);
  add_label (self->box, _("Waiting longest"), "heading", 0);
  gtk_box_append (GTK_BOX (self->box), self->waiting);
  inb_metric_details_set_waiting_name (self, NULL);
}

static void
add_response (InbMetricDetails *self,
              const InbMetrics *metrics,
              gint64            now)
{
  g_autofree char *answered = inb_format_count (metrics->answered);
  g_autofree char *share = inb_format_share (metrics->within_5_minutes, metrics->answered);

  add_label (self->box, _("Time to First Response"), "heading", 0);
  add_time (self, _("Half of them within"), metrics->response_median);
  add_time (self, _("90 of 100 within"), metrics->response_p90);
  add_figure (self, _("Within 5 minutes"), share);
  add_figure (self, _("Answered"), answered);
  add_waiting (self, metrics, now);
}

static void
inb_metric_details_finalize (GObject *object)
{
  InbMetricDetails *self = INB_METRIC_DETAILS (object);

  g_free (self->waiting_lead_id);
  g_free (self->waiting_time);

  G_OBJECT_CLASS (inb_metric_details_parent_class)->finalize (object);
}

static void
inb_metric_details_class_init (InbMetricDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_metric_details_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_INT, G_TYPE_STRING);
  signals[WAITING_CHOSEN] = g_signal_new ("waiting-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
inb_metric_details_init (InbMetricDetails *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_set_size_request (self->box, WIDTH, -1);
  gtk_widget_add_css_class (self->box, "metric-details");
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/**
 * inb_metric_details_new:
 * @metrics: with details; not kept
 *
 * Returns: (transfer floating): what the card's popover shows
 */
GtkWidget *
inb_metric_details_new (InbMetric         metric,
                        const InbMetrics *metrics,
                        gint64            now)
{
  InbMetricDetails *self = g_object_new (INB_TYPE_METRIC_DETAILS, NULL);

  if (metric == INB_METRIC_RESPONSE)
    {
      add_response (self, metrics, now);
    }
  else
    {
      gboolean product_first = metric == INB_METRIC_TOP_PRODUCT;

      if (product_first)
        add_values (self, _("Top Products"), INB_FILTER_PRODUCT, metrics->products, metrics->total);
      add_values (self, _("Top Sources"), INB_FILTER_SOURCE, metrics->sources, metrics->total);
      if (!product_first)
        add_values (self, _("Top Products"), INB_FILTER_PRODUCT, metrics->products, metrics->total);
    }

  return GTK_WIDGET (self);
}

void
inb_metric_details_set_waiting_name (InbMetricDetails *self,
                                     const char       *name)
{
  g_autofree char *text = NULL;

  g_return_if_fail (INB_IS_METRIC_DETAILS (self));

  if (self->waiting == NULL)
    return;

  text = name != NULL ? g_strdup_printf ("%s · %s", name, self->waiting_time) : g_strdup (self->waiting_time);
  gtk_label_set_label (self->waiting_label, text);
}

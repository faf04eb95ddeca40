#define G_LOG_DOMAIN "inb-app"

#include "inb-metrics-grid.h"

#include "inb-metric-card.h"
#include "inb-metric-details.h"
#include "inb-time.h"

#include <glib/gi18n.h>

struct _InbMetricsGrid {
  AdwBin         parent_instance;

  /* Owned */
  InbSession    *session;

  /* Borrowed: children */
  GtkWidget     *box;
  InbMetricCard *cards[INB_N_METRICS];
};

static const char *const looks[] = {
  [INB_METRICS_LARGE] = "large",
  [INB_METRICS_SMALL] = "small",
  [INB_METRICS_ROW] = "row",
};

G_DEFINE_FINAL_TYPE (InbMetricsGrid, inb_metrics_grid, ADW_TYPE_BIN)

static const InbMetrics *
get_metrics (InbMetricsGrid *self)
{
  return self->session != NULL ? inb_metrics_watch_get_metrics (inb_session_get_metrics (self->session)) : NULL;
}

/* --- clicks ------------------------------------------------------------------------------------------------------------- */

static void
show_leads (InbMetricsGrid      *self,
            const InbLeadFilter *filter)
{
  inb_session_set_filter (self->session, filter);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "leads");
}

static void
on_activated (InbMetricsGrid *self,
              gboolean        add,
              InbMetricCard  *card)
{
  inb_metrics_grid_activate (self, inb_metric_card_get_metric (card), add);
}

static void
on_chosen (InbMetricsGrid *self,
           int             field,
           const char     *value)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_copy (inb_session_get_filter (self->session));

  inb_lead_filter_set_values (filter, (InbFilterField) field, (const char *[]) { value, NULL });
  for (guint i = 0; i < INB_N_METRICS; i++)
    inb_metric_card_close_details (self->cards[i]);
  show_leads (self, filter);
}

static void
on_waiting_chosen (InbMetricsGrid *self,
                   const char     *lead_id)
{
  inb_metric_card_close_details (self->cards[INB_METRIC_RESPONSE]);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "leads");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-lead", "s", lead_id);
}

/* --- popovers ----------------------------------------------------------------------------------------------------------- */

static char *
get_name (const InbRow *contact)
{
  const char *first = inb_row_get (contact, INB_CONTACT_FIRSTNAME);
  const char *last = inb_row_get (contact, INB_CONTACT_LASTNAME);
  const char *other = inb_row_get (contact, INB_CONTACT_EMAIL);

  if (first != NULL || last != NULL)
    return g_strdup_printf ("%s%s%s", first != NULL ? first : "", first != NULL && last != NULL ? " " : "",
                            last != NULL ? last : "");

  return g_strdup (other != NULL ? other : inb_row_get (contact, INB_CONTACT_PHONE));
}

static void
on_waiting_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (InbMetricDetails) details = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) lead = inb_replica_get_lead_finish (INB_REPLICA (source), result, &error);
  g_autofree char *name = NULL;

  if (lead == NULL)
    {
      g_debug ("reading who waits longest: %s", error->message);
      return;
    }

  name = lead->contact != NULL ? get_name (lead->contact) : NULL;
  if (name != NULL)
    inb_metric_details_set_waiting_name (details, name);
}

static GtkWidget *
make_details (InbMetricCard *card,
              gpointer       user_data)
{
  InbMetricsGrid *self = user_data;
  InbMetric metric = inb_metric_card_get_metric (card);
  const InbMetrics *metrics = get_metrics (self);
  GtkWidget *details = inb_metric_details_new (metric, metrics, inb_time_now ());

  g_signal_connect_object (details, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (details, "waiting-chosen", G_CALLBACK (on_waiting_chosen), self, G_CONNECT_SWAPPED);
  if (metric == INB_METRIC_RESPONSE && metrics->waiting_lead_id != NULL)
    inb_replica_get_lead_async (inb_session_get_replica (self->session), metrics->waiting_lead_id, NULL, on_waiting_read,
                                g_object_ref_sink (details));

  return details;
}

/* --- following the session ---------------------------------------------------------------------------------------------- */

/* A figure is active when narrowing the filter by it would change nothing. */
static gboolean
is_active (InbMetricsGrid *self,
           InbMetric       metric)
{
  const InbLeadFilter *filter = inb_session_get_filter (self->session);
  g_autoptr (InbLeadFilter) narrowed = NULL;

  if (metric == INB_METRIC_TOTAL || inb_lead_filter_is_empty (filter))
    return FALSE;

  narrowed = inb_lead_filter_copy (filter);

  return inb_metric_apply (metric, get_metrics (self), inb_session_get_stages (self->session), FALSE, narrowed) &&
         inb_lead_filter_equal (narrowed, filter);
}

static void
update_active (InbMetricsGrid *self)
{
  for (guint i = 0; i < INB_N_METRICS; i++)
    inb_metric_card_set_active (self->cards[i], self->session != NULL && is_active (self, i));
}

static void
update (InbMetricsGrid *self)
{
  const InbMetrics *metrics = get_metrics (self);
  GTimeZone *timezone = self->session != NULL ? inb_clock_get_timezone (inb_session_get_clock (self->session)) : NULL;
  gboolean stale = self->session != NULL && inb_metrics_watch_get_stale (inb_session_get_metrics (self->session));

  for (guint i = 0; i < INB_N_METRICS; i++)
    inb_metric_card_set_metrics (self->cards[i], metrics, timezone);
  update_active (self);
  if (stale)
    gtk_widget_add_css_class (self->box, "stale");
  else
    gtk_widget_remove_css_class (self->box, "stale");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, stale, -1);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
add_card (InbMetricsGrid *self,
          InbMetric       metric)
{
  InbMetricCard *card = INB_METRIC_CARD (inb_metric_card_new (metric));

  self->cards[metric] = card;
  g_signal_connect_object (card, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  if (metric == INB_METRIC_TOTAL || metric == INB_METRIC_TOP_PRODUCT || metric == INB_METRIC_TOP_SOURCE ||
      metric == INB_METRIC_RESPONSE)
    inb_metric_card_set_details (card, make_details, self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (card));
}

static void
inb_metrics_grid_dispose (GObject *object)
{
  InbMetricsGrid *self = INB_METRICS_GRID (object);

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (inb_session_get_metrics (self->session), self);
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_metrics_grid_parent_class)->dispose (object);
}

static void
inb_metrics_grid_class_init (InbMetricsGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_metrics_grid_dispose;
}

static void
inb_metrics_grid_init (InbMetricsGrid *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_set_homogeneous (GTK_BOX (self->box), TRUE);
  gtk_widget_add_css_class (self->box, "metrics");
  gtk_widget_add_css_class (self->box, looks[INB_METRICS_LARGE]);
  for (guint i = 0; i < INB_N_METRICS; i++)
    add_card (self, i);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  adw_bin_set_child (ADW_BIN (self), scroller);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Key figures"), -1);
}

/**
 * inb_metrics_grid_set_session:
 * @session: (nullable): whose figures to show, and whose filter a click changes
 */
void
inb_metrics_grid_set_session (InbMetricsGrid *self,
                              InbSession     *session)
{
  g_return_if_fail (INB_IS_METRICS_GRID (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (inb_session_get_metrics (self->session), self);
    }
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_object (inb_session_get_metrics (session), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "workspace-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "stages-changed", G_CALLBACK (update_active), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "filter-changed", G_CALLBACK (update_active), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

void
inb_metrics_grid_set_look (InbMetricsGrid *self,
                           InbMetricsLook  look)
{
  g_return_if_fail (INB_IS_METRICS_GRID (self));

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->box, looks[i]);
  gtk_widget_add_css_class (self->box, looks[look]);
  for (guint i = 0; i < INB_N_METRICS; i++)
    inb_metric_card_set_compact (self->cards[i], look == INB_METRICS_SMALL);
}

void
inb_metrics_grid_activate (InbMetricsGrid *self,
                           InbMetric       metric,
                           gboolean        add)
{
  g_autoptr (InbLeadFilter) filter = NULL;

  g_return_if_fail (INB_IS_METRICS_GRID (self) && metric < INB_N_METRICS);

  if (self->session == NULL)
    return;

  filter = inb_lead_filter_copy (inb_session_get_filter (self->session));
  if (inb_metric_apply (metric, get_metrics (self), inb_session_get_stages (self->session), add, filter))
    show_leads (self, filter);
}

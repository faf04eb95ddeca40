#define G_LOG_DOMAIN "inb-app"

#include "inb-trends-page.h"

#include "inb-accessible.h"
#include "inb-chart-card.h"
#include "inb-chart-grid.h"
#include "inb-range-picker.h"
#include "inb-time.h"
#include "inb-trends-charts.h"
#include "inb-wrap-layout.h"


/* Nobody wants to see that something takes less. */
#define PATIENCE_MSEC 500

struct _InbTrendsPage {
  AdwBin           parent_instance;

  /* Template */
  GtkBox          *controls;
  InbRangePicker  *range;
  GtkDropDown     *step;
  GtkDropDown     *group;
  GtkStack        *stack;
  GtkSpinner      *spinner;
  GtkWidget       *clear;
  InbChartGrid *charts;

  /* Owned */
  InbSession      *session;
  InbTrendsWatch  *watch;
  GSettings       *settings;

  /* Borrowed: children */
  InbChartCard    *cards[INB_N_TRENDS_CHARTS];

  guint            patience;
  gboolean         filling;       /* the controls are set by us */
};

enum {
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const file_names[INB_N_TRENDS_CHARTS] = {
  [INB_TRENDS_LEADS] = "leads",
  [INB_TRENDS_FUNNEL] = "funnel",
  [INB_TRENDS_WON] = "value-won",
  [INB_TRENDS_RESPONSE] = "first-response",
};

static const char *const step_names[] = { "day", "week", "month" };
static const char *const group_names[] = { "source", "product" };

G_DEFINE_FINAL_TYPE (InbTrendsPage, inb_trends_page, ADW_TYPE_BIN)

/* --- what is shown ------------------------------------------------------------------------------------------------------ */

static gboolean
on_patience_over (gpointer user_data)
{
  InbTrendsPage *self = user_data;

  self->patience = 0;
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "loading");

  return G_SOURCE_REMOVE;
}

static gboolean
is_empty (const InbTrends *trends)
{
  gint64 sum = trends->lost + trends->unanswered;

  for (gsize i = 0; i < (gsize) trends->n_series * trends->n_steps; i++)
    sum += trends->leads[i];
  for (guint i = 0; i < trends->n_steps; i++)
    sum += trends->won[i];
  for (guint i = 0; i < trends->n_stages; i++)
    sum += trends->reached[i];

  return sum == 0;
}

static void
fill_charts (InbTrendsPage   *self,
             const InbTrends *trends)
{
  const InbTrendsView *view = inb_trends_watch_get_view (self->watch);
  g_autofree char *note = inb_range_picker_format (&view->range);

  for (guint i = 0; i < INB_N_TRENDS_CHARTS; i++)
    {
      inb_chart_card_set_data (self->cards[i], inb_trends_make_chart (i, trends, view, inb_session_get_stages (self->session),
                                                                      inb_session_get_currency (self->session)));
      inb_chart_card_set_note (self->cards[i], note);
    }
}

static void
show_page (InbTrendsPage *self,
           const char    *name)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
update (InbTrendsPage *self)
{
  const InbTrends *trends = self->watch != NULL ? inb_trends_watch_get_trends (self->watch) : NULL;
  gboolean stale = trends != NULL && inb_trends_watch_get_stale (self->watch);

  if (trends == NULL)
    {
      if (self->patience == 0 && self->watch != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
        self->patience = g_timeout_add (PATIENCE_MSEC, on_patience_over, self);
      return;
    }

  if (stale)
    gtk_widget_add_css_class (GTK_WIDGET (self->charts), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->charts), "stale");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->charts), GTK_ACCESSIBLE_STATE_BUSY, stale, -1);
  if (stale)
    return;

  gtk_widget_set_visible (self->clear, !inb_lead_filter_is_empty (inb_session_get_filter (self->session)));
  if (is_empty (trends))
    {
      show_page (self, "empty");
      return;
    }

  fill_charts (self, trends);
  show_page (self, "charts");
}

/* --- what is chosen ----------------------------------------------------------------------------------------------------- */

static void
get_view (InbTrendsPage *self,
          InbTrendsView *view)
{
  view->range = *inb_range_picker_get_range (self->range);
  view->step = (InbTrendStep) MIN (gtk_drop_down_get_selected (self->step), INB_TREND_MONTH);
  view->group = (InbTrendGroup) MIN (gtk_drop_down_get_selected (self->group), INB_TREND_BY_PRODUCT);
}

static void
on_view_changed (InbTrendsPage *self)
{
  InbTrendsView view;

  if (self->filling)
    return;

  get_view (self, &view);
  if (self->watch != NULL)
    inb_trends_watch_set_view (self->watch, &view);
  if (self->settings != NULL)
    {
      g_autofree char *range = inb_range_picker_to_text (&view.range);

      g_settings_set_string (self->settings, "trends-range", range);
      g_settings_set_string (self->settings, "trends-step", step_names[view.step]);
      g_settings_set_string (self->settings, "trends-group", group_names[view.group]);
    }
}

static guint
find_name (const char *const *names,
           guint              n_names,
           const char        *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (names[i], name))
      return i;

  return 0;
}

static void
read_settings (InbTrendsPage *self)
{
  g_autofree char *range_text = g_settings_get_string (self->settings, "trends-range");
  g_autofree char *step = g_settings_get_string (self->settings, "trends-step");
  g_autofree char *group = g_settings_get_string (self->settings, "trends-group");
  InbDateRange range = { .kind = INB_DATE_RANGE_LAST_30_DAYS };

  self->filling = TRUE;
  if (!inb_range_picker_from_text (range_text, &range))
    g_debug ("“%s” is no range of days", range_text);
  inb_range_picker_set_range (self->range, &range);
  gtk_drop_down_set_selected (self->step, find_name (step_names, G_N_ELEMENTS (step_names), step));
  gtk_drop_down_set_selected (self->group, find_name (group_names, G_N_ELEMENTS (group_names), group));
  self->filling = FALSE;
}

static void
show_leads (InbTrendsPage       *self,
            const InbLeadFilter *filter)
{
  inb_session_set_filter (self->session, filter);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-view", "s", "leads");
}

static void
on_activated (InbTrendsPage *self,
              guint          category,
              guint          series,
              gboolean       add,
              InbChartCard  *card)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_copy (inb_session_get_filter (self->session));
  GTimeZone *timezone = inb_clock_get_timezone (inb_session_get_clock (self->session));
  const InbTrends *trends = inb_trends_watch_get_trends (self->watch);
  guint chart = 0;

  while (self->cards[chart] != card)
    chart++;
  if (trends != NULL && !inb_trends_watch_get_stale (self->watch) &&
      inb_trends_apply (chart, trends, inb_trends_watch_get_view (self->watch), category, series, add, inb_time_now (), timezone,
                        filter))
    show_leads (self, filter);
}

static void
on_clear (InbTrendsPage *self)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();

  inb_session_set_filter (self->session, filter);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_trends_page_map (GtkWidget *widget)
{
  InbTrendsPage *self = INB_TRENDS_PAGE (widget);

  GTK_WIDGET_CLASS (inb_trends_page_parent_class)->map (widget);
  if (self->watch != NULL)
    inb_trends_watch_set_active (self->watch, TRUE);
  update (self);
}

static void
inb_trends_page_unmap (GtkWidget *widget)
{
  InbTrendsPage *self = INB_TRENDS_PAGE (widget);

  GTK_WIDGET_CLASS (inb_trends_page_parent_class)->unmap (widget);
  if (self->watch != NULL)
    inb_trends_watch_set_active (self->watch, FALSE);
  g_clear_handle_id (&self->patience, g_source_remove);
}

static void
drop_session (InbTrendsPage *self)
{
  if (self->session == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->session);
}

static void
inb_trends_page_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, INB_TRENDS_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
inb_trends_page_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (id == PROP_SESSION)
    inb_trends_page_set_session (INB_TRENDS_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
inb_trends_page_dispose (GObject *object)
{
  InbTrendsPage *self = INB_TRENDS_PAGE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  drop_session (self);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (inb_trends_page_parent_class)->dispose (object);
}

static void
inb_trends_page_class_init (InbTrendsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_trends_page_get_property;
  object_class->set_property = inb_trends_page_set_property;
  object_class->dispose = inb_trends_page_dispose;
  widget_class->map = inb_trends_page_map;
  widget_class->unmap = inb_trends_page_unmap;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, INB_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (INB_TYPE_CHART_GRID);
  g_type_ensure (INB_TYPE_RANGE_PICKER);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-trends-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbTrendsPage, controls);
  gtk_widget_class_bind_template_child (widget_class, InbTrendsPage, range);
  gtk_widget_class_bind_template_child (widget_class, InbTrendsPage, step);
  gtk_widget_class_bind_template_child (widget_class, InbTrendsPage, group);
  gtk_widget_class_bind_template_child (widget_class, InbTrendsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InbTrendsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, InbTrendsPage, clear);
  gtk_widget_class_bind_template_child (widget_class, InbTrendsPage, charts);
}

static void
inb_trends_page_init (InbTrendsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->controls), inb_wrap_layout_new (6));
  inb_accessible_follow_stack (self->stack);
  for (guint i = 0; i < INB_N_TRENDS_CHARTS; i++)
    {
      self->cards[i] = INB_CHART_CARD (inb_chart_card_new (file_names[i]));
      inb_chart_grid_append (self->charts, GTK_WIDGET (self->cards[i]));
      g_signal_connect_object (self->cards[i], "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->range, "changed", G_CALLBACK (on_view_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->step, "notify::selected", G_CALLBACK (on_view_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->group, "notify::selected", G_CALLBACK (on_view_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (on_clear), self, G_CONNECT_SWAPPED);
}

/**
 * inb_trends_page_set_session:
 * @session: (nullable): whose leads to show, and whose filter a click changes
 */
void
inb_trends_page_set_session (InbTrendsPage *self,
                             InbSession    *session)
{
  InbTrendsView view;

  g_return_if_fail (INB_IS_TRENDS_PAGE (self));

  if (self->session == session)
    return;

  drop_session (self);
  show_page (self, "blank");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  if (session == NULL)
    return;

  self->session = g_object_ref (session);
  self->watch = inb_trends_watch_new (session);
  get_view (self, &view);
  inb_trends_watch_set_view (self->watch, &view);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "stages-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "workspace-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  inb_trends_watch_set_active (self->watch, gtk_widget_get_mapped (GTK_WIDGET (self)));
}

/**
 * inb_trends_page_set_settings:
 * @settings: of the program
 */
void
inb_trends_page_set_settings (InbTrendsPage *self,
                              GSettings     *settings)
{
  g_return_if_fail (INB_IS_TRENDS_PAGE (self) && G_IS_SETTINGS (settings));

  g_set_object (&self->settings, settings);
  read_settings (self);
  on_view_changed (self);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-sync-indicator.h"

#include "inb-format.h"
#include "inb-time.h"
#include "inb-tooltip.h"

#include <glib/gi18n.h>

/* Most work is done before anyone could read about it. */
#define PATIENCE_MSEC 500

struct _InbSyncIndicator {
  AdwBin         parent_instance;

  /* Template */
  GtkMenuButton *button;
  GtkStack      *mark;
  AdwBin        *dot;
  GtkSpinner    *spinner;
  GtkLabel      *text;
  GtkLabel      *headline;
  GtkLabel      *server;
  GtkLabel      *last_sync;
  GtkLabel      *pending;
  GtkLabel      *waiting;
  GtkLabel      *speed;
  GtkLabel      *last_error;
  GtkButton     *problems;
  GtkButton     *retry;

  /* Owned */
  InbSession    *session;
  InbLatency    *latency;

  guint          patience;
  gboolean       busy;      /* connecting or syncing for longer than that */
  gboolean          narrow;
};

G_DEFINE_FINAL_TYPE (InbSyncIndicator, inb_sync_indicator, ADW_TYPE_BIN)

static const char *const dot_classes[] = {
  [INB_SYNC_OFFLINE] = "offline",
  [INB_SYNC_CONNECTING] = "connecting",
  [INB_SYNC_SYNCING] = "connecting",
  [INB_SYNC_LIVE] = "live",
  [INB_SYNC_UNAUTHORIZED] = "refused",
};

static char *
describe_state (InbSyncState state,
                gint64       pending)
{
  g_autofree char *count = NULL;

  switch (state)
    {
    case INB_SYNC_LIVE:
      return g_strdup (_("Live"));
    case INB_SYNC_SYNCING:
      if (pending <= 0)
        return g_strdup (_("Syncing"));
      count = inb_format_count (pending);
      return g_strdup_printf (_("Syncing %s"), count);
    case INB_SYNC_CONNECTING:
      return g_strdup (_("Connecting"));
    case INB_SYNC_UNAUTHORIZED:
      return g_strdup (_("Access refused"));
    case INB_SYNC_OFFLINE:
    default:
      return g_strdup (_("Offline"));
    }
}

/* "12 ms", with the precision that tells something. */
static char *
format_milliseconds (gint64 duration)
{
  if (duration < 10 * G_TIME_SPAN_MILLISECOND)
    return g_strdup_printf (_("%.1f ms"), (double) duration / G_TIME_SPAN_MILLISECOND);

  return g_strdup_printf (_("%.0f ms"), (double) duration / G_TIME_SPAN_MILLISECOND);
}

/* From the webhook where that can be told, else from the service's telling. */
static InbLatencyFigures
get_figures (InbSyncIndicator *self,
             gboolean         *whole)
{
  InbLatencyFigures figures = self->latency != NULL ? inb_latency_get_whole (self->latency) : (InbLatencyFigures) { 0 };

  *whole = figures.n > 0;
  if (!*whole && self->latency != NULL)
    figures = inb_latency_get (self->latency);

  return figures;
}

static void
add_speed (GString           *text,
           const char        *what,
           InbLatencyFigures  figures)
{
  g_autofree char *median = format_milliseconds (figures.median);
  g_autofree char *p95 = format_milliseconds (figures.p95);

  if (figures.n == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  /* Translators: "Webhook to screen: 12 ms, 95 % within 20 ms" */
  g_string_append_printf (text, _("%s: %s, 95 %% within %s"), what, median, p95);
}

static void
update_speed (InbSyncIndicator *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->latency != NULL)
    {
      add_speed (text, _("Webhook to screen"), inb_latency_get_whole (self->latency));
      add_speed (text, _("Service to screen"), inb_latency_get (self->latency));
    }
  gtk_label_set_text (self->speed, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->speed), text->len > 0);
}

static InbOutboxCounts
get_counts (InbSyncIndicator *self)
{
  return inb_replica_get_outbox_counts (inb_session_get_replica (self->session));
}

static char *
describe_waiting (guint n_waiting)
{
  g_autofree char *count = inb_format_count (n_waiting);

  return g_strdup_printf (ngettext ("%s change waiting", "%s changes waiting", n_waiting), count);
}

static char *
describe_problems (guint n_problems)
{
  g_autofree char *count = inb_format_count (n_problems);

  return g_strdup_printf (ngettext ("%s change to settle", "%s changes to settle", n_problems), count);
}

static void
update_outbox (InbSyncIndicator *self)
{
  InbOutboxCounts counts = get_counts (self);
  g_autofree char *waiting = describe_waiting (counts.n_waiting);
  g_autofree char *problems = describe_problems (counts.n_conflicts + counts.n_rejected);

  gtk_label_set_text (self->waiting, waiting);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), counts.n_waiting > 0);
  gtk_button_set_label (self->problems, problems);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), counts.n_conflicts + counts.n_rejected > 0);
}

static void
update_popover (InbSyncIndicator *self)
{
  InbSyncClient *client;
  const InbSyncAccount *account;
  g_autofree char *error = NULL;
  g_autofree char *when = NULL;
  g_autofree char *sync_text = NULL;
  g_autofree char *server = NULL;
  g_autofree char *count = NULL;
  g_autofree char *pending_text = NULL;
  gint64 last_sync;
  gint64 pending;

  if (self->session == NULL)
    return;

  client = inb_session_get_client (self->session);
  account = inb_session_get_account (self->session);
  g_object_get (client, "last-error", &error, "last-sync", &last_sync, "pending", &pending, NULL);
  count = inb_format_count (pending);
  pending_text = g_strdup_printf (_("%s still to come"), count);
  gtk_label_set_text (self->pending, pending_text);
  gtk_widget_set_visible (GTK_WIDGET (self->pending), pending > 0);
  update_speed (self);
  update_outbox (self);

  server = g_strdup_printf (_("%s on %s"), account->workspace_id,
                            account->server != NULL ? account->server : _("this computer"));
  gtk_label_set_text (self->server, server);
  if (last_sync > 0)
    {
      when = inb_format_relative (last_sync, inb_time_now (), inb_clock_get_timezone (inb_session_get_clock (self->session)));
      sync_text = g_strdup_printf (_("Last sync: %s"), when);
    }
  gtk_label_set_text (self->last_sync, sync_text != NULL ? sync_text : _("Never synced"));
  gtk_label_set_text (self->last_error, error != NULL ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->last_error),
                          error != NULL && *error != '\0' && inb_sync_client_get_state (client) != INB_SYNC_LIVE);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), inb_sync_client_get_state (client) == INB_SYNC_OFFLINE);
}

/* (transfer full) (nullable): what is said behind the state: that something is to be settled comes before how quick all is. */
static char *
describe_more (InbSyncIndicator *self,
               InbSyncState      state,
               gboolean         *is_speed)
{
  InbOutboxCounts counts = get_counts (self);
  InbLatencyFigures figures;
  gboolean whole;

  *is_speed = FALSE;
  if (counts.n_conflicts + counts.n_rejected > 0)
    return describe_problems (counts.n_conflicts + counts.n_rejected);
  if (state == INB_SYNC_OFFLINE || state == INB_SYNC_UNAUTHORIZED)
    return counts.n_waiting > 0 ? describe_waiting (counts.n_waiting) : NULL;

  figures = get_figures (self, &whole);
  *is_speed = TRUE;

  return state == INB_SYNC_LIVE && figures.n > 0 ? format_milliseconds (figures.median) : NULL;
}

static void
update (InbSyncIndicator *self)
{
  InbSyncClient *client;
  InbSyncState state;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *more = NULL;
  g_autofree char *shown = NULL;
  const char *brief;
  gboolean says_speed;
  gint64 pending;

  if (self->session == NULL)
    return;

  client = inb_session_get_client (self->session);
  state = inb_sync_client_get_state (client);
  g_object_get (client, "pending", &pending, NULL);

  text = describe_state (state, self->narrow ? 0 : pending);
  more = describe_more (self, state, &says_speed);
  shown = more != NULL ? g_strdup_printf ("%s · %s", text, more) : g_strdup (text);
  /* Translators: short for "Access refused" */
  brief = self->narrow && state == INB_SYNC_UNAUTHORIZED ? _("Refused") : text;
  gtk_label_set_text (self->text, self->narrow ? brief : shown);
  gtk_label_set_text (self->headline, text);
  for (guint i = 0; i < G_N_ELEMENTS (dot_classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->dot), dot_classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->dot), dot_classes[state]);
  gtk_stack_set_visible_child_name (self->mark, self->busy ? "spinner" : "dot");
  gtk_spinner_set_spinning (self->spinner, self->busy);

  /* The speed is another every second: nobody wants to hear that. */
  spoken = g_strdup_printf (_("Connection: %s"), says_speed ? text : shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  inb_tooltip_set (GTK_WIDGET (self->button), spoken);
  update_popover (self);
}

static gboolean
on_patience_over (gpointer user_data)
{
  InbSyncIndicator *self = user_data;

  self->patience = 0;
  self->busy = TRUE;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
on_state_changed (InbSyncIndicator *self)
{
  InbSyncState state = inb_sync_client_get_state (inb_session_get_client (self->session));
  gboolean working = state == INB_SYNC_CONNECTING || state == INB_SYNC_SYNCING;

  if (!working)
    {
      g_clear_handle_id (&self->patience, g_source_remove);
      self->busy = FALSE;
    }
  else if (!self->busy && self->patience == 0)
    {
      self->patience = g_timeout_add (PATIENCE_MSEC, on_patience_over, self);
    }
  /* Until the patience is over, what was said before stands; the first time there is nothing yet to stand. */
  if (!working || self->busy || *gtk_label_get_text (self->text) == '\0')
    update (self);
}

/* Until the patience is over, what was said before stands. */
static void
on_outbox_changed (InbSyncIndicator *self)
{
  if (self->patience == 0)
    update (self);
}

static void
on_progress (InbSyncIndicator *self)
{
  if (self->busy)
    update (self);
}

static void
inb_sync_indicator_dispose (GObject *object)
{
  InbSyncIndicator *self = INB_SYNC_INDICATOR (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->latency);

  G_OBJECT_CLASS (inb_sync_indicator_parent_class)->dispose (object);
}

static void
inb_sync_indicator_class_init (InbSyncIndicatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_sync_indicator_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-sync-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, button);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, mark);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, dot);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, spinner);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, text);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, headline);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, server);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, last_sync);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, pending);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, waiting);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, speed);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, last_error);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, problems);
  gtk_widget_class_bind_template_child (widget_class, InbSyncIndicator, retry);
}

static void
inb_sync_indicator_init (InbSyncIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_menu_button_get_popover (self->button), "show", G_CALLBACK (update_popover), self,
                           G_CONNECT_SWAPPED);
  /* What is to be settled is shown in a window of its own, and no key would get past a popover that stays behind it. */
  g_signal_connect_object (self->problems, "clicked", G_CALLBACK (gtk_menu_button_popdown), self->button, G_CONNECT_SWAPPED);
}

void
inb_sync_indicator_set_session (InbSyncIndicator *self,
                                InbSession       *session)
{
  InbSyncClient *client;

  g_return_if_fail (INB_IS_SYNC_INDICATOR (self));

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (inb_session_get_client (self->session), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_replica (self->session), self);
    }
  g_clear_handle_id (&self->patience, g_source_remove);
  self->busy = FALSE;
  gtk_label_set_text (self->text, "");
  g_set_object (&self->session, session);
  gtk_widget_set_visible (GTK_WIDGET (self), session != NULL);
  if (session == NULL)
    return;

  client = inb_session_get_client (session);
  g_signal_connect_object (client, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify::pending", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_replica (session), "outbox-changed", G_CALLBACK (on_outbox_changed), self,
                           G_CONNECT_SWAPPED);
  on_state_changed (self);
}

void
inb_sync_indicator_set_latency (InbSyncIndicator *self,
                                InbLatency       *latency)
{
  g_return_if_fail (INB_IS_SYNC_INDICATOR (self));

  if (self->latency != NULL)
    g_signal_handlers_disconnect_by_data (self->latency, self);
  g_set_object (&self->latency, latency);
  if (latency != NULL)
    g_signal_connect_object (latency, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

void
inb_sync_indicator_set_narrow (InbSyncIndicator *self,
                               gboolean          narrow)
{
  g_return_if_fail (INB_IS_SYNC_INDICATOR (self));

  self->narrow = narrow;
  update (self);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-notifications-page.h"

#include "inb-notification-rule-row.h"
#include "inb-time.h"
#include "inb-wrap-layout.h"

#include <glib/gi18n.h>

#define STEP_MINUTES 30
#define N_STEPS (24 * 60 / STEP_MINUTES)
#define N_DAYS 7

struct _InbNotificationsPage {
  AdwPreferencesPage   parent_instance;

  /* Template */
  GtkSwitch           *notifications;
  GtkSwitch           *sound;
  GtkSwitch           *follow_ups;
  AdwExpanderRow      *quiet;
  AdwComboRow         *quiet_from;
  AdwComboRow         *quiet_to;
  GtkBox              *quiet_days;
  AdwPreferencesGroup *rules;
  GtkSwitch           *background;
  GtkSwitch           *autostart;

  /* Owned */
  GSettings           *settings;
  InbReplica          *replica;     /* NULL without a session */
  GCancellable        *cancellable;
  GPtrArray           *rows;        /* of the rules, in their order; the group's children */
  GStrv                sources;
  GStrv                products;

  /* Borrowed: children */
  GtkToggleButton     *days[N_DAYS];
};

G_DEFINE_FINAL_TYPE (InbNotificationsPage, inb_notifications_page, ADW_TYPE_PREFERENCES_PAGE)

/* --- rules -------------------------------------------------------------------------------------------------------------- */

static void
save_rules (InbNotificationsPage *self)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new ();
  g_autofree char *json = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (rules, (gpointer) inb_notification_rule_row_get_rule (g_ptr_array_index (self->rows, i)));
  json = inb_notification_rules_to_json (rules);
  g_settings_set_string (self->settings, "notification-rules", json);
}

/* A group only takes rows at its end. */
static void
arrange_rows (InbNotificationsPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_get_parent (row) != NULL)
        adw_preferences_group_remove (self->rules, row);
      adw_preferences_group_add (self->rules, row);
    }
}

static void
on_move (InbNotificationRuleRow *row,
         int                     by,
         InbNotificationsPage   *self)
{
  guint index, other;
  gpointer *rows = self->rows->pdata;

  if (!g_ptr_array_find (self->rows, row, &index))
    return;
  other = (guint) ((int) index + by);
  if (other >= self->rows->len)
    return;

  rows[index] = rows[other];
  rows[other] = row;
  arrange_rows (self);
  save_rules (self);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_remove (InbNotificationRuleRow *row,
           InbNotificationsPage   *self)
{
  adw_preferences_group_remove (self->rules, GTK_WIDGET (row));
  g_ptr_array_remove (self->rows, row);
  save_rules (self);
}

static GtkWidget *
add_row (InbNotificationsPage      *self,
         const InbNotificationRule *rule)
{
  GtkWidget *row = inb_notification_rule_row_new (rule);

  inb_notification_rule_row_set_choices (INB_NOTIFICATION_RULE_ROW (row), (const char * const *) self->sources,
                                         (const char * const *) self->products);
  g_signal_connect_object (row, "changed", G_CALLBACK (save_rules), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "move", G_CALLBACK (on_move), self, 0);
  g_signal_connect_object (row, "remove", G_CALLBACK (on_remove), self, 0);
  g_ptr_array_add (self->rows, g_object_ref_sink (row));
  adw_preferences_group_add (self->rules, row);

  return row;
}

static void
add_rule (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  InbNotificationsPage *self = INB_NOTIFICATIONS_PAGE (widget);
  g_autoptr (InbNotificationRule) rule = inb_notification_rule_new ();
  GtkWidget *row;

  rule->outcome = INB_NOTICE_SILENT;
  row = add_row (self, rule);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  gtk_widget_grab_focus (row);
  save_rules (self);
}

static void
load_rules (InbNotificationsPage *self)
{
  g_autofree char *json = g_settings_get_string (self->settings, "notification-rules");
  g_autoptr (GPtrArray) rules = inb_notification_rules_from_json (json);

  for (guint i = 0; i < rules->len; i++)
    add_row (self, g_ptr_array_index (rules, i));
}

/* --- what rules can be about -------------------------------------------------------------------------------------------- */

static GStrv
finish_values (GObject      *source,
               GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbValueCounts) counts = inb_replica_get_values_finish (INB_REPLICA (source), result, &error);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  if (counts == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("reading what rules can be about: %s", error->message);
      return NULL;
    }

  for (guint i = 0; i < counts->n_values; i++)
    {
      if (counts->values[i].name != NULL && *counts->values[i].name != '\0')
        g_strv_builder_add (values, counts->values[i].name);
    }

  return g_strv_builder_end (values);
}

static void
set_choices (InbNotificationsPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    inb_notification_rule_row_set_choices (g_ptr_array_index (self->rows, i), (const char * const *) self->sources,
                                           (const char * const *) self->products);
}

static void
on_products (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (InbNotificationsPage) self = user_data;

  g_strfreev (self->products);
  self->products = finish_values (source, result);
  set_choices (self);
}

static void
on_sources (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbNotificationsPage) self = user_data;

  g_strfreev (self->sources);
  self->sources = finish_values (source, result);
  set_choices (self);
}

static void
read_choices (InbNotificationsPage *self)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();
  gint64 now = inb_time_now ();

  inb_replica_get_values_async (self->replica, every, INB_FILTER_SOURCE, now, self->cancellable, on_sources,
                                g_object_ref (self));
  inb_replica_get_values_async (self->replica, every, INB_FILTER_PRODUCT, now, self->cancellable, on_products,
                                g_object_ref (self));
}

/* --- quiet hours -------------------------------------------------------------------------------------------------------- */

static gboolean
get_step (GValue   *value,
          GVariant *variant,
          gpointer  user_data)
{
  g_value_set_uint (value, (guint) g_variant_get_int32 (variant) / STEP_MINUTES);

  return TRUE;
}

static GVariant *
set_step (const GValue       *value,
          const GVariantType *type,
          gpointer            user_data)
{
  return g_variant_new_int32 ((gint32) (MIN (g_value_get_uint (value), N_STEPS - 1) * STEP_MINUTES));
}

static void
fill_times (AdwComboRow *row)
{
  g_autoptr (GtkStringList) times = gtk_string_list_new (NULL);

  for (int i = 0; i < N_STEPS; i++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 1, 1, i * STEP_MINUTES / 60, i * STEP_MINUTES % 60, 0);
      /* Translators: a time of the day, as in "20:30". */
      g_autofree char *text = g_date_time_format (time, _("%H:%M"));

      gtk_string_list_append (times, text);
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (times));
}

static void
on_day_toggled (InbNotificationsPage *self)
{
  guint days = 0;

  for (guint i = 0; i < N_DAYS; i++)
    {
      if (gtk_toggle_button_get_active (self->days[i]))
        days |= 1u << i;
    }
  g_settings_set_uint (self->settings, "quiet-days", days);
}

static void
fill_days (InbNotificationsPage *self)
{
  guint days = g_settings_get_uint (self->settings, "quiet-days");

  for (int i = 0; i < N_DAYS; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_new_utc (2026, 1, 5 + i, 12, 0, 0); /* the 5th was a Monday */
      g_autofree char *name = g_date_time_format (day, "%A");
      g_autofree char *brief = g_date_time_format (day, "%a");
      GtkWidget *button = gtk_toggle_button_new_with_label (brief);

      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), (days & (1u << i)) != 0);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_day_toggled), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->quiet_days, button);
      self->days[i] = GTK_TOGGLE_BUTTON (button);
    }
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
bind_settings (InbNotificationsPage *self)
{
  g_settings_bind (self->settings, "notifications", self->notifications, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "notification-sound", self->sound, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "follow-up-reminders", self->follow_ups, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "run-in-background", self->background, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "start-with-session", self->autostart, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "quiet-hours", self->quiet, "enable-expansion", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "quiet-from", self->quiet_from, "selected", G_SETTINGS_BIND_DEFAULT, get_step,
                                set_step, NULL, NULL);
  g_settings_bind_with_mapping (self->settings, "quiet-to", self->quiet_to, "selected", G_SETTINGS_BIND_DEFAULT, get_step,
                                set_step, NULL, NULL);
}

static void
inb_notifications_page_dispose (GObject *object)
{
  InbNotificationsPage *self = INB_NOTIFICATIONS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->replica);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (inb_notifications_page_parent_class)->dispose (object);
}

static void
inb_notifications_page_finalize (GObject *object)
{
  InbNotificationsPage *self = INB_NOTIFICATIONS_PAGE (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  g_strfreev (self->sources);
  g_strfreev (self->products);

  G_OBJECT_CLASS (inb_notifications_page_parent_class)->finalize (object);
}

static void
inb_notifications_page_class_init (InbNotificationsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_notifications_page_dispose;
  object_class->finalize = inb_notifications_page_finalize;

  gtk_widget_class_install_action (widget_class, "rules.add", NULL, add_rule);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-notifications-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, notifications);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, sound);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, follow_ups);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, quiet);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, quiet_from);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, quiet_to);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, quiet_days);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, rules);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, background);
  gtk_widget_class_bind_template_child (widget_class, InbNotificationsPage, autostart);
}

static void
inb_notifications_page_init (InbNotificationsPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Seven in a line are wider than a phone. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self->quiet_days), inb_wrap_layout_new (4));
}

/**
 * inb_notifications_page_new:
 * @session: (nullable): where rules find sources and products to choose from
 */
GtkWidget *
inb_notifications_page_new (GSettings  *settings,
                            InbSession *session)
{
  InbNotificationsPage *self = g_object_new (INB_TYPE_NOTIFICATIONS_PAGE, NULL);

  self->settings = g_object_ref (settings);
  fill_times (self->quiet_from);
  fill_times (self->quiet_to);
  fill_days (self);
  bind_settings (self);
  load_rules (self);
  if (session != NULL && inb_session_get_phase (session) == INB_SESSION_OPEN)
    {
      self->replica = g_object_ref (inb_session_get_replica (session));
      read_choices (self);
    }

  return GTK_WIDGET (self);
}

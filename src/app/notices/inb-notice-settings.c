#define G_LOG_DOMAIN "inb-app"

#include "inb-notice-settings.h"

struct _InbNoticeSettings {
  GObject        parent_instance;

  /* Owned */
  GSettings     *settings;
  GPtrArray     *rules;

  InbQuietHours  quiet_hours;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbNoticeSettings, inb_notice_settings, G_TYPE_OBJECT)

static void
read_rules (InbNoticeSettings *self)
{
  g_autofree char *json = g_settings_get_string (self->settings, "notification-rules");

  g_clear_pointer (&self->rules, g_ptr_array_unref);
  self->rules = inb_notification_rules_from_json (json);
}

static void
read_quiet_hours (InbNoticeSettings *self)
{
  self->quiet_hours.enabled = g_settings_get_boolean (self->settings, "quiet-hours");
  self->quiet_hours.from = g_settings_get_int (self->settings, "quiet-from");
  self->quiet_hours.to = g_settings_get_int (self->settings, "quiet-to");
  self->quiet_hours.days = g_settings_get_uint (self->settings, "quiet-days");
}

static void
on_changed (InbNoticeSettings *self,
            const char        *key)
{
  if (g_str_equal (key, "notification-rules"))
    read_rules (self);
  else if (g_str_has_prefix (key, "quiet-"))
    read_quiet_hours (self);
  else if (!g_str_has_prefix (key, "notification") && !g_str_equal (key, "follow-up-reminders"))
    return;

  g_signal_emit (self, changed_signal, 0);
}

static void
inb_notice_settings_finalize (GObject *object)
{
  InbNoticeSettings *self = INB_NOTICE_SETTINGS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->rules, g_ptr_array_unref);

  G_OBJECT_CLASS (inb_notice_settings_parent_class)->finalize (object);
}

static void
inb_notice_settings_class_init (InbNoticeSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_notice_settings_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
inb_notice_settings_init (InbNoticeSettings *self)
{
}

InbNoticeSettings *
inb_notice_settings_new (GSettings *settings)
{
  InbNoticeSettings *self = g_object_new (INB_TYPE_NOTICE_SETTINGS, NULL);

  self->settings = g_object_ref (settings);
  read_rules (self);
  read_quiet_hours (self);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);

  return self;
}

gboolean
inb_notice_settings_get_enabled (InbNoticeSettings *self)
{
  g_return_val_if_fail (INB_IS_NOTICE_SETTINGS (self), FALSE);

  return g_settings_get_boolean (self->settings, "notifications");
}

gboolean
inb_notice_settings_get_sound (InbNoticeSettings *self)
{
  g_return_val_if_fail (INB_IS_NOTICE_SETTINGS (self), FALSE);

  return g_settings_get_boolean (self->settings, "notification-sound");
}

gboolean
inb_notice_settings_get_follow_ups (InbNoticeSettings *self)
{
  g_return_val_if_fail (INB_IS_NOTICE_SETTINGS (self), FALSE);

  return g_settings_get_boolean (self->settings, "follow-up-reminders");
}

guint
inb_notice_settings_get_snooze (InbNoticeSettings *self)
{
  g_return_val_if_fail (INB_IS_NOTICE_SETTINGS (self), 0);

  return g_settings_get_uint (self->settings, "snooze-seconds");
}

GPtrArray *
inb_notice_settings_get_rules (InbNoticeSettings *self)
{
  g_return_val_if_fail (INB_IS_NOTICE_SETTINGS (self), NULL);

  return self->rules;
}

const InbQuietHours *
inb_notice_settings_get_quiet_hours (InbNoticeSettings *self)
{
  g_return_val_if_fail (INB_IS_NOTICE_SETTINGS (self), NULL);

  return &self->quiet_hours;
}

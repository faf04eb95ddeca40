/* The settings that decide what is told and how, read once and after each change. */
#pragma once

#include "inb-notification-rules.h"
#include "inb-quiet-hours.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_TYPE_NOTICE_SETTINGS (inb_notice_settings_get_type ())
G_DECLARE_FINAL_TYPE (InbNoticeSettings, inb_notice_settings, INB, NOTICE_SETTINGS, GObject)

/* Signal: "changed". */

InbNoticeSettings   *inb_notice_settings_new             (GSettings         *settings);
gboolean             inb_notice_settings_get_enabled     (InbNoticeSettings *self);
gboolean             inb_notice_settings_get_sound       (InbNoticeSettings *self);
gboolean             inb_notice_settings_get_follow_ups  (InbNoticeSettings *self);
/* Seconds. */
guint                inb_notice_settings_get_snooze      (InbNoticeSettings *self);
/* (element-type InbNotificationRule), until "changed". */
GPtrArray           *inb_notice_settings_get_rules       (InbNoticeSettings *self);
const InbQuietHours *inb_notice_settings_get_quiet_hours (InbNoticeSettings *self);

G_END_DECLS

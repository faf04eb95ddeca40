#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-announcer-private.h"

#include "inb-config.h"
#include "inb-lead-notices.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define STORE_NAME "notices.ini"

static guint window_wanted_signal;

G_DEFINE_FINAL_TYPE (InbLeadAnnouncer, inb_lead_announcer, G_TYPE_OBJECT)

void
inb_lead_announcer_want_window (InbLeadAnnouncer *self)
{
  g_signal_emit (self, window_wanted_signal, 0);
}

/* (notice: transfer full) */
void
inb_lead_announcer_show (InbLeadAnnouncer *self,
                         InbNotice        *notice)
{
  if (!inb_notice_settings_get_sound (self->settings))
    notice->is_silent = TRUE;
  inb_notifier_show (self->notifier, notice);
  inb_notice_free (notice);
}

/* --- quiet hours -------------------------------------------------------------------------------------------------------- */

gboolean
inb_lead_announcer_is_quiet (InbLeadAnnouncer *self,
                             gint64           *until)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return inb_quiet_hours_contain (inb_notice_settings_get_quiet_hours (self->settings), inb_time_now (), zone, NULL, until);
}

/* What came in is told when the quiet hours are over, or were changed so that they are. */
void
inb_lead_announcer_check_quiet (InbLeadAnnouncer *self)
{
  gint64 since, until;
  guint count = self->store != NULL ? inb_notice_store_get_quiet (self->store, &since) : 0;

  if (count == 0)
    return;
  if (inb_lead_announcer_is_quiet (self, &until))
    {
      inb_alarm_set (self->quiet_end, until);
      return;
    }

  inb_notice_store_clear_quiet (self->store);
  if (inb_notice_settings_get_enabled (self->settings))
    inb_lead_announcer_show (self, inb_lead_notices_summary (count, since, inb_time_now ()));
}

/* --- settings and session ----------------------------------------------------------------------------------------------- */

static void
on_settings_changed (InbLeadAnnouncer *self)
{
  inb_lead_announcer_check_quiet (self);
  if (self->reminders != NULL)
    inb_reminders_set_follow_ups (self->reminders, inb_notice_settings_get_enabled (self->settings) &&
                                  inb_notice_settings_get_follow_ups (self->settings));
}

static void
on_user_id (InbLeadAnnouncer *self)
{
  g_autofree char *user_id = NULL;

  if (self->session != NULL)
    g_object_get (inb_session_get_client (self->session), "user-id", &user_id, NULL);
  if (user_id == NULL || self->store == NULL)
    return;

  inb_notice_store_set_user_id (self->store, user_id);
  inb_reminders_set_owner (self->reminders, user_id);
}

static void
on_phase (InbLeadAnnouncer *self)
{
  InbReplica *replica = inb_session_get_replica (self->session);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *user_id = NULL;

  /* The file is the folder's: only who has the folder locked may write it. */
  if (inb_session_get_phase (self->session) != INB_SESSION_OPEN || self->store != NULL)
    return;

  g_object_get (replica, "folder", &folder, NULL);
  path = g_build_filename (folder, STORE_NAME, NULL);
  self->store = inb_notice_store_new (path);
  inb_lead_announcer_start_reminders (self);
  inb_lead_announcer_start_catching_up (self);
  user_id = inb_notice_store_get_user_id (self->store);
  inb_reminders_set_owner (self->reminders, user_id);
  on_user_id (self);
  inb_reminders_check (self->reminders);
  on_settings_changed (self);
  inb_lead_announcer_do_chosen (self);
}

static void
drop_session (InbLeadAnnouncer *self)
{
  if (self->session == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (inb_session_get_client (self->session), self);
  inb_lead_announcer_stop_reminders (self);
  inb_lead_announcer_stop_catching_up (self);
  if (self->store != NULL)
    inb_notice_store_flush (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  inb_alarm_set (self->quiet_end, INB_TIME_NONE);
  inb_lead_announcer_forget_arrivals (self);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_lead_announcer_dispose (GObject *object)
{
  InbLeadAnnouncer *self = INB_LEAD_ANNOUNCER (object);

  drop_session (self);
  inb_lead_announcer_set_window (self, NULL);
  g_clear_object (&self->notifier);

  G_OBJECT_CLASS (inb_lead_announcer_parent_class)->dispose (object);
}

static void
inb_lead_announcer_finalize (GObject *object)
{
  InbLeadAnnouncer *self = INB_LEAD_ANNOUNCER (object);

  g_clear_object (&self->toasts);
  g_clear_object (&self->arrivals);
  g_clear_object (&self->quiet_end);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->unseen);
  g_free (self->to_open);
  g_free (self->to_snooze);
  g_free (self->to_assign);

  G_OBJECT_CLASS (inb_lead_announcer_parent_class)->finalize (object);
}

static void
inb_lead_announcer_class_init (InbLeadAnnouncerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_lead_announcer_dispose;
  object_class->finalize = inb_lead_announcer_finalize;

  window_wanted_signal = g_signal_new ("window-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
inb_lead_announcer_init (InbLeadAnnouncer *self)
{
  self->cancellable = g_cancellable_new ();
  self->quiet_end = inb_alarm_new (NULL);
  inb_lead_announcer_init_arrivals (self);
  g_signal_connect_object (self->quiet_end, "due", G_CALLBACK (inb_lead_announcer_check_quiet), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbLeadAnnouncer *
inb_lead_announcer_new (GApplication *application,
                        GSettings    *settings)
{
  InbLeadAnnouncer *self = g_object_new (INB_TYPE_LEAD_ANNOUNCER, NULL);

  self->application = application;
  self->settings = inb_notice_settings_new (settings);
  self->notifier = inb_notifier_new (application, _("Inbound Leads"), INB_APP_ID);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_settings_changed), self, G_CONNECT_SWAPPED);
  inb_lead_announcer_add_actions (self);

  return self;
}

void
inb_lead_announcer_set_session (InbLeadAnnouncer *self,
                                InbSession       *session)
{
  g_return_if_fail (INB_IS_LEAD_ANNOUNCER (self));

  if (session == self->session)
    return;

  drop_session (self);
  if (session == NULL)
    return;

  self->session = g_object_ref (session);
  inb_lead_announcer_follow_arrivals (self);
  g_signal_connect_object (session, "phase-changed", G_CALLBACK (on_phase), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (session), "notify::user-id", G_CALLBACK (on_user_id), self,
                           G_CONNECT_SWAPPED);
  on_phase (self);
}

void
inb_lead_announcer_set_window (InbLeadAnnouncer *self,
                               InbWindow        *window)
{
  g_return_if_fail (INB_IS_LEAD_ANNOUNCER (self));

  if (window == self->window)
    return;

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (self->window, self);
  g_set_weak_pointer (&self->window, window);
  if (window == NULL)
    return;

  inb_lead_announcer_follow_window (self);
}

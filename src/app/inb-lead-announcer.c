#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-announcer.h"

#include "inb-arrivals.h"
#include "inb-config.h"
#include "inb-lead-notices.h"
#include "inb-money.h"
#include "inb-notice-settings.h"
#include "inb-notifier.h"
#include "inb-reminders.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define STORE_NAME "notices.ini"
/* More follow-ups at one time are told in one notice. */
#define MAX_SINGLE 3

/* A toast costs nothing. A notification interrupts: a burst of ten seconds makes three of them, a longer one fewer a minute. */
static const InbArrivalPace toast_pace = { 1000, 1000, 1000, 8000 };
static const InbArrivalPace notice_pace = { 6000, 60000, 3000, 8000 };
/* For tests, which cannot sit still for so long: the last of those figures, in milliseconds. */
#define BURST_QUIET_VARIABLE "INBOUND_LEADS_BURST_QUIET"

struct _InbLeadAnnouncer {
  GObject            parent_instance;

  /* Owned */
  InbNoticeSettings *settings;
  InbNotifier       *notifier;
  InbArrivals       *toasts;
  InbArrivals       *arrivals;
  GHashTable        *unseen;      /* lead ids of the burst that is being told; NULL key never */
  InbSession        *session;
  InbNoticeStore    *store;       /* NULL until the session is open */
  InbReminders      *reminders;
  InbAlarm          *quiet_end;
  GCancellable      *cancellable; /* of what is asked for the session */
  char              *to_open;     /* leads that were chosen before the session was open */
  char              *to_snooze;

  /* Borrowed */
  GApplication      *application;
  InbWindow         *window;      /* weak */

  const char        *hottest;     /* of the burst; static */
  gboolean           was_told;    /* of the burst: the sound is heard once */
};

/* A lead that is looked up before it is told. */
typedef struct {
  InbLeadAnnouncer *announcer;
  char             *lead_id;
  char             *name;
  char             *webhook_name;
  gboolean          is_snoozed;   /* of a reminder */
} Look;

static guint window_wanted_signal;

G_DEFINE_FINAL_TYPE (InbLeadAnnouncer, inb_lead_announcer, G_TYPE_OBJECT)

static Look *
look_new (InbLeadAnnouncer *self,
          const char       *lead_id)
{
  Look *look = g_new0 (Look, 1);

  look->announcer = g_object_ref (self);
  look->lead_id = g_strdup (lead_id);

  return look;
}

static void
look_free (Look *look)
{
  g_object_unref (look->announcer);
  g_free (look->lead_id);
  g_free (look->name);
  g_free (look->webhook_name);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static gboolean
is_window_active (InbLeadAnnouncer *self)
{
  return self->window != NULL && gtk_window_is_active (GTK_WINDOW (self->window));
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

/* (notice: transfer full) */
static void
show (InbLeadAnnouncer *self,
      InbNotice        *notice)
{
  if (!inb_notice_settings_get_sound (self->settings))
    notice->is_silent = TRUE;
  inb_notifier_show (self->notifier, notice);
  inb_notice_free (notice);
}

static void
on_toast (InbLeadAnnouncer *self,
          const InbArrival *arrival)
{
  g_autofree char *text = inb_lead_notices_get_toast (arrival);

  if (self->window != NULL)
    inb_window_announce (self->window, text, arrival->lead_id);
}

static void
on_announce (InbLeadAnnouncer *self,
             const InbArrival *arrival)
{
  InbNotice *notice;

  if (is_window_active (self))
    return;

  notice = inb_lead_notices_arrival (arrival, self->hottest, inb_notice_settings_get_snooze (self->settings));
  notice->is_silent = self->was_told;
  self->was_told = TRUE;
  show (self, notice);
}

/* --- quiet hours -------------------------------------------------------------------------------------------------------- */

static gboolean
is_quiet (InbLeadAnnouncer *self,
          gint64           *until)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return inb_quiet_hours_contain (inb_notice_settings_get_quiet_hours (self->settings), inb_time_now (), zone, NULL, until);
}

/* What came in is told when the quiet hours are over, or were changed so that they are. */
static void
check_quiet (InbLeadAnnouncer *self)
{
  gint64 since, until;
  guint count = self->store != NULL ? inb_notice_store_get_quiet (self->store, &since) : 0;

  if (count == 0)
    return;
  if (is_quiet (self, &until))
    {
      inb_alarm_set (self->quiet_end, until);
      return;
    }

  inb_notice_store_clear_quiet (self->store);
  if (inb_notice_settings_get_enabled (self->settings))
    show (self, inb_lead_notices_summary (count, since, inb_time_now ()));
}

/* --- leads that come in ------------------------------------------------------------------------------------------------- */

static gint64
get_value (const InbRow *lead)
{
  const char *text = inb_row_get (lead, inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED) ? INB_LEAD_CONVERSION_VALUE
                                                                                         : INB_LEAD_ESTIMATED_VALUE);
  gint64 value;

  return text != NULL && inb_money_parse (text, &value) ? value : INB_TIME_NONE;
}

static InbNoticeOutcome
decide (InbLeadAnnouncer    *self,
        const InbLeadDetail *detail)
{
  g_autofree char *me = NULL;
  InbNoticeLead lead = { .value = INB_TIME_NONE };

  if (self->store != NULL)
    me = inb_notice_store_get_user_id (self->store);
  lead.me = me;
  if (detail != NULL)
    {
      lead.source = inb_row_get (detail->lead, INB_LEAD_LEAD_SOURCE);
      lead.product = inb_row_get (detail->lead, INB_LEAD_PRODUCT_INTEREST);
      lead.temperature = inb_row_get (detail->lead, INB_LEAD_TEMPERATURE);
      lead.owner = inb_row_get (detail->lead, INB_LEAD_ASSIGNED_TO);
      lead.value = get_value (detail->lead);
    }

  return inb_notification_rules_decide (inb_notice_settings_get_rules (self->settings), &lead);
}

static void
forget_burst (InbLeadAnnouncer *self)
{
  g_hash_table_remove_all (self->unseen);
  inb_arrivals_clear (self->arrivals);
}

static void
begin_burst (InbLeadAnnouncer *self)
{
  g_hash_table_remove_all (self->unseen);
  self->hottest = NULL;
  self->was_told = FALSE;
}

static void
notify (InbLeadAnnouncer    *self,
        const Look          *look,
        const InbLeadDetail *detail,
        gint64               created_at)
{
  static const char * const names[] = { NULL, "cold", "warm", "hot" };
  int rank = detail != NULL ? inb_temperature_get_rank (inb_row_get (detail->lead, INB_LEAD_TEMPERATURE)) : 0;

  if (inb_arrivals_is_over (self->arrivals))
    begin_burst (self);
  if (rank > inb_temperature_get_rank (self->hottest))
    self->hottest = names[rank];
  if (look->lead_id != NULL)
    g_hash_table_add (self->unseen, g_strdup (look->lead_id));
  inb_arrivals_add (self->arrivals, look->lead_id, look->name, look->webhook_name, created_at);
}

static void
tell_arrival (InbLeadAnnouncer    *self,
              const Look          *look,
              const InbLeadDetail *detail)
{
  InbNoticeOutcome outcome = decide (self, detail);
  gint64 created_at = detail != NULL ? inb_row_get_time (detail->lead, INB_LEAD_CREATED_AT) : INB_TIME_NONE;

  if (outcome == INB_NOTICE_NEVER)
    return;

  if (created_at == INB_TIME_NONE)
    created_at = inb_time_now ();
  inb_arrivals_add (self->toasts, look->lead_id, look->name, look->webhook_name, created_at);
  if (outcome == INB_NOTICE_SILENT || !inb_notice_settings_get_enabled (self->settings))
    return;

  if (self->store != NULL && is_quiet (self, NULL))
    {
      inb_notice_store_add_quiet (self->store, created_at);
      check_quiet (self);
      return;
    }

  notify (self, look, detail, created_at);
}

static void
on_arrival_looked (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_replica_get_lead_finish (INB_REPLICA (source), result, &error);

  if (detail != NULL)
    tell_arrival (look->announcer, look, detail);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("looking an arrival up: %s", error->message);
}

static void
on_lead_arrived (InbLeadAnnouncer *self,
                 const char       *lead_id,
                 const char       *contact_id,
                 const char       *name,
                 const char       *webhook_name)
{
  Look *look = look_new (self, lead_id);

  look->name = g_strdup (name != NULL && *name != '\0' ? name : _("Unknown contact"));
  look->webhook_name = g_strdup (webhook_name);
  if (lead_id == NULL)
    {
      tell_arrival (self, look, NULL);
      look_free (look);
      return;
    }

  inb_replica_get_lead_async (inb_session_get_replica (self->session), lead_id, self->cancellable, on_arrival_looked, look);
}

/* --- reminders ---------------------------------------------------------------------------------------------------------- */

static void
on_reminder_looked (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  InbLeadAnnouncer *self = look->announcer;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_replica_get_lead_finish (INB_REPLICA (source), result, &error);
  InbNotice *notice;

  if (detail == NULL)
    {
      g_debug ("looking a lead up that is due: %s", error->message);
      return;
    }

  notice = inb_lead_notices_reminder (detail, look->is_snoozed, inb_notice_settings_get_snooze (self->settings));
  notice->is_silent = is_quiet (self, NULL);
  show (self, notice);
}

static void
remind (InbLeadAnnouncer *self,
        const char       *lead_id,
        gboolean          is_snoozed)
{
  Look *look = look_new (self, lead_id);

  look->is_snoozed = is_snoozed;
  inb_replica_get_lead_async (inb_session_get_replica (self->session), lead_id, self->cancellable, on_reminder_looked, look);
}

static void
on_snoozed (InbLeadAnnouncer *self,
            const char       *lead_id)
{
  remind (self, lead_id, TRUE);
}

static void
on_follow_ups (InbLeadAnnouncer *self,
               GPtrArray        *lead_ids)
{
  g_autofree char *me = inb_notice_store_get_user_id (self->store);
  InbNotice *notice;

  if (lead_ids->len <= MAX_SINGLE)
    {
      for (guint i = 0; i < lead_ids->len; i++)
        remind (self, g_ptr_array_index (lead_ids, i), FALSE);
      return;
    }

  notice = inb_lead_notices_follow_ups (lead_ids->len, me);
  notice->is_silent = is_quiet (self, NULL);
  show (self, notice);
}

/* --- seen in the window ------------------------------------------------------------------------------------------------- */

static void
on_active_changed (InbLeadAnnouncer *self)
{
  if (!is_window_active (self))
    return;

  forget_burst (self);
  inb_notifier_withdraw (self->notifier, INB_NOTICE_ARRIVALS);
  inb_notifier_withdraw (self->notifier, INB_NOTICE_SUMMARY);
}

static void
on_lead_shown (InbLeadAnnouncer *self,
               const char       *lead_id)
{
  g_autofree char *reminder = g_strconcat (INB_NOTICE_REMINDER_PREFIX, lead_id, NULL);

  inb_notifier_withdraw (self->notifier, reminder);
  if (g_hash_table_remove (self->unseen, lead_id) && g_hash_table_size (self->unseen) == 0)
    {
      forget_burst (self);
      inb_notifier_withdraw (self->notifier, INB_NOTICE_ARRIVALS);
    }
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

static void
present (InbLeadAnnouncer *self)
{
  g_signal_emit (self, window_wanted_signal, 0);
  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
}

/* What was chosen; a notification that outlived the program starts it, and its leads take a moment to be there. */
static void
do_chosen (InbLeadAnnouncer *self)
{
  g_autofree char *to_open = NULL;
  g_autofree char *to_snooze = NULL;

  if (self->store == NULL)
    return;

  to_open = g_steal_pointer (&self->to_open);
  to_snooze = g_steal_pointer (&self->to_snooze);
  if (to_open != NULL && self->window != NULL)
    inb_window_open_lead (self->window, to_open);
  if (to_snooze != NULL)
    inb_reminders_snooze (self->reminders, to_snooze, inb_notice_settings_get_snooze (self->settings));
}

static void
open_lead (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  InbLeadAnnouncer *self = user_data;
  const char *lead_id = g_variant_get_string (parameter, NULL);

  present (self);
  g_free (self->to_open);
  self->to_open = *lead_id != '\0' ? g_strdup (lead_id) : NULL;
  do_chosen (self);
}

static void
show_leads (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  InbLeadAnnouncer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new_from_json (g_variant_get_string (parameter, NULL), &error);

  present (self);
  if (filter == NULL)
    {
      g_warning ("showing leads: %s", error->message);
      return;
    }

  if (self->session != NULL)
    inb_session_set_filter (self->session, filter);
  if (self->window != NULL)
    inb_window_show_view (self->window, "leads");
}

static void
snooze_lead (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  InbLeadAnnouncer *self = user_data;

  g_free (self->to_snooze);
  self->to_snooze = g_variant_dup_string (parameter, NULL);
  do_chosen (self);
}

static const GActionEntry actions[] = {
  { "open-lead", open_lead, "s" },
  { "show-leads", show_leads, "s" },
  { "snooze-lead", snooze_lead, "s" },
};

static void
on_activated (InbLeadAnnouncer *self,
              const char       *action,
              const char       *target,
              const char       *token)
{
  if (token != NULL && g_strcmp0 (action, "snooze-lead") != 0)
    {
      g_signal_emit (self, window_wanted_signal, 0);
      if (self->window != NULL)
        gtk_window_set_startup_id (GTK_WINDOW (self->window), token);
    }
  g_action_group_activate_action (G_ACTION_GROUP (self->application), action, g_variant_new_string (target));
}

/* --- settings and session ----------------------------------------------------------------------------------------------- */

static void
on_settings_changed (InbLeadAnnouncer *self)
{
  check_quiet (self);
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
  self->reminders = inb_reminders_new (replica, self->store, NULL);
  g_signal_connect_object (self->reminders, "snoozed", G_CALLBACK (on_snoozed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminders, "follow-ups", G_CALLBACK (on_follow_ups), self, G_CONNECT_SWAPPED);
  user_id = inb_notice_store_get_user_id (self->store);
  inb_reminders_set_owner (self->reminders, user_id);
  on_user_id (self);
  inb_reminders_check (self->reminders);
  on_settings_changed (self);
  do_chosen (self);
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
  if (self->reminders != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->reminders, self);
      inb_reminders_stop (self->reminders);
    }
  g_clear_object (&self->reminders);
  if (self->store != NULL)
    inb_notice_store_flush (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  inb_alarm_set (self->quiet_end, INB_TIME_NONE);
  forget_burst (self);
  inb_arrivals_clear (self->toasts);
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

static InbArrivals *
make_arrivals (const InbArrivalPace *usual)
{
  InbArrivalPace pace = *usual;
  const char *text = g_getenv (BURST_QUIET_VARIABLE);
  guint64 quiet;

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 100, 60000, &quiet, NULL))
    pace.quiet = (guint) quiet;

  return inb_arrivals_new (&pace);
}

static void
inb_lead_announcer_init (InbLeadAnnouncer *self)
{
  self->cancellable = g_cancellable_new ();
  self->unseen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->toasts = make_arrivals (&toast_pace);
  self->arrivals = make_arrivals (&notice_pace);
  self->quiet_end = inb_alarm_new (NULL);
  g_signal_connect_object (self->toasts, "announce", G_CALLBACK (on_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->arrivals, "announce", G_CALLBACK (on_announce), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->quiet_end, "due", G_CALLBACK (check_quiet), self, G_CONNECT_SWAPPED);
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
  g_signal_connect_object (self->notifier, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), self);

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
  g_signal_connect_object (session, "lead-arrived", G_CALLBACK (on_lead_arrived), self, G_CONNECT_SWAPPED);
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

  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_active_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "lead-shown", G_CALLBACK (on_lead_shown), self, G_CONNECT_SWAPPED);
}

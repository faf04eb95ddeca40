#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-announcer-private.h"
#include "inb-lead-notices.h"

/* More follow-ups at one time are told in one notice. */
#define MAX_SINGLE 3

/* A lead that is looked up before it is told. */
typedef struct {
  InbLeadAnnouncer *announcer;
  gboolean          is_snoozed;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->announcer);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

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
  notice->is_silent = inb_lead_announcer_is_quiet (self, NULL);
  inb_lead_announcer_show (self, notice);
}

static void
remind (InbLeadAnnouncer *self,
        const char       *lead_id,
        gboolean          is_snoozed)
{
  Look *look = g_new0 (Look, 1);

  look->announcer = g_object_ref (self);
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
  notice->is_silent = inb_lead_announcer_is_quiet (self, NULL);
  inb_lead_announcer_show (self, notice);
}

/* With the store that there is. */
void
inb_lead_announcer_start_reminders (InbLeadAnnouncer *self)
{
  self->reminders = inb_reminders_new (inb_session_get_replica (self->session), self->store, NULL);
  g_signal_connect_object (self->reminders, "snoozed", G_CALLBACK (on_snoozed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminders, "follow-ups", G_CALLBACK (on_follow_ups), self, G_CONNECT_SWAPPED);
}

void
inb_lead_announcer_stop_reminders (InbLeadAnnouncer *self)
{
  if (self->reminders != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->reminders, self);
      inb_reminders_stop (self->reminders);
    }
  g_clear_object (&self->reminders);
}

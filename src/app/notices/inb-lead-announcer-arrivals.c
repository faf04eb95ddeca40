#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-announcer-private.h"
#include "inb-lead-notices.h"
#include "inb-money.h"
#include "inb-temperature.h"
#include "inb-time.h"

#include <glib/gi18n.h>

/* A toast costs nothing. A notification interrupts: a burst of ten seconds makes three of them, a longer one fewer a minute. */
static const InbArrivalPace toast_pace = { 1000, 1000, 1000, 8000 };
static const InbArrivalPace notice_pace = { 6000, 60000, 3000, 8000 };
/* For tests, which cannot sit still for so long: the last of those figures, in milliseconds. */
#define BURST_QUIET_VARIABLE "INBOUND_LEADS_BURST_QUIET"

/* A lead that is looked up before it is told. */
typedef struct {
  InbLeadAnnouncer *announcer;
  char             *lead_id;
  char             *name;
  char             *webhook_name;
} Look;

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

gboolean
inb_lead_announcer_is_window_active (InbLeadAnnouncer *self)
{
  return self->window != NULL && gtk_window_is_active (GTK_WINDOW (self->window));
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

  if (inb_lead_announcer_is_window_active (self))
    return;

  notice = inb_lead_notices_arrival (arrival, self->hottest, inb_notice_settings_get_snooze (self->settings));
  inb_lead_announcer_offer_assign (self, notice, arrival);
  notice->is_silent = self->was_told;
  self->was_told = TRUE;
  inb_lead_announcer_show (self, notice);
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

InbNoticeOutcome
inb_lead_announcer_decide (InbLeadAnnouncer    *self,
                           const InbNoticeLead *lead)
{
  g_autofree char *me = self->store != NULL ? inb_notice_store_get_user_id (self->store) : NULL;
  InbNoticeLead known = *lead;

  known.me = me;

  return inb_notification_rules_decide (inb_notice_settings_get_rules (self->settings), &known);
}

static InbNoticeOutcome
decide (InbLeadAnnouncer    *self,
        const InbLeadDetail *detail)
{
  InbNoticeLead lead = { .value = INB_TIME_NONE };

  if (detail != NULL)
    {
      lead.source = inb_row_get (detail->lead, INB_LEAD_LEAD_SOURCE);
      lead.product = inb_row_get (detail->lead, INB_LEAD_PRODUCT_INTEREST);
      lead.temperature = inb_row_get (detail->lead, INB_LEAD_TEMPERATURE);
      lead.owner = inb_row_get (detail->lead, INB_LEAD_ASSIGNED_TO);
      lead.value = get_value (detail->lead);
    }

  return inb_lead_announcer_decide (self, &lead);
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

  if (self->store != NULL && inb_lead_announcer_is_quiet (self, NULL))
    {
      if (look->lead_id != NULL)
        inb_notice_store_add_quiet (self->store, created_at);
      inb_lead_announcer_check_quiet (self);
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
  Look *look = g_new0 (Look, 1);

  look->announcer = g_object_ref (self);
  look->lead_id = g_strdup (lead_id);
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

/* --- seen in the window ------------------------------------------------------------------------------------------------- */

static void
on_active_changed (InbLeadAnnouncer *self)
{
  if (!inb_lead_announcer_is_window_active (self))
    return;

  forget_burst (self);
  inb_notifier_withdraw (self->notifier, INB_NOTICE_ARRIVALS);
  inb_notifier_withdraw (self->notifier, INB_NOTICE_AWAY);
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

void
inb_lead_announcer_init_arrivals (InbLeadAnnouncer *self)
{
  self->unseen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->toasts = make_arrivals (&toast_pace);
  self->arrivals = make_arrivals (&notice_pace);
  g_signal_connect_object (self->toasts, "announce", G_CALLBACK (on_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->arrivals, "announce", G_CALLBACK (on_announce), self, G_CONNECT_SWAPPED);
}

/* Of the session that there is. */
void
inb_lead_announcer_follow_arrivals (InbLeadAnnouncer *self)
{
  g_signal_connect_object (self->session, "lead-arrived", G_CALLBACK (on_lead_arrived), self, G_CONNECT_SWAPPED);
}

/* What the user sees there is not news any more. */
void
inb_lead_announcer_follow_window (InbLeadAnnouncer *self)
{
  g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (on_active_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "lead-shown", G_CALLBACK (on_lead_shown), self, G_CONNECT_SWAPPED);
}

void
inb_lead_announcer_forget_arrivals (InbLeadAnnouncer *self)
{
  forget_burst (self);
  inb_arrivals_clear (self->toasts);
}

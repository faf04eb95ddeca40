#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-announcer-private.h"
#include "inb-lead-notices.h"

/* What of it is told where. */
typedef struct {
  InbArrival  seen;         /* by the toast */
  InbArrival  told;         /* by the notification */
  const char *hottest;      /* of those that are told */
} Away;

static void
count (InbArrival           *arrival,
       const InbLeadSummary *lead)
{
  /* The newest comes first. */
  if (arrival->count++ == 0)
    {
      arrival->lead_id = lead->id;
      arrival->name = lead->name;
      arrival->source = lead->source;
    }
  arrival->since = lead->created_at;
}

static void
add_lead (InbLeadAnnouncer     *self,
          Away                 *away,
          const InbLeadSummary *lead,
          gboolean              is_quiet)
{
  InbNoticeLead known = { lead->source, lead->product, lead->temperature, lead->owner, NULL, lead->value };
  InbNoticeOutcome outcome = inb_lead_announcer_decide (self, &known);

  if (outcome == INB_NOTICE_NEVER)
    return;

  count (&away->seen, lead);
  if (outcome == INB_NOTICE_SILENT || !inb_notice_settings_get_enabled (self->settings))
    return;
  if (is_quiet)
    {
      inb_notice_store_add_quiet (self->store, lead->created_at);
      return;
    }

  count (&away->told, lead);
  if (inb_temperature_get_rank (lead->temperature) > inb_temperature_get_rank (away->hottest))
    away->hottest = lead->temperature;
}

static void
on_caught_up (InbLeadAnnouncer *self,
              GPtrArray        *leads)
{
  Away away = { 0 };
  gboolean is_quiet = inb_lead_announcer_is_quiet (self, NULL);

  for (guint i = 0; i < leads->len; i++)
    add_lead (self, &away, g_ptr_array_index (leads, i), is_quiet);
  if (is_quiet)
    inb_lead_announcer_check_quiet (self);

  if (away.seen.count > 0 && self->window != NULL)
    {
      g_autofree char *toast = inb_lead_notices_get_away_toast (&away.seen);

      inb_window_announce (self->window, toast, away.seen.count == 1 ? away.seen.lead_id : NULL);
    }
  if (away.told.count > 0 && !inb_lead_announcer_is_window_active (self))
    {
      InbNotice *notice = inb_lead_notices_away (&away.told, away.hottest, inb_notice_settings_get_snooze (self->settings));

      inb_lead_announcer_offer_assign (self, notice, &away.told);
      inb_lead_announcer_show (self, notice);
    }
}

/* The session that there is has just been opened. */
void
inb_lead_announcer_start_catching_up (InbLeadAnnouncer *self)
{
  self->catch_up = inb_catch_up_new (self->session);
  g_signal_connect_object (self->catch_up, "caught-up", G_CALLBACK (on_caught_up), self, G_CONNECT_SWAPPED);
}

void
inb_lead_announcer_stop_catching_up (InbLeadAnnouncer *self)
{
  if (self->catch_up != NULL)
    g_object_run_dispose (G_OBJECT (self->catch_up));
  g_clear_object (&self->catch_up);
}

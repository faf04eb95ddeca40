#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-notices.h"

#include "inb-format.h"
#include "inb-source-text.h"

#include <glib/gi18n.h>

static const char * const temperatures[] = { "", "cold", "warm", "hot" };

int
inb_temperature_get_rank (const char *temperature)
{
  for (guint i = 1; i < G_N_ELEMENTS (temperatures); i++)
    {
      if (g_strcmp0 (temperatures[i], temperature) == 0)
        return (int) i;
    }

  return 0;
}

static InbNoticeUrgency
get_urgency (const char *temperature)
{
  switch (inb_temperature_get_rank (temperature))
    {
    case 1:
      return INB_NOTICE_LOW;

    case 3:
      return INB_NOTICE_HIGH;

    default:
      return INB_NOTICE_NORMAL;
    }
}

/* "Ann · Website" */
static char *
get_who (const InbArrival *arrival)
{
  return arrival->source != NULL && *arrival->source != '\0' ? g_strdup_printf ("%s · %s", arrival->name, inb_source_text_get_name (arrival->source))
                                                             : g_strdup (arrival->name);
}

/* "2 new leads, 1 new contact": somebody who only wrote is no lead. */
static char *
get_burst_title (const InbArrival *arrival)
{
  guint n_leads = arrival->count - arrival->contacts;
  g_autofree char *lead_count = inb_format_count (n_leads);
  g_autofree char *contact_count = inb_format_count (arrival->contacts);
  g_autofree char *leads = g_strdup_printf (ngettext ("%s new lead", "%s new leads", n_leads), lead_count);
  g_autofree char *contacts = g_strdup_printf (ngettext ("%s new contact", "%s new contacts", arrival->contacts), contact_count);

  if (arrival->contacts == 0)
    return g_steal_pointer (&leads);
  if (n_leads == 0)
    return g_steal_pointer (&contacts);

  /* Translators: "2 new leads, 1 new contact" */
  return g_strdup_printf (_("%s, %s"), leads, contacts);
}

static char *
get_title (const InbArrival *arrival,
           gboolean          is_hot)
{
  if (arrival->count > 1)
    return get_burst_title (arrival);
  if (arrival->lead_id == NULL)
    return g_strdup (_("New contact"));

  return g_strdup (is_hot ? _("New hot lead") : _("New lead"));
}

static char *
get_snooze_label (guint seconds)
{
  guint minutes = seconds / 60;

  if (minutes == 0)
    return g_strdup (_("Snooze"));

  return g_strdup_printf (ngettext ("Snooze %u min", "Snooze %u min", minutes), minutes);
}

static void
add_lead_actions (InbNotice  *notice,
                  const char *lead_id,
                  guint       snooze_seconds)
{
  g_autofree char *snooze = get_snooze_label (snooze_seconds);

  inb_notice_set_click (notice, "open-lead", lead_id);
  inb_notice_add_button (notice, _("Open"), "open-lead", lead_id);
  inb_notice_add_button (notice, snooze, "snooze-lead", lead_id);
}

static void
add_show_action (InbNotice           *notice,
                 const InbLeadFilter *filter)
{
  g_autofree char *json = inb_lead_filter_to_json (filter);

  inb_notice_set_click (notice, "show-leads", json);
  inb_notice_add_button (notice, _("Show"), "show-leads", json);
}

static void
add_arrival_actions (InbNotice        *notice,
                     const InbArrival *arrival,
                     guint             snooze_seconds)
{
  if (arrival->count > MAX (arrival->contacts, 1))
    {
      g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();

      inb_date_range_set_times (&filter->created, arrival->since, G_MAXINT64);
      add_show_action (notice, filter);
    }
  else if (arrival->lead_id != NULL)
    {
      add_lead_actions (notice, arrival->lead_id, snooze_seconds);
    }
  else
    {
      inb_notice_set_click (notice, "open-lead", "");
    }
}

/**
 * inb_lead_notices_arrival:
 * @temperature: (nullable): the lead's, or the hottest of a burst
 * @snooze_seconds: how long the snooze button means
 *
 * Returns: (transfer full): the notice of one lead or contact, or of a burst
 */
InbNotice *
inb_lead_notices_arrival (const InbArrival *arrival,
                          const char       *temperature,
                          guint             snooze_seconds)
{
  g_autofree char *title = get_title (arrival, inb_temperature_get_rank (temperature) == 3);
  g_autofree char *who = get_who (arrival);
  InbNotice *notice = inb_notice_new (INB_NOTICE_ARRIVALS, title, who);

  notice->urgency = get_urgency (temperature);
  add_arrival_actions (notice, arrival, snooze_seconds);

  return notice;
}

static char *
get_away_title (const InbArrival *arrival)
{
  g_autofree char *count = inb_format_count (arrival->count);

  return g_strdup_printf (ngettext ("%s new lead while you were away", "%s new leads while you were away", arrival->count), count);
}

/**
 * inb_lead_notices_away:
 * @temperature: (nullable): the hottest of them
 * @snooze_seconds: how long the snooze button of a single lead means
 *
 * Returns: (transfer full): the notice of all that came in while nobody could be told
 */
InbNotice *
inb_lead_notices_away (const InbArrival *arrival,
                       const char       *temperature,
                       guint             snooze_seconds)
{
  g_autofree char *title = get_away_title (arrival);
  g_autofree char *who = get_who (arrival);
  InbNotice *notice = inb_notice_new (INB_NOTICE_AWAY, title, who);

  notice->urgency = get_urgency (temperature);
  add_arrival_actions (notice, arrival, snooze_seconds);

  return notice;
}

InbNotice *
inb_lead_notices_summary (guint  count,
                          gint64 since,
                          gint64 until)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();
  g_autofree char *number = inb_format_count (count);
  g_autofree char *title = g_strdup_printf (ngettext ("%s lead came in during quiet hours", "%s leads came in during quiet hours",
                                                      count), number);
  InbNotice *notice = inb_notice_new (INB_NOTICE_SUMMARY, title, _("They were not told until now."));

  inb_date_range_set_times (&filter->created, since, MAX (until, since + 1));
  add_show_action (notice, filter);

  return notice;
}

/* The name that the person goes by in lists. */
static const char *
get_name (const InbLeadDetail *detail,
          char               **buffer)
{
  const char *first, *last, *name;

  if (detail->contact == NULL)
    return _("Unknown contact");

  first = inb_row_get (detail->contact, INB_CONTACT_FIRSTNAME);
  last = inb_row_get (detail->contact, INB_CONTACT_LASTNAME);
  if (first != NULL || last != NULL)
    {
      *buffer = first != NULL && last != NULL ? g_strdup_printf ("%s %s", first, last) : g_strdup (first != NULL ? first : last);
      return *buffer;
    }

  name = inb_row_get (detail->contact, INB_CONTACT_EMAIL);
  if (name == NULL)
    name = inb_row_get (detail->contact, INB_CONTACT_PHONE_DISPLAY);
  if (name == NULL)
    name = inb_row_get (detail->contact, INB_CONTACT_PHONE);

  return name != NULL ? name : _("Unknown contact");
}

void
inb_lead_notices_offer_assign (InbNotice  *notice,
                               const char *lead_id)
{
  g_return_if_fail (notice != NULL && lead_id != NULL);

  inb_notice_add_button (notice, _("Assign to Me"), "assign-lead", lead_id);
}

/**
 * inb_lead_notices_reminder:
 * @is_snoozed: whether the user asked for it with the snooze button; else it is a follow-up
 *
 * Returns: (transfer full): the notice of one lead whose time has come
 */
InbNotice *
inb_lead_notices_reminder (const InbLeadDetail *detail,
                           gboolean             is_snoozed,
                           guint                snooze_seconds)
{
  const char *lead_id = inb_row_get_key (detail->lead);
  const char *product = inb_row_get (detail->lead, INB_LEAD_PRODUCT_INTEREST);
  g_autofree char *buffer = NULL;
  const char *name = get_name (detail, &buffer);
  g_autofree char *body = product != NULL ? g_strdup_printf ("%s · %s", name, product) : g_strdup (name);
  g_autofree char *id = g_strconcat (INB_NOTICE_REMINDER_PREFIX, lead_id, NULL);
  InbNotice *notice = inb_notice_new (id, is_snoozed ? _("Snoozed lead") : _("Follow-up due"), body);

  add_lead_actions (notice, lead_id, snooze_seconds);

  return notice;
}

InbNotice *
inb_lead_notices_follow_ups (guint       count,
                             const char *owner)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();
  g_autofree char *number = inb_format_count (count);
  g_autofree char *title = g_strdup_printf (ngettext ("%s follow-up is due", "%s follow-ups are due", count), number);
  InbNotice *notice = inb_notice_new (INB_NOTICE_FOLLOW_UPS, title, _("These people expect to hear from you."));

  filter->flags = INB_FILTER_FOLLOW_UP_DUE;
  if (owner != NULL && *owner != '\0')
    inb_lead_filter_toggle_value (filter, INB_FILTER_OWNER, owner);
  add_show_action (notice, filter);

  return notice;
}

char *
inb_lead_notices_get_toast (const InbArrival *arrival)
{
  g_autofree char *title = get_title (arrival, FALSE);
  g_autofree char *who = get_who (arrival);

  return g_strdup_printf ("%s: %s", title, who);
}

char *
inb_lead_notices_get_away_toast (const InbArrival *arrival)
{
  g_autofree char *title = get_away_title (arrival);
  g_autofree char *who = get_who (arrival);

  return g_strdup_printf ("%s: %s", title, who);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-demo-timeline.h"

#include "inb-money.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <math.h>
#include <string.h>

#define MINUTE (60 * INB_TIME_SECOND)
#define HOUR (60 * MINUTE)
#define MEDIAN_RESPONSE 1500.0 /* seconds */
#define RESPONSE_SPREAD 1.7    /* of its logarithm */

/* All borrowed. */
typedef struct {
  InbDemoLead          *demo;
  const InbDemoSetting *setting;
  GRand                *random;
  const InbDemoAgent   *agent;
  gint64                time; /* of the last thing that happened */
} Story;

static const char * const stages[] = { "new", "contacted", "qualified", "proposal", "won" };

static const char * const calls[] = {
  "Asked about the roof and the meter cabinet.", "Wants to talk to the family first.", "Sends the floor plan tonight.",
  "Very interested, asked for references nearby.", "Compares three offers at the moment.", "Short call while driving, calls back.",
};
static const char * const notes[] = {
  "Prefers calls after 6 p.m.", "Has an electric car on order.", "Photos of the cellar arrived by mail.", "Decides together with the partner.",
  "Listed building: check with the authority.", "Flat roof, no shading. Good case.", "Knows us from the neighbour’s installation.",
};
static const char * const subjects[] = {
  "Your offer", "Your question about the subsidy", "Documents for your project", "Our appointment", "Photos, please",
};
static const char * const lost_reasons[] = {
  "No budget", "Chose a competitor", "Not reachable", "Not now", "Not feasible on site", "Wrong number or address",
};

static gboolean
chance (Story *story,
        guint  percent)
{
  return g_rand_int_range (story->random, 0, 100) < (gint32) percent;
}

#define PICK(story, texts) ((texts)[g_rand_int_range ((story)->random, 0, G_N_ELEMENTS (texts))])

/* Some time goes by, but never more than a part of what is left until now. */
static void
pass (Story  *story,
      gint64  from,
      gint64  to)
{
  gint64 left = MAX (story->setting->now - story->time, 0);
  double part = g_rand_double (story->random);
  gint64 span = from + (gint64) (part * (double) (to - from));

  story->time += MIN (span, (gint64) ((0.1 + part / 2) * (double) left));
}

/* Most are answered within the hour, some in a minute, a few only after days: a log-normal time. */
static void
pass_until_answered (Story *story)
{
  double u = 1 - g_rand_double (story->random);
  double v = g_rand_double (story->random);
  double normal = sqrt (-2 * log (u)) * cos (2 * G_PI * v);
  double seconds = exp (log (MEDIAN_RESPONSE) + RESPONSE_SPREAD * normal);
  gint64 left = story->setting->now - story->time;

  story->time += CLAMP ((gint64) (seconds * INB_TIME_SECOND), MIN (15 * INB_TIME_SECOND, left / 8), MAX (left / 2, 0));
}

static InbRow *
add (Story      *story,
     const char *type,
     const char *title,
     gboolean    is_automated)
{
  InbRow *row = inb_row_new (INB_KIND_ACTIVITY);
  const InbDemoAgent *actor = is_automated ? NULL : story->agent;

  inb_row_take (row, INB_ACTIVITY_ID, inb_uuid_new_v7 ());
  inb_row_set (row, INB_ACTIVITY_WORKSPACE_ID, story->setting->workspace_id);
  inb_row_set (row, INB_ACTIVITY_LEAD_ID, inb_row_get (story->demo->lead, INB_LEAD_ID));
  inb_row_set (row, INB_ACTIVITY_CONTACT_ID, inb_row_get (story->demo->contact, INB_CONTACT_ID));
  inb_row_set (row, INB_ACTIVITY_ACTIVITY_TYPE, type);
  inb_row_set (row, INB_ACTIVITY_TITLE, title);
  inb_row_set (row, INB_ACTIVITY_METADATA, "{\"sample\":true}");
  inb_row_set_boolean (row, INB_ACTIVITY_IS_AUTOMATED, is_automated);
  /* A microsecond apart at least, so that a timeline sorted by time keeps the order. */
  inb_row_set_time (row, INB_ACTIVITY_CREATED_AT, story->time++);
  inb_row_set (row, INB_ACTIVITY_UPDATED_AT, inb_row_get (row, INB_ACTIVITY_CREATED_AT));
  inb_row_set (row, INB_ACTIVITY_OCCURRED_AT, inb_row_get (row, INB_ACTIVITY_CREATED_AT));
  inb_row_set (row, INB_ACTIVITY_SOURCE, is_automated ? "webhook" : "app");
  inb_row_set (row, INB_ACTIVITY_ACTOR_NAME, actor == NULL ? inb_row_get (story->demo->lead, INB_LEAD_LEAD_SOURCE) : actor->name);
  inb_row_set (row, INB_ACTIVITY_CREATED_BY, actor == NULL ? NULL : actor->user_id);
  g_ptr_array_add (story->demo->activities, row);

  if (actor != NULL && inb_row_get (story->demo->lead, INB_LEAD_FIRST_RESPONSE_AT) == NULL)
    inb_row_set (story->demo->lead, INB_LEAD_FIRST_RESPONSE_AT, inb_row_get (row, INB_ACTIVITY_CREATED_AT));

  return row;
}

static void
add_call (Story *story)
{
  gboolean answered = chance (story, 70);
  InbRow *row = add (story, "call", answered ? "Call" : "Call, not answered", FALSE);

  inb_row_set (row, INB_ACTIVITY_DIRECTION, "outbound");
  inb_row_set (row, INB_ACTIVITY_OUTCOME, answered ? "answered" : "no_answer");
  inb_row_set (row, INB_ACTIVITY_PHONE_NUMBER, inb_row_get (story->demo->contact, INB_CONTACT_PHONE_E164));
  if (!answered)
    return;

  inb_row_set (row, INB_ACTIVITY_DESCRIPTION, PICK (story, calls));
  inb_row_set_integer (row, INB_ACTIVITY_DURATION_SECONDS, g_rand_int_range (story->random, 40, 1500));
}

static void
add_mail (Story *story)
{
  const char *subject = PICK (story, subjects);
  g_autofree char *title = g_strdup_printf ("Mail: %s", subject);
  InbRow *row = add (story, "email", title, FALSE);

  inb_row_set (row, INB_ACTIVITY_DIRECTION, "outbound");
  inb_row_set (row, INB_ACTIVITY_SUBJECT, subject);
  inb_row_set (row, INB_ACTIVITY_TO_ADDRESS, inb_row_get (story->demo->contact, INB_CONTACT_EMAIL));
}

static void
add_note (Story *story)
{
  InbRow *row = add (story, "note", "Note", FALSE);

  inb_row_set (row, INB_ACTIVITY_BODY, PICK (story, notes));
  inb_row_set (row, INB_ACTIVITY_DESCRIPTION, inb_row_get (row, INB_ACTIVITY_BODY));
}

static void
add_appointment (Story *story)
{
  gint64 day = inb_time_day_start (story->time + g_rand_int_range (story->random, 1, 9) * INB_TIME_DAY, story->setting->timezone);
  gint64 due_at = day + g_rand_int_range (story->random, 18, 36) * 30 * MINUTE;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (due_at / INB_TIME_SECOND);
  g_autoptr (GDateTime) due = g_date_time_to_timezone (utc, story->setting->timezone);
  g_autofree char *text = g_date_time_format (due, "%Y-%m-%d %I:%M%p");
  g_autofree char *title = g_strdup_printf ("Appointment: %s", text);
  InbRow *row = add (story, "appointment_scheduled", title, FALSE);

  inb_row_set (row, INB_ACTIVITY_DUE_TEXT, text);
  inb_row_set_time (row, INB_ACTIVITY_DUE_AT, due_at);
  inb_row_set_time (row, INB_ACTIVITY_STARTS_AT, due_at);
  inb_row_set (row, INB_ACTIVITY_STATUS, due_at < story->setting->now ? "completed" : "scheduled");
}

static void
move (Story      *story,
      const char *key)
{
  InbRow *lead = story->demo->lead;
  const char *before = inb_row_get (lead, INB_LEAD_STAGE);
  g_autofree char *title = g_strdup_printf ("Status: %s → %s", before, key);
  InbRow *row;

  if (inb_stage_set_find (story->setting->stages, key) == NULL)
    return;

  row = add (story, "status_updated", title, FALSE);
  inb_row_set (row, INB_ACTIVITY_FIELD_NAME, "stage");
  inb_row_take (row, INB_ACTIVITY_OLD_VALUE, g_strdup_printf ("\"%s\"", before));
  inb_row_take (row, INB_ACTIVITY_NEW_VALUE, g_strdup_printf ("\"%s\"", key));
  inb_lead_set_stage (lead, story->setting->stages, key, story->time - 1);
}

static void
win (Story *story)
{
  InbRow *row = add (story, "lead_converted", "🎉 Lead Converted to Won", FALSE);
  gint64 estimate;

  inb_row_set (row, INB_ACTIVITY_OUTCOME, "converted");
  if (inb_money_parse (inb_row_get (story->demo->lead, INB_LEAD_ESTIMATED_VALUE), &estimate))
    inb_row_take (story->demo->lead, INB_LEAD_CONVERSION_VALUE,
                  inb_money_format (estimate * g_rand_int_range (story->random, 84, 112) / 100));
}

static void
lose (Story *story)
{
  pass (story, 4 * HOUR, 9 * INB_TIME_DAY);
  move (story, "lost");
  inb_row_set (story->demo->lead, INB_LEAD_LOST_REASON, PICK (story, lost_reasons));
}

static void
step_to (Story *story,
         guint  stage)
{
  if (stage == 1)
    pass_until_answered (story);
  else
    pass (story, 2 * HOUR, 6 * INB_TIME_DAY);
  if (inb_row_get (story->demo->contact, INB_CONTACT_PHONE_E164) != NULL && chance (story, 75))
    add_call (story);
  else if (inb_row_get (story->demo->contact, INB_CONTACT_EMAIL) != NULL)
    add_mail (story);
  if (chance (story, 30))
    add_note (story);
  if (stage == 2 && chance (story, 45))
    add_appointment (story);
  move (story, stages[stage]);
}

static void
plan_follow_up (Story *story)
{
  InbRow *lead = story->demo->lead;
  gint64 due_at = inb_time_day_start (story->setting->now, story->setting->timezone)
                  + g_rand_int_range (story->random, -2, 10) * INB_TIME_DAY
                  + g_rand_int_range (story->random, 16, 36) * 30 * MINUTE;

  inb_row_set_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT, due_at);
  inb_row_set_integer (lead, INB_LEAD_FOLLOW_UP_COUNT, g_rand_int_range (story->random, 0, 4));
}

void
inb_demo_timeline_append (InbDemoLead          *demo,
                          const InbDemoSetting *setting,
                          GRand                *random,
                          const InbDemoAgent   *agent,
                          const char           *key)
{
  Story story = { demo, setting, random, agent, inb_row_get_time (demo->lead, INB_LEAD_CREATED_AT) };
  gboolean is_lost = g_str_equal (key, "lost");
  guint last = 0;
  InbRow *created;

  inb_lead_set_stage (demo->lead, setting->stages, INB_STAGE_DEFAULT_KEY, story.time);
  created = add (&story, "lead_created", "🆕 New Lead Created", TRUE);
  inb_row_set (created, INB_ACTIVITY_DESCRIPTION, "Lead created from webhook submission");

  if (is_lost)
    last = (guint) g_rand_int_range (random, 1, 4);
  while (!is_lost && !g_str_equal (stages[last], key))
    last++;
  for (guint stage = 1; stage <= last; stage++)
    step_to (&story, stage);

  if (is_lost)
    lose (&story);
  else if (g_str_equal (key, "won"))
    win (&story);
  else if (last > 0 && chance (&story, 70))
    plan_follow_up (&story);

  inb_row_set_time (demo->lead, INB_LEAD_UPDATED_AT, story.time);
  inb_row_set_time (demo->lead, INB_LEAD_LAST_ACTIVITY_AT, story.time);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-demo-lead.h"

#include "inb-demo-timeline.h"
#include "inb-money.h"
#include "inb-time.h"
#include "inb-uuid.h"

#define N_DAYS 240
#define MIN_TODAY 3 /* also just after midnight */
#define HOUR (3600 * INB_TIME_SECOND)

#define N_PRODUCTS 15

typedef struct {
  const char *name;
  const char *utm_source; /* NULL: nothing was clicked */
  const char *utm_medium;
  guint       weight;
  guint       products[N_PRODUCTS]; /* how often each product is asked for from here */
} Source;

typedef struct {
  const char *name;
  guint       value_from; /* in whole units of the currency */
  guint       value_to;
} Product;

static const Product products[N_PRODUCTS] = {
  { "Solar System", 9000, 28000 },
  { "Heat Pump", 14000, 36000 },
  { "Battery Storage", 5000, 14000 },
  { "Wallbox", 900, 2600 },
  { "Energy Consulting", 400, 3200 },
  { "Maintenance Plan", 180, 960 },
  { "Solar Carport", 12000, 34000 },
  { "Roof Renovation", 16000, 52000 },
  { "Balcony Solar", 500, 1400 },
  { "Smart Meter", 250, 900 },
  { "Hot Water Heat Pump", 2400, 5200 },
  { "Air Conditioning", 1800, 7800 },
  { "Fleet Charging", 18000, 90000 },
  { "Solar for Tenants", 30000, 140000 },
  { "Energy Audit", 600, 2400 },
};

static const Source sources[] = {
  { "Facebook Ads", "facebook", "paid_social", 30, { 38, 16, 13, 19, 3, 3, 2, 2, 8, 2, 1, 3, 0, 0, 1 } },
  { "Google Ads", "google", "cpc", 23, { 28, 30, 15, 9, 5, 5, 3, 5, 4, 2, 4, 4, 1, 1, 2 } },
  { "Landing page", "landing", "web", 14, { 42, 20, 18, 7, 2, 2, 4, 3, 5, 1, 1, 2, 0, 1, 1 } },
  { "LinkedIn Ads", "linkedin", "paid_social", 9, { 12, 10, 8, 8, 30, 5, 4, 2, 0, 3, 0, 2, 18, 14, 8 } },
  { "Website form", NULL, NULL, 10, { 22, 22, 14, 12, 9, 11, 3, 5, 3, 3, 3, 4, 2, 1, 3 } },
  { "Referral", NULL, NULL, 6, { 34, 28, 15, 5, 5, 5, 4, 9, 1, 0, 3, 3, 1, 2, 2 } },
  { "Zapier", NULL, NULL, 4, { 24, 17, 20, 20, 5, 5, 2, 2, 4, 4, 2, 3, 1, 0, 2 } },
  { "Newsletter", "newsletter", "email", 3, { 13, 17, 28, 9, 9, 17, 2, 2, 6, 8, 4, 6, 0, 0, 5 } },
  { "Trade fair", NULL, NULL, 2, { 24, 34, 17, 5, 11, 2, 6, 8, 1, 1, 2, 4, 6, 5, 3 } },
  { "Instagram Ads", "instagram", "paid_social", 7, { 26, 8, 8, 22, 2, 1, 3, 1, 24, 2, 1, 6, 0, 0, 0 } },
  { "Bing Ads", "bing", "cpc", 3, { 26, 32, 14, 6, 4, 4, 2, 6, 2, 1, 5, 4, 1, 1, 2 } },
  { "Partner portal", NULL, NULL, 3, { 16, 20, 10, 8, 8, 8, 6, 14, 0, 2, 4, 4, 6, 6, 6 } },
};

static const char * const campaigns[] = { "spring-roof", "subsidy-2026", "independence", "fleet-charging", "retargeting", "brand" };
static const char * const inquiries[] = {
  "Please call me back in the afternoon.", "How long is the waiting time at the moment?", "We are building a house and compare offers.",
  "Is there a subsidy for this?", "Need an offer for an older building from 1974.", "Our roof faces south-west, about 60 m².",
  "Can you come by next week?", "What does it cost per month?", "Wir hätten gern ein Angebot für ein Zweifamilienhaus.",
  "Bitte nur per E-Mail melden, danke schön!", "Interested for our three sites.", "My neighbour recommended you.",
};
static const char * const budgets[] = { "< 5,000", "5,000–15,000", "15,000–30,000", "> 30,000" };
static const char * const timelines[] = { "At once", "Within three months", "This year", "Not decided" };

/* Arrivals per hour of the day: the working day, and once more in the evening. */
static const guint hours[24] = { 2, 1, 1, 1, 1, 2, 5, 12, 20, 27, 32, 30, 24, 25, 28, 29, 30, 32, 35, 40, 42, 34, 18, 7 };
/* Per day of the week, Monday first. */
static const guint weekdays[7] = { 100, 108, 104, 96, 84, 52, 46 };

static guint
pick_weighted (GRand       *random,
               const guint *weights,
               guint        n_weights)
{
  gint32 total = 0;
  gint32 number;
  guint i;

  for (i = 0; i < n_weights; i++)
    total += (gint32) weights[i];
  number = g_rand_int_range (random, 0, total);
  for (i = 0; i < n_weights - 1 && number >= (gint32) weights[i]; i++)
    number -= (gint32) weights[i];

  return i;
}

static gboolean
chance (GRand *random,
        guint  percent)
{
  return g_rand_int_range (random, 0, 100) < (gint32) percent;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

GArray *
inb_demo_arrivals_new (const InbDemoSetting *setting,
                       GRand                *random,
                       guint                 n_leads)
{
  GArray *arrivals = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_leads);
  gint64 midnight = inb_time_day_start (setting->now, setting->timezone);
  gint64 days[N_DAYS + 1] = { midnight };
  guint weights[N_DAYS + 1];

  /* Today counts by how much of it has passed; before it the business was a little smaller every week. */
  weights[0] = 2 + (guint) ((setting->now - midnight) * 100 / INB_TIME_DAY);
  for (guint i = 1; i <= N_DAYS; i++)
    {
      g_autoptr (GDateTime) utc = NULL;
      g_autoptr (GDateTime) day = NULL;

      days[i] = inb_time_day_start (days[i - 1] - 1, setting->timezone);
      utc = g_date_time_new_from_unix_utc (days[i] / INB_TIME_SECOND);
      day = g_date_time_to_timezone (utc, setting->timezone);
      weights[i] = weekdays[g_date_time_get_day_of_week (day) - 1] * (2 * N_DAYS - i) / (2 * N_DAYS);
    }

  for (guint i = 0; i < n_leads; i++)
    {
      guint day = i < MIN_TODAY ? 0 : pick_weighted (random, weights, G_N_ELEMENTS (weights));
      gint64 time = days[day] + (gint64) pick_weighted (random, hours, G_N_ELEMENTS (hours)) * HOUR
                    + (gint64) (g_rand_double (random) * HOUR);

      /* What would still be to come today has come already. */
      if (time > setting->now)
        time = midnight + (gint64) (g_rand_double (random) * (double) (setting->now - midnight));
      g_array_append_val (arrivals, time);
    }
  g_array_sort (arrivals, compare_times);

  return arrivals;
}

/* What has become of a lead of that age: after a month most are decided, one in six is won. */
static const char *
pick_stage (GRand  *random,
            gint64  age)
{
  double days = (double) age / INB_TIME_DAY;
  double decided = MIN (days / 28, 1);
  double number = g_rand_double (random);
  guint open[4];

  if (number < 0.178 * decided)
    return "won";
  if (number < 0.885 * decided)
    return "lost";

  open[0] = days < 0.4 ? 80 : days < 2 ? 45 : days < 7 ? 14 : 4;
  open[1] = days < 0.4 ? 20 : 40;
  open[2] = days < 2 ? 10 : 34;
  open[3] = days < 4 ? 2 : 24;

  return ((const char *[]) { "new", "contacted", "qualified", "proposal" })[pick_weighted (random, open, 4)];
}

static void
set_origin (InbRow       *lead,
            GRand        *random,
            const Source *source)
{
  inb_row_set (lead, INB_LEAD_LEAD_SOURCE, source->name);
  if (source->utm_source == NULL)
    return;

  inb_row_set (lead, INB_LEAD_UTM_SOURCE, source->utm_source);
  inb_row_set (lead, INB_LEAD_UTM_MEDIUM, source->utm_medium);
  inb_row_set (lead, INB_LEAD_UTM_CAMPAIGN, campaigns[g_rand_int_range (random, 0, G_N_ELEMENTS (campaigns))]);
  inb_row_set (lead, INB_LEAD_LANDING_PAGE_URL, "https://www.example.com/offer");
  if (g_str_equal (source->utm_source, "facebook"))
    inb_row_set (lead, INB_LEAD_SUB_SOURCE, chance (random, 40) ? "Instagram" : "Facebook");
}

static void
set_interest (InbRow        *lead,
              GRand         *random,
              const Product *product)
{
  /* Offers end on 50 or 0. */
  gint64 value = g_rand_int_range (random, (gint32) product->value_from / 50, (gint32) product->value_to / 50) * 50;

  inb_row_set (lead, INB_LEAD_PRODUCT_INTEREST, product->name);
  if (chance (random, 78))
    inb_row_take (lead, INB_LEAD_ESTIMATED_VALUE, inb_money_format (value * 100));
  if (chance (random, 45))
    inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, inquiries[g_rand_int_range (random, 0, G_N_ELEMENTS (inquiries))]);
  if (chance (random, 40))
    inb_row_set (lead, INB_LEAD_BUDGET_RANGE, budgets[value < 5000 ? 0 : value < 15000 ? 1 : value < 30000 ? 2 : 3]);
  if (chance (random, 40))
    inb_row_set (lead, INB_LEAD_TIMELINE, timelines[g_rand_int_range (random, 0, G_N_ELEMENTS (timelines))]);
}

static void
set_score (InbRow     *lead,
           GRand      *random,
           const char *stage)
{
  gboolean is_good = g_str_equal (stage, "won") || g_str_equal (stage, "qualified") || g_str_equal (stage, "proposal");
  gint64 score = CLAMP (g_rand_int_range (random, 8, 66) + (is_good ? 33 : 0), 1, 99);

  inb_row_set_integer (lead, INB_LEAD_LEAD_SCORE, score);
  inb_row_set (lead, INB_LEAD_TEMPERATURE, score >= 70 ? "hot" : score >= 40 ? "warm" : "cold");
  inb_row_set (lead, INB_LEAD_PRIORITY, score >= 82 ? "high" : score >= 28 ? "normal" : "low");
}

static void
place_contact (InbDemoLead          *demo,
               const InbDemoSetting *setting,
               const InbDemoAgent   *agent)
{
  InbRow *contact = demo->contact;

  inb_row_take (contact, INB_CONTACT_ID, inb_uuid_new_v7 ());
  inb_row_set (contact, INB_CONTACT_WORKSPACE_ID, setting->workspace_id);
  inb_row_set (contact, INB_CONTACT_LEAD_SOURCE, inb_row_get (demo->lead, INB_LEAD_LEAD_SOURCE));
  inb_row_set (contact, INB_CONTACT_CREATED_AT, inb_row_get (demo->lead, INB_LEAD_CREATED_AT));
  inb_row_set (contact, INB_CONTACT_UPDATED_AT, inb_row_get (demo->lead, INB_LEAD_CREATED_AT));
  inb_row_set (contact, INB_CONTACT_OWNER_ID, agent == NULL ? NULL : agent->user_id);
}

InbDemoLead *
inb_demo_lead_new (const InbDemoSetting *setting,
                   GRand                *random,
                   InbRow               *contact,
                   gint64                arrived_at)
{
  InbDemoLead *demo = g_new0 (InbDemoLead, 1);
  InbRow *lead = inb_row_new (INB_KIND_LEAD);
  guint weights[G_N_ELEMENTS (sources)];
  const char *stage = pick_stage (random, setting->now - arrived_at);
  const InbDemoAgent *agent = NULL;
  const Source *source;

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    weights[i] = sources[i].weight;
  source = &sources[pick_weighted (random, weights, G_N_ELEMENTS (weights))];
  if (setting->n_agents > 0 && (!g_str_equal (stage, "new") || chance (random, 40)))
    agent = &setting->agents[g_rand_int_range (random, 0, (gint32) setting->n_agents)];

  demo->contact = contact;
  demo->lead = lead;
  demo->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  inb_row_take (lead, INB_LEAD_ID, inb_uuid_new_v7 ());
  inb_row_set (lead, INB_LEAD_WORKSPACE_ID, setting->workspace_id);
  inb_row_set (lead, INB_LEAD_CURRENCY, setting->currency);
  inb_row_set (lead, INB_LEAD_METADATA, "{\"sample\":true}");
  inb_row_set_time (lead, INB_LEAD_CREATED_AT, arrived_at);
  set_origin (lead, random, source);
  set_interest (lead, random, &products[pick_weighted (random, source->products, N_PRODUCTS)]);
  set_score (lead, random, stage);
  if (agent != NULL)
    {
      inb_row_set (lead, INB_LEAD_ASSIGNED_TO, agent->user_id);
      inb_row_set (lead, INB_LEAD_TEAM_ID, agent->team_id);
    }

  place_contact (demo, setting, agent);
  inb_row_set (lead, INB_LEAD_CONTACT_ID, inb_row_get (contact, INB_CONTACT_ID));
  inb_demo_timeline_append (demo, setting, random, agent, stage);
  inb_row_set (contact, INB_CONTACT_LAST_ACTIVITY_AT, inb_row_get (lead, INB_LEAD_LAST_ACTIVITY_AT));

  return demo;
}

void
inb_demo_lead_free (InbDemoLead *self)
{
  if (self == NULL)
    return;

  inb_row_unref (self->contact);
  inb_row_unref (self->lead);
  g_ptr_array_unref (self->activities);
  g_free (self);
}

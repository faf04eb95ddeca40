/* Filters, searches and the sorts of every column against a plain reference over the rows, on random rows and random changes. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-fold.h"
#include "inb-money.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-stage.h"
#include "inb-time.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define EPOCH "one"
#define NOW (1790000000 * INB_TIME_SECOND) /* 2026-09-21 */
#define N_LEADS 700
#define N_ROUNDS 8
#define N_FILTERS 60
#define NONE G_MININT64

typedef struct {
  InbSample   *sample;
  InbReplica  *replica;
  GPtrArray   *contacts;
  GPtrArray   *leads;    /* erased ones are taken out */
  GPtrArray   *stages;
  InbRow      *workspace;
  InbStageSet *set;
  GTimeZone   *timezone;
} World;

static const char * const owners[][2] = {
  { "00000000-0000-7000-8000-00000000000a", "Özlem" },
  { "00000000-0000-7000-8000-00000000000b", "Anton" },
  { "00000000-0000-7000-8000-00000000000c", "Zora" },
  { "00000000-0000-7000-8000-00000000000d", NULL }, /* has left */
};
static const char * const teams[][2] = { { "t1", "Nord" }, { "t2", "Ärzte" }, { "t3", "berlin" } };
static const char * const zones[] = {
  "Europe/Berlin", "Pacific/Auckland", "Asia/Kolkata", "America/Los_Angeles", "America/Havana", "Africa/Cairo",
};
static const char * const campaigns[] = { "autumn", "Änderung", "spring", "zebra" };
static const char * const inquiries[] = { "Bitte Rückruf wegen Straße 5", "Please call back", "SOLAR for the roof" };
static const char * const notes[] = { "Hund beißt", "key account", "nur vormittags" };
static const char * const words[] = {
  "mull", "GROSS", "straße", "strasse", "call", "nord", "example", "beisst", "ana", "solar", "o'neill", "é", "z", "lead", "roof please",
  "acme key", "nothing has this",
};
static const guint field_columns[INB_N_FILTER_FIELDS] = {
  [INB_FILTER_STAGE] = INB_LEAD_STAGE,
  [INB_FILTER_SOURCE] = INB_LEAD_LEAD_SOURCE,
  [INB_FILTER_PRODUCT] = INB_LEAD_PRODUCT_INTEREST,
  [INB_FILTER_OWNER] = INB_LEAD_ASSIGNED_TO,
  [INB_FILTER_TEAM] = INB_LEAD_TEAM_ID,
  [INB_FILTER_TEMPERATURE] = INB_LEAD_TEMPERATURE,
  [INB_FILTER_CAMPAIGN] = INB_LEAD_UTM_CAMPAIGN,
};

#define PICK(world, list) ((list)[g_rand_int_range ((world)->sample->rand, 0, G_N_ELEMENTS (list))])

static gboolean
chance (World *world,
        int    percent)
{
  return g_rand_int_range (world->sample->rand, 0, 100) < percent;
}

static gint64
random_time (World *world,
             int    days)
{
  return NOW - g_rand_int_range (world->sample->rand, -2 * 24 * 60, days * 24 * 60) * (60 * INB_TIME_SECOND);
}

/* --- What a lead is ------------------------------------------------------------------------------------------------------ */

static const InbRow *
find_contact (World        *world,
              const InbRow *lead)
{
  for (guint i = 0; i < world->contacts->len; i++)
    {
      const InbRow *contact = g_ptr_array_index (world->contacts, i);

      if (g_strcmp0 (inb_row_get_key (contact), inb_row_get (lead, INB_LEAD_CONTACT_ID)) == 0)
        return contact;
    }

  return NULL;
}

static const char *
get_contact (World        *world,
             const InbRow *lead,
             guint         column)
{
  const InbRow *contact = find_contact (world, lead);

  return contact != NULL ? inb_row_get (contact, column) : NULL;
}

static gboolean
is_shown (const InbRow *lead)
{
  return inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL && !inb_row_get_boolean (lead, INB_LEAD_IS_TEST);
}

static gboolean
is_open (World        *world,
         const InbRow *lead)
{
  return inb_stage_set_get_category (world->set, inb_row_get (lead, INB_LEAD_STAGE)) == INB_STAGE_CATEGORY_OPEN;
}

static gint64
get_response (const InbRow *lead)
{
  gint64 answered = inb_row_get_time (lead, INB_LEAD_FIRST_RESPONSE_AT);

  if (answered == INB_TIME_NONE)
    return NONE;

  return MAX (answered - inb_row_get_time (lead, INB_LEAD_CREATED_AT), 0) / INB_TIME_SECOND;
}

/* What it is sorted by: none, and nothing in another currency, comes last. */
static gint64
get_value (World        *world,
           const InbRow *lead)
{
  const char *currency = inb_row_get (lead, INB_LEAD_CURRENCY);
  const char *text = inb_row_get (lead, INB_LEAD_ESTIMATED_VALUE);
  gint64 value;

  if (currency != NULL && strcmp (currency, inb_row_get (world->workspace, INB_WORKSPACE_CURRENCY)) != 0)
    return NONE;
  if (inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED) && inb_row_get (lead, INB_LEAD_CONVERSION_VALUE) != NULL)
    text = inb_row_get (lead, INB_LEAD_CONVERSION_VALUE);

  return text != NULL && inb_money_parse (text, &value) && value != 0 ? value : NONE;
}

/* --- The reference ------------------------------------------------------------------------------------------------------- */

static gboolean
matches_range (World              *world,
               const InbDateRange *range,
               gint64              time)
{
  gint64 from, to;

  if (range->kind == INB_DATE_RANGE_ANY)
    return TRUE;
  inb_date_range_resolve (range, NOW, world->timezone, &from, &to);

  return time != INB_TIME_NONE && time >= from && time < to;
}

static gboolean
has_word (World        *world,
          const InbRow *lead,
          const char   *word)
{
  static const guint columns[] = {
    INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME, INB_CONTACT_EMAIL, INB_CONTACT_PHONE_DISPLAY, INB_CONTACT_COMPANY, INB_CONTACT_NOTES,
  };
  g_autofree char *inquiry = inb_fold_text (inb_row_get (lead, INB_LEAD_INITIAL_INQUIRY));

  if (strstr (inquiry, word) != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = inb_fold_text (get_contact (world, lead, columns[i]));

      if (strstr (text, word) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
matches_text (World        *world,
              const InbRow *lead,
              const char   *text)
{
  g_autofree char *folded = inb_fold_text (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (!has_word (world, lead, parts[i]))
        return FALSE;
    }

  return TRUE;
}

static gboolean
matches (World               *world,
         const InbRow        *lead,
         const InbLeadFilter *filter)
{
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (created_at / INB_TIME_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, world->timezone);
  gint64 follow_up_at = inb_row_get_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT);

  if (!is_shown (lead))
    return FALSE;
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      const char *value = inb_row_get (lead, field_columns[field]);

      if (filter->values[field] != NULL && !inb_lead_filter_has_value (filter, field, value != NULL ? value : ""))
        return FALSE;
    }
  if ((filter->flags & INB_FILTER_FOLLOW_UP_DUE) != 0 &&
      (follow_up_at == INB_TIME_NONE || follow_up_at > NOW || !is_open (world, lead)))
    return FALSE;
  if ((filter->flags & INB_FILTER_CONVERTED) != 0 && !inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED))
    return FALSE;
  if ((filter->flags & INB_FILTER_UNANSWERED) != 0 && (get_response (lead) != NONE || !is_open (world, lead)))
    return FALSE;

  return matches_range (world, &filter->created, created_at) &&
         matches_range (world, &filter->activity, inb_row_get_time (lead, INB_LEAD_LAST_ACTIVITY_AT)) &&
         (filter->weekday == 0 || g_date_time_get_day_of_week (local) == filter->weekday) &&
         (filter->hour < 0 || g_date_time_get_hour (local) == filter->hour) &&
         (filter->text == NULL || matches_text (world, lead, filter->text));
}

/* A sort key as text and number; neither: no value. */
typedef struct {
  const InbRow *lead;
  char         *text;
  gint64        number;
} Key;

static void
key_free (Key *key)
{
  g_free (key->text);
  g_free (key);
}

static const char *
find_name (const char * const  list[][2],
           guint               n_list,
           const char         *id)
{
  for (guint i = 0; i < n_list; i++)
    {
      if (g_strcmp0 (list[i][0], id) == 0 && list[i][1] != NULL)
        return list[i][1];
    }

  return NULL;
}

static void
take_name (Key                *key,
           const char * const  list[][2],
           guint               n_list,
           const char         *id)
{
  const char *name = find_name (list, n_list, id);

  if (id == NULL)
    return;
  key->number = name == NULL;
  key->text = g_utf8_collate_key (name != NULL ? name : id, -1);
}

static char *
collate (const char *text)
{
  return text != NULL ? g_utf8_collate_key (text, -1) : NULL;
}

static gint64
get_stage_place (World      *world,
                 const char *stage)
{
  const InbRow *row = inb_stage_set_find (world->set, stage);

  return row != NULL ? inb_row_get_integer (row, INB_STAGE_POSITION, 0) : G_MAXINT64;
}

static Key *
make_key (World        *world,
          const InbRow *lead,
          InbLeadSort   sort)
{
  Key *key = g_new0 (Key, 1);
  const char *temperature = inb_row_get (lead, INB_LEAD_TEMPERATURE);

  key->lead = lead;
  key->number = NONE;
  switch (sort)
    {
    case INB_LEAD_SORT_SOURCE:
      key->text = collate (inb_row_get (lead, INB_LEAD_LEAD_SOURCE));
      break;
    case INB_LEAD_SORT_PRODUCT:
      key->text = collate (inb_row_get (lead, INB_LEAD_PRODUCT_INTEREST));
      break;
    case INB_LEAD_SORT_STAGE:
      key->number = get_stage_place (world, inb_row_get (lead, INB_LEAD_STAGE));
      break;
    case INB_LEAD_SORT_COMPANY:
      key->text = collate (get_contact (world, lead, INB_CONTACT_COMPANY));
      break;
    case INB_LEAD_SORT_SCORE:
      key->number = inb_row_get_integer (lead, INB_LEAD_LEAD_SCORE, NONE);
      break;
    case INB_LEAD_SORT_TEMPERATURE:
      if (temperature != NULL)
        key->number = g_str_equal (temperature, "hot") ? 3 : g_str_equal (temperature, "warm") ? 2 : 1;
      break;
    case INB_LEAD_SORT_OWNER:
      take_name (key, owners, G_N_ELEMENTS (owners), inb_row_get (lead, INB_LEAD_ASSIGNED_TO));
      break;
    case INB_LEAD_SORT_TEAM:
      take_name (key, teams, G_N_ELEMENTS (teams), inb_row_get (lead, INB_LEAD_TEAM_ID));
      break;
    case INB_LEAD_SORT_VALUE:
      key->number = get_value (world, lead);
      break;
    case INB_LEAD_SORT_CAMPAIGN:
      key->text = collate (inb_row_get (lead, INB_LEAD_UTM_CAMPAIGN));
      break;
    case INB_LEAD_SORT_LAST_ACTIVITY:
      key->number = inb_row_get_time (lead, INB_LEAD_LAST_ACTIVITY_AT);
      break;
    case INB_LEAD_SORT_FOLLOW_UP:
      key->number = inb_row_get_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT);
      break;
    case INB_LEAD_SORT_RESPONSE:
      key->number = get_response (lead);
      break;
    default:
      key->number = inb_row_get_time (lead, INB_LEAD_CREATED_AT);
      break;
    }

  return key;
}

static int
compare_newest (const InbRow *a,
                const InbRow *b)
{
  gint64 one = inb_row_get_time (a, INB_LEAD_CREATED_AT);
  gint64 other = inb_row_get_time (b, INB_LEAD_CREATED_AT);

  if (one != other)
    return one > other ? -1 : 1;

  return -strcmp (inb_row_get_key (a), inb_row_get_key (b));
}

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const Key *one = *(Key * const *) a;
  const Key *other = *(Key * const *) b;
  const InbLeadQuery *query = user_data;
  gboolean one_missing = one->text == NULL && one->number == NONE;
  gboolean other_missing = other->text == NULL && other->number == NONE;
  int result;

  if (query->sort == INB_LEAD_SORT_CREATED)
    return compare_newest (one->lead, other->lead) * (query->descending ? 1 : -1);
  if (one_missing || other_missing)
    return one_missing == other_missing ? compare_newest (one->lead, other->lead) : one_missing - other_missing;

  result = (one->number > other->number) - (one->number < other->number);
  if (result == 0)
    result = g_strcmp0 (one->text, other->text);
  if (result == 0)
    return compare_newest (one->lead, other->lead);

  return query->descending ? -result : result;
}

static GPtrArray *
list_expected (World              *world,
               const InbLeadQuery *query)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) key_free);
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < world->leads->len; i++)
    {
      const InbRow *lead = g_ptr_array_index (world->leads, i);

      if (matches (world, lead, query->filter))
        g_ptr_array_add (keys, make_key (world, lead, query->sort));
    }
  g_ptr_array_sort_with_data (keys, compare_keys, (gpointer) query);
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (ids, (gpointer) inb_row_get_key (((Key *) g_ptr_array_index (keys, i))->lead));

  return ids;
}

/* --- Comparing ----------------------------------------------------------------------------------------------------------- */

static GPtrArray *
load (World              *world,
      const InbLeadQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (world->replica, query, &error);
  GPtrArray *summaries;

  g_assert_no_error (error);
  summaries = inb_kit_load (world->replica, rowids, &error);
  g_assert_no_error (error);

  return summaries;
}

static guint
check (World              *world,
       const InbLeadQuery *query)
{
  g_autoptr (GPtrArray) expected = list_expected (world, query);
  g_autoptr (GPtrArray) summaries = load (world, query);
  g_autofree char *json = inb_lead_filter_to_json (query->filter);

  if (summaries->len != expected->len)
    g_error ("%u leads, not %u, of %s", summaries->len, expected->len, json);
  for (guint i = 0; i < expected->len; i++)
    {
      const InbLeadSummary *summary = g_ptr_array_index (summaries, i);

      if (g_strcmp0 (summary->id, g_ptr_array_index (expected, i)) != 0)
        g_error ("another order at %u of %u, sort %u, %s", i, expected->len, query->sort, json);
    }

  return expected->len;
}

static void
randomize_range (World        *world,
                 InbDateRange *range)
{
  InbDateRangeKind kind = g_rand_int_range (world->sample->rand, INB_DATE_RANGE_TODAY, INB_DATE_RANGE_DAYS + 1);
  gint64 one = random_time (world, 400);
  g_autofree char *from = inb_time_get_day (one, world->timezone);
  g_autofree char *to = inb_time_get_day (one + 20 * INB_TIME_DAY, world->timezone);

  if (kind == INB_DATE_RANGE_DAYS)
    g_assert_true (inb_date_range_set_days (range, chance (world, 80) ? from : NULL, chance (world, 80) ? to : NULL));
  else
    range->kind = kind;
}

static void
randomize_values (World          *world,
                  InbLeadFilter  *filter,
                  InbFilterField  field)
{
  for (int i = g_rand_int_range (world->sample->rand, 1, 4); i > 0; i--)
    {
      const InbRow *lead = g_ptr_array_index (world->leads, (guint) g_rand_int_range (world->sample->rand, 0, (gint32) world->leads->len));
      const char *value = inb_row_get (lead, field_columns[field]);

      if (chance (world, 10))
        value = chance (world, 50) ? "no such value" : "";
      if (!inb_lead_filter_has_value (filter, field, value != NULL ? value : ""))
        inb_lead_filter_toggle_value (filter, field, value != NULL ? value : "");
    }
}

static void
randomize_filter (World         *world,
                  InbLeadFilter *filter)
{
  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    {
      if (chance (world, 20))
        randomize_values (world, filter, field);
    }
  if (chance (world, 25))
    randomize_range (world, &filter->created);
  if (chance (world, 15))
    randomize_range (world, &filter->activity);
  if (chance (world, 15))
    filter->weekday = g_rand_int_range (world->sample->rand, 1, 8);
  if (chance (world, 15))
    filter->hour = g_rand_int_range (world->sample->rand, 0, 24);
  if (chance (world, 25))
    filter->flags = 1 << g_rand_int_range (world->sample->rand, 0, 3);
  if (chance (world, 30))
    inb_lead_filter_set_text (filter, PICK (world, words));
}

static void
check_filters (World *world)
{
  guint n_rows = 0;

  for (guint i = 0; i < N_FILTERS; i++)
    {
      g_autoptr (InbLeadQuery) query = inb_lead_query_new ();

      query->now = NOW;
      randomize_filter (world, query->filter);
      n_rows += check (world, query);
    }
  g_assert_cmpuint (n_rows, >, 0);
}

static void
check_sorts (World *world)
{
  for (guint i = 0; i < 2 * INB_N_LEAD_SORTS; i++)
    {
      g_autoptr (InbLeadQuery) query = inb_lead_query_new ();

      /* Compared by test-replica-lists.c. */
      if (i / 2 == INB_LEAD_SORT_NAME || i / 2 == INB_LEAD_SORT_PHONE || i / 2 == INB_LEAD_SORT_EMAIL)
        continue;
      query->sort = i / 2;
      query->descending = i % 2 != 0;
      check (world, query);
      query->now = NOW;
      inb_lead_filter_set_text (query->filter, "e");
      check (world, query);
    }
}

/* Typed letter by letter, taken away and typed again: what was found before is made use of. */
static void
check_typing (World *world)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  static const char * const steps[] = { "m", "mu", "mul", "mull", "mulle", "mul", "mull x", "groß", "gross", "gros" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      inb_lead_filter_set_text (query->filter, steps[i]);
      check (world, query);
    }
}

/* The weekday by hour, counted here and there; and the facts that were kept up are those that are read anew. */
static void
check_hours (World *world)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbHeatMap) map = inb_kit_get_heat_map (world->replica, every, INB_HEAT_MAP_WEEKDAY_HOUR, NOW, &error);
  gint64 leads[7 * 24] = { 0, };

  g_assert_no_error (error);
  for (guint i = 0; i < world->leads->len; i++)
    {
      const InbRow *lead = g_ptr_array_index (world->leads, i);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (inb_row_get_time (lead, INB_LEAD_CREATED_AT) / INB_TIME_SECOND);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, world->timezone);

      if (is_shown (lead))
        leads[(g_date_time_get_day_of_week (local) - 1) * 24 + g_date_time_get_hour (local)]++;
    }
  g_assert_cmpuint (map->n_rows, ==, 7);
  g_assert_cmpuint (map->n_columns, ==, 24);
  for (guint i = 0; i < G_N_ELEMENTS (leads); i++)
    g_assert_cmpint (map->cells[i].leads, ==, leads[i]);
}

static char *
describe_figures (World *world)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (InbHeatMap) map = NULL;
  g_autoptr (InbTrends) trends = NULL;
  GString *text = g_string_new (NULL);

  inb_kit_wait_for_facts (world->replica);
  metrics = inb_kit_get_metrics (world->replica, NOW, &error);
  g_assert_no_error (error);
  map = inb_kit_get_heat_map (world->replica, every, INB_HEAT_MAP_SOURCE_PRODUCT, NOW, &error);
  g_assert_no_error (error);
  trends = inb_kit_get_trends (world->replica, every, NOW, &error);
  g_assert_no_error (error);
  g_assert_true (metrics->has_details);
  g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT,
                          metrics->total, metrics->pending, metrics->today, metrics->waiting_lead_id, metrics->response_median);
  for (guint i = 0; i < INB_METRICS_DAYS; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, metrics->days[i].leads);
  for (guint i = 0; i < map->n_rows * map->n_columns; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, map->cells[i].leads, map->cells[i].value);
  for (guint i = 0; i < trends->n_steps; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, trends->won[i], trends->won_value[i]);

  return g_string_free (text, FALSE);
}

static void
check_reopened (World      *world,
                const char *folder)
{
  g_autofree char *before = describe_figures (world);
  g_autofree char *after = NULL;

  inb_kit_drop (world->replica);
  world->replica = inb_kit_new (folder);
  after = describe_figures (world);
  g_assert_cmpstr (before, ==, after);
}

/* --- Changing ------------------------------------------------------------------------------------------------------------ */

static void
colour_lead (World  *world,
             InbRow *lead)
{
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);

  inb_row_set (lead, INB_LEAD_ASSIGNED_TO, chance (world, 30) ? NULL : PICK (world, owners)[0]);
  inb_row_set (lead, INB_LEAD_TEAM_ID, chance (world, 30) ? NULL : PICK (world, teams)[0]);
  inb_row_set (lead, INB_LEAD_UTM_CAMPAIGN, chance (world, 30) ? NULL : PICK (world, campaigns));
  inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, chance (world, 30) ? NULL : PICK (world, inquiries));
  inb_row_set (lead, INB_LEAD_CURRENCY, chance (world, 20) ? NULL : chance (world, 20) ? "CHF" : "EUR");
  if (chance (world, 20))
    inb_row_set (lead, INB_LEAD_TEMPERATURE, NULL);
  if (chance (world, 20))
    inb_row_set (lead, INB_LEAD_LEAD_SCORE, NULL);
  if (chance (world, 20))
    inb_row_set (lead, INB_LEAD_ESTIMATED_VALUE, NULL);
  if (chance (world, 30))
    inb_row_set (lead, INB_LEAD_CONVERSION_VALUE, "1234.50");
  inb_row_set_time (lead, INB_LEAD_LAST_ACTIVITY_AT, chance (world, 20) ? INB_TIME_NONE : created_at + INB_TIME_DAY);
  inb_row_set_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT, chance (world, 50) ? INB_TIME_NONE : random_time (world, 3));
  inb_row_set_time (lead, INB_LEAD_FIRST_RESPONSE_AT,
                    chance (world, 50) ? INB_TIME_NONE
                                       : created_at + g_rand_int_range (world->sample->rand, -10, 4000) * INB_TIME_SECOND);
  if (chance (world, 5))
    inb_row_set (lead, INB_LEAD_STAGE, "of another time");
}

static void
add_lead (World     *world,
          GPtrArray *page)
{
  gint64 created_at = random_time (world, 500);
  InbRow *contact = inb_sample_make_contact (world->sample, created_at);
  InbRow *lead = inb_sample_make_lead (world->sample, inb_row_get_key (contact), created_at);

  if (chance (world, 30))
    inb_row_set (contact, INB_CONTACT_NOTES, PICK (world, notes));
  colour_lead (world, lead);
  g_ptr_array_add (world->contacts, contact);
  g_ptr_array_add (world->leads, lead);
  g_ptr_array_insert (page, g_rand_int_range (world->sample->rand, 0, (gint32) page->len + 1), inb_row_ref (contact));
  g_ptr_array_insert (page, g_rand_int_range (world->sample->rand, 0, (gint32) page->len + 1), inb_row_ref (lead));
}

static InbRow *
pick (World     *world,
      GPtrArray *rows,
      GPtrArray *page)
{
  guint index = (guint) g_rand_int_range (world->sample->rand, 0, (gint32) rows->len);
  InbRow *row = inb_row_copy (g_ptr_array_index (rows, index));

  inb_row_unref (g_ptr_array_index (rows, index));
  rows->pdata[index] = row;
  inb_sample_touch (world->sample, row);
  g_ptr_array_add (page, inb_row_ref (row));

  return row;
}

static void
erase_lead (World     *world,
            GPtrArray *page)
{
  guint index = (guint) g_rand_int_range (world->sample->rand, 0, (gint32) world->leads->len);
  const InbRow *lead = g_ptr_array_index (world->leads, index);

  g_ptr_array_add (page, inb_sample_make_tombstone (world->sample, INB_KIND_LEAD, inb_row_get_key (lead)));
  g_ptr_array_remove_index (world->leads, index);
}

static void
change_something (World     *world,
                  GPtrArray *page)
{
  InbRow *row;

  switch (g_rand_int_range (world->sample->rand, 0, 8))
    {
    case 0:
      add_lead (world, page);
      break;
    case 1:
      erase_lead (world, page);
      break;
    case 2:
      row = pick (world, world->contacts, page);
      inb_row_set (row, INB_CONTACT_FIRSTNAME, chance (world, 50) ? "Müllerin" : "Zoë");
      inb_row_set (row, INB_CONTACT_COMPANY, chance (world, 30) ? NULL : "Nord & Straße");
      break;
    case 3:
      row = pick (world, world->contacts, page);
      inb_row_set (row, INB_CONTACT_NOTES, PICK (world, notes));
      break;
    case 4:
      row = pick (world, world->leads, page);
      inb_row_set_time (row, INB_LEAD_DELETED_AT, chance (world, 50) ? NOW : INB_TIME_NONE);
      inb_row_set_boolean (row, INB_LEAD_IS_TEST, chance (world, 20));
      break;
    case 5:
      row = pick (world, world->leads, page);
      inb_row_set (row, INB_LEAD_STAGE, chance (world, 50) ? "won" : "qualified");
      inb_row_set_boolean (row, INB_LEAD_IS_CONVERTED, g_str_equal (inb_row_get (row, INB_LEAD_STAGE), "won"));
      break;
    default:
      colour_lead (world, pick (world, world->leads, page));
      break;
    }
}

static void
take_workspace (World      *world,
                GPtrArray  *page,
                const char *zone,
                const char *currency)
{
  InbRow *workspace = inb_row_copy (world->workspace);

  inb_row_set (workspace, INB_WORKSPACE_TIMEZONE, zone);
  inb_row_set (workspace, INB_WORKSPACE_CURRENCY, currency);
  inb_sample_touch (world->sample, workspace);
  g_clear_pointer (&world->workspace, inb_row_unref);
  world->workspace = workspace;
  g_clear_pointer (&world->timezone, g_time_zone_unref);
  world->timezone = g_time_zone_new_identifier (zone);
  g_assert_nonnull (world->timezone);
  g_ptr_array_add (page, inb_row_ref (workspace));
}

/* A stage that was open is won or lost now. */
static void
take_stages (World     *world,
             GPtrArray *page)
{
  InbRow *stage = pick (world, world->stages, page);

  inb_row_set (stage, INB_STAGE_CATEGORY, chance (world, 50) ? "open" : "lost");
  g_clear_pointer (&world->set, inb_stage_set_unref);
  world->set = inb_stage_set_new (world->stages);
}

static void
apply (World     *world,
       GPtrArray *page)
{
  g_autoptr (GError) error = NULL;

  inb_kit_apply (world->replica, inb_kit_make_changes (world->replica, EPOCH, page, world->sample->seq), &error);
  g_assert_no_error (error);
}

static void
add_small (World     *world,
           GPtrArray *page)
{
  inb_sample_add_small (world->sample, page);
  for (guint i = 0; i < page->len; i++)
    {
      InbRow *row = g_ptr_array_index (page, i);

      if (inb_row_get_kind (row) == INB_KIND_STAGE)
        g_ptr_array_add (world->stages, inb_row_ref (row));
      else if (inb_row_get_kind (row) == INB_KIND_WORKSPACE)
        world->workspace = inb_row_ref (row);
    }
  world->set = inb_stage_set_new (world->stages);
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      InbRow *member = inb_row_new (INB_KIND_MEMBER);

      inb_row_set (member, INB_MEMBER_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
      inb_row_set (member, INB_MEMBER_USER_ID, owners[i][0]);
      inb_row_set (member, INB_MEMBER_NAME, owners[i][1] != NULL ? owners[i][1] : "Gone");
      if (owners[i][1] == NULL)
        inb_row_set_time (member, INB_MEMBER_DELETED_AT, NOW);
      inb_sample_touch (world->sample, member);
      g_ptr_array_add (page, member);
    }
  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      InbRow *team = inb_row_new (INB_KIND_TEAM);

      inb_row_set (team, INB_TEAM_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
      inb_row_set (team, INB_TEAM_ID, teams[i][0]);
      inb_row_set (team, INB_TEAM_NAME, teams[i][1]);
      inb_sample_touch (world->sample, team);
      g_ptr_array_add (page, team);
    }
}

static void
world_init (World      *world,
            const char *folder,
            guint       n_leads)
{
  GPtrArray *page = inb_kit_new_rows ();

  world->sample = inb_sample_new ((guint32) g_test_rand_int ());
  world->replica = inb_kit_new (folder);
  world->contacts = inb_kit_new_rows ();
  world->leads = inb_kit_new_rows ();
  world->stages = inb_kit_new_rows ();
  add_small (world, page);
  take_workspace (world, page, zones[0], "EUR");
  for (guint i = 0; i < n_leads; i++)
    add_lead (world, page);
  apply (world, page);
}

static void
world_clear (World *world)
{
  inb_kit_drop (world->replica);
  inb_sample_free (world->sample);
  g_ptr_array_unref (world->contacts);
  g_ptr_array_unref (world->leads);
  g_ptr_array_unref (world->stages);
  inb_row_unref (world->workspace);
  inb_stage_set_unref (world->set);
  g_time_zone_unref (world->timezone);
}

static void
test_random (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  World world = { NULL, };

  world_init (&world, folder, N_LEADS);
  check_filters (&world);
  check_sorts (&world);
  check_typing (&world);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      GPtrArray *page = inb_kit_new_rows ();

      for (guint i = 0; i < 60; i++)
        change_something (&world, page);
      if (round > 0)
        take_workspace (&world, page, zones[round % G_N_ELEMENTS (zones)], round == 3 ? "CHF" : "EUR");
      if (round == 5)
        take_stages (&world, page);
      apply (&world, page);
      check_filters (&world);
      check_sorts (&world);
      check_typing (&world);
      check_hours (&world);
    }
  check_reopened (&world, folder);
  check_filters (&world);

  world_clear (&world);
  inb_kit_delete_folder (folder);
}

/* One lead at a time, with queries in between, so that the order of creation is merged and not read anew. */
static void
test_arrivals (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  World world = { NULL, };

  world_init (&world, folder, 50);
  query->sort = INB_LEAD_SORT_SCORE;
  for (guint i = 0; i < 120; i++)
    {
      GPtrArray *page = inb_kit_new_rows ();

      if (i % 5 == 4)
        change_something (&world, page);
      else
        add_lead (&world, page);
      /* Several of one moment: their ids say which is newer. */
      if (i % 3 == 0)
        {
          const InbRow *other = g_ptr_array_index (world.leads, 0);
          InbRow *lead = inb_sample_make_lead (world.sample, NULL, inb_row_get_time (other, INB_LEAD_CREATED_AT));

          colour_lead (&world, lead);
          g_ptr_array_add (world.leads, lead);
          g_ptr_array_add (page, inb_row_ref (lead));
        }
      apply (&world, page);
      check (&world, query);
    }
  check_sorts (&world);

  world_clear (&world);
  inb_kit_delete_folder (folder);
}

/* --- Numbers ------------------------------------------------------------------------------------------------------------- */

static guint
count_found (World      *world,
             const char *text)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GPtrArray) summaries = NULL;

  inb_lead_filter_set_text (query->filter, text);
  summaries = load (world, query);

  return summaries->len;
}

static void
test_numbers (void)
{
  static const char * const spellings[] = {
    "+49 171 2345678", "0171 2345678", "01712345678", "0171/2345678", "0171-234 56 78", "+491712345678", "0049 171 2345678",
    "+49 (0)171 2345678", "+49 0171 2345678", "(0171) 23 45 678", "171 234", "2345678", "5678", "０１７１ ２３４５６７８", "anna 0171 234",
    "0171 234 anna", "+49 171 / 2345678",
  };
  static const char * const others[] = { "0172 2345678", "0171 2345679", "+43 171 23456789", "999", "anna 0172", "99 0171" };
  static const char * const local_spellings[] = { "030 987654", "+49 30 987654", "0049 (0)30 987654", "30987654", "987 654" };
  g_autofree char *folder = inb_kit_make_folder ();
  World world = { NULL, };
  GPtrArray *page = inb_kit_new_rows ();
  InbRow *contact, *lead;

  world_init (&world, folder, 0);
  contact = inb_sample_make_contact (world.sample, NOW);
  inb_row_set (contact, INB_CONTACT_FIRSTNAME, "Anna");
  inb_row_set (contact, INB_CONTACT_LASTNAME, NULL);
  inb_row_set (contact, INB_CONTACT_EMAIL, "x@example.org");
  inb_row_set (contact, INB_CONTACT_PHONE, "0171 / 2345678");
  inb_row_set (contact, INB_CONTACT_PHONE_E164, "+491712345678");
  inb_row_set (contact, INB_CONTACT_PHONE_DISPLAY, "+49 171 2345678");
  lead = inb_sample_make_lead (world.sample, inb_row_get_key (contact), NOW);
  inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, NULL);
  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  g_ptr_array_add (page, contact);
  g_ptr_array_add (page, lead);
  /* One that is no valid number has no E.164. */
  contact = inb_sample_make_contact (world.sample, NOW);
  inb_row_set (contact, INB_CONTACT_FIRSTNAME, "Bo");
  inb_row_set (contact, INB_CONTACT_LASTNAME, NULL);
  inb_row_set (contact, INB_CONTACT_EMAIL, "y@example.org");
  inb_row_set (contact, INB_CONTACT_PHONE, "030 987654");
  inb_row_set (contact, INB_CONTACT_PHONE_E164, NULL);
  inb_row_set (contact, INB_CONTACT_PHONE_DISPLAY, NULL);
  lead = inb_sample_make_lead (world.sample, inb_row_get_key (contact), NOW);
  inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, NULL);
  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  g_ptr_array_add (page, contact);
  g_ptr_array_add (page, lead);
  apply (&world, page);

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      if (count_found (&world, spellings[i]) != 1)
        g_error ("“%s” finds %u leads", spellings[i], count_found (&world, spellings[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (local_spellings); i++)
    {
      if (count_found (&world, local_spellings[i]) != 1)
        g_error ("“%s” finds %u leads", local_spellings[i], count_found (&world, local_spellings[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (count_found (&world, others[i]) != 0)
        g_error ("“%s” finds %u leads", others[i], count_found (&world, others[i]));
    }

  world_clear (&world);
  inb_kit_delete_folder (folder);
}

/* --- Contacts ------------------------------------------------------------------------------------------------------------ */

static void
check_contacts (World      *world,
                const char *text,
                InbLeadSort sort,
                gboolean    descending,
                const char *expected)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GPtrArray) summaries = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  query->contacts = TRUE;
  query->sort = sort;
  query->descending = descending;
  query->now = NOW;
  inb_lead_filter_set_text (query->filter, text);
  summaries = load (world, query);
  for (guint i = 0; i < summaries->len; i++)
    {
      const InbLeadSummary *summary = g_ptr_array_index (summaries, i);

      g_assert_cmpint (summary->rowid, <, 0);
      g_assert_null (summary->stage);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", summary->name);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static InbRow *
add_contact (World      *world,
             GPtrArray  *page,
             const char *name,
             const char *company,
             gint64      created_at)
{
  InbRow *contact = inb_sample_make_contact (world->sample, created_at);

  inb_row_set (contact, INB_CONTACT_FIRSTNAME, name);
  inb_row_set (contact, INB_CONTACT_LASTNAME, NULL);
  inb_row_set (contact, INB_CONTACT_COMPANY, company);
  g_ptr_array_add (page, contact);

  return contact;
}

static void
test_contacts (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (InbLeadDetail) none = NULL;
  g_autofree char *id = NULL;
  World world = { NULL, };
  GPtrArray *page = inb_kit_new_rows ();
  InbRow *contact, *lead, *activity;

  world_init (&world, folder, 0);
  add_contact (&world, page, "Otto", "Beta", NOW - 3);
  add_contact (&world, page, "Zoë", NULL, NOW - 1);
  contact = add_contact (&world, page, "Anna", "Alpha", NOW - 2);
  id = g_strdup (inb_row_get_key (contact));
  activity = inb_row_new (INB_KIND_ACTIVITY);
  inb_row_take (activity, INB_ACTIVITY_ID, inb_sample_make_id (world.sample, NOW));
  inb_row_set (activity, INB_ACTIVITY_CONTACT_ID, id);
  inb_row_set_time (activity, INB_ACTIVITY_CREATED_AT, NOW);
  inb_sample_touch (world.sample, activity);
  g_ptr_array_add (page, activity);
  apply (&world, page);
  check_contacts (&world, NULL, INB_LEAD_SORT_CREATED, TRUE, "Zoë, Anna, Otto");
  check_contacts (&world, NULL, INB_LEAD_SORT_CREATED, FALSE, "Otto, Anna, Zoë");
  check_contacts (&world, NULL, INB_LEAD_SORT_NAME, FALSE, "Anna, Otto, Zoë");
  check_contacts (&world, NULL, INB_LEAD_SORT_NAME, TRUE, "Zoë, Otto, Anna");
  check_contacts (&world, NULL, INB_LEAD_SORT_COMPANY, FALSE, "Anna, Otto, Zoë");
  check_contacts (&world, NULL, INB_LEAD_SORT_COMPANY, TRUE, "Otto, Anna, Zoë");
  check_contacts (&world, NULL, INB_LEAD_SORT_SCORE, TRUE, "Zoë, Anna, Otto");
  check_contacts (&world, "zoe", INB_LEAD_SORT_CREATED, TRUE, "Zoë");

  detail = inb_kit_get_contact (world.replica, id, &error);
  g_assert_no_error (error);
  g_assert_null (detail->lead);
  g_assert_cmpstr (inb_row_get_key (detail->contact), ==, id);
  g_assert_cmpuint (detail->activities->len, ==, 1);
  none = inb_kit_get_contact (world.replica, "nobody", &error);
  g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
  g_assert_null (none);

  /* With a lead it is listed there; with the lead deleted it is back. */
  page = inb_kit_new_rows ();
  lead = inb_sample_make_lead (world.sample, id, NOW);
  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  g_ptr_array_add (page, inb_row_ref (lead));
  apply (&world, page);
  check_contacts (&world, NULL, INB_LEAD_SORT_CREATED, TRUE, "Zoë, Otto");
  page = inb_kit_new_rows ();
  inb_row_set_time (lead, INB_LEAD_DELETED_AT, NOW);
  inb_sample_touch (world.sample, lead);
  g_ptr_array_add (page, lead);
  apply (&world, page);
  check_contacts (&world, NULL, INB_LEAD_SORT_CREATED, TRUE, "Zoë, Anna, Otto");
  page = inb_kit_new_rows ();
  g_ptr_array_add (page, inb_sample_make_tombstone (world.sample, INB_KIND_CONTACT, id));
  apply (&world, page);
  check_contacts (&world, NULL, INB_LEAD_SORT_CREATED, TRUE, "Zoë, Otto");

  world_clear (&world);
  inb_kit_delete_folder (folder);
}

/* --- The thread ---------------------------------------------------------------------------------------------------------- */

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  guint *n_answers = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbValueCounts) counts = inb_replica_get_values_finish (INB_REPLICA (source), result, &error);

  /* Nothing but that it was closed meanwhile may keep it from an answer. */
  if (counts == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  (*n_answers)++;
}

typedef struct {
  guint *n_answers;
  guint  n_awaited;
} Answers;

static gboolean
has_answers (gpointer data)
{
  const Answers *answers = data;

  return *answers->n_answers == answers->n_awaited;
}

/* Closed, emptied and changed while the facts are being read and asked for. */
static void
test_close (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();
  guint n_answers = 0;
  Answers answers = { &n_answers, 0 };
  World world = { NULL, };

  world_init (&world, folder, 500);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GError) error = NULL;

      inb_kit_drop (world.replica);
      world.replica = inb_kit_new (folder);
      for (guint i = 0; i <= round % 4; i++, answers.n_awaited++)
        inb_replica_get_values_async (world.replica, every, INB_FILTER_SOURCE, NOW, NULL, on_counted, &n_answers);
      if (round % 5 == 4)
        {
          inb_kit_reset (world.replica, EPOCH, &error);
          g_assert_no_error (error);
        }
    }
  inb_kit_wait (has_answers, &answers);
  g_assert_cmpuint (count_found (&world, "a"), ==, 0);

  world_clear (&world);
  inb_kit_delete_folder (folder);
}

static void
on_facts_ready (InbReplica *replica,
                gboolean   *ready)
{
  *ready = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
test_ready (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = NULL;
  gboolean ready = FALSE;
  World world = { NULL, };

  world_init (&world, folder, 100);
  inb_kit_drop (world.replica);
  world.replica = inb_replica_new (folder);
  g_signal_connect (world.replica, "facts-ready", G_CALLBACK (on_facts_ready), &ready);
  inb_kit_open (world.replica, &error);
  g_assert_no_error (error);
  inb_kit_wait (is_true, &ready);
  metrics = inb_kit_get_metrics (world.replica, NOW, &error);
  g_assert_no_error (error);
  g_assert_true (metrics->has_details);

  world_clear (&world);
  inb_kit_delete_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica-filters/arrivals", test_arrivals);
  g_test_add_func ("/replica-filters/close", test_close);
  g_test_add_func ("/replica-filters/contacts", test_contacts);
  g_test_add_func ("/replica-filters/numbers", test_numbers);
  g_test_add_func ("/replica-filters/random", test_random);
  g_test_add_func ("/replica-filters/ready", test_ready);

  return g_test_run ();
}

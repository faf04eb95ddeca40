/* Every sort and filter against a reference in memory, and the metrics against a recount, on random rows. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <locale.h>
#include <string.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"
#define N_LEADS 1500
#define N_STEPS 12

/* A lead as the reference sees it. */
typedef struct {
  const InbRow *lead;
  const InbRow *contact;
  char         *name;
  char         *sort_key;
  int           stage_position;
  gboolean      is_shown;
  gboolean      is_counted;
} Entry;

typedef struct {
  InbSample  *sample;
  InbReplica *replica;
  GPtrArray  *contacts;
  GPtrArray  *leads;
} World;

static const char *const stage_order[] = { "new", "contacted", "qualified", "proposal", "won", "lost" };

static void
entry_free (Entry *entry)
{
  g_free (entry->name);
  g_free (entry->sort_key);
  g_free (entry);
}

static const char *
get_phone (const Entry *entry)
{
  const char *phone;

  if (entry->contact == NULL)
    return NULL;
  phone = inb_row_get (entry->contact, INB_CONTACT_PHONE_DISPLAY);

  return phone != NULL ? phone : inb_row_get (entry->contact, INB_CONTACT_PHONE);
}

static const char *
get_email (const Entry *entry)
{
  return entry->contact == NULL ? NULL : inb_row_get (entry->contact, INB_CONTACT_EMAIL);
}

static Entry *
entry_new (World        *world,
           const InbRow *lead)
{
  Entry *entry = g_new0 (Entry, 1);
  const char *stage = inb_row_get (lead, INB_LEAD_STAGE);

  entry->lead = lead;
  for (guint i = 0; i < world->contacts->len; i++)
    {
      const InbRow *contact = g_ptr_array_index (world->contacts, i);

      if (g_strcmp0 (inb_row_get_key (contact), inb_row_get (lead, INB_LEAD_CONTACT_ID)) == 0)
        entry->contact = contact;
    }
  if (entry->contact != NULL)
    {
      const char *first = inb_row_get (entry->contact, INB_CONTACT_FIRSTNAME);
      const char *last = inb_row_get (entry->contact, INB_CONTACT_LASTNAME);

      if (first != NULL)
        entry->name = g_strdup_printf ("%s %s", first, last);
      else
        entry->name = g_strdup (get_email (entry) != NULL ? get_email (entry) : get_phone (entry));
    }
  entry->sort_key = entry->name == NULL ? NULL : g_utf8_collate_key (entry->name, -1);
  for (guint i = 0; i < G_N_ELEMENTS (stage_order); i++)
    {
      if (g_str_equal (stage, stage_order[i]))
        entry->stage_position = (int) i;
    }
  entry->is_shown = inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL;
  entry->is_counted = entry->is_shown && !inb_row_get_boolean (lead, INB_LEAD_IS_TEST);

  return entry;
}

static int
compare_newest (const Entry *a,
                const Entry *b)
{
  gint64 one = inb_row_get_time (a->lead, INB_LEAD_CREATED_AT);
  gint64 other = inb_row_get_time (b->lead, INB_LEAD_CREATED_AT);

  if (one != other)
    return one > other ? -1 : 1;

  return -strcmp (inb_row_get_key (a->lead), inb_row_get_key (b->lead));
}

/* Missing values last in both directions. */
static int
compare_column (const Entry *a,
                const Entry *b,
                const char  *one,
                const char  *other,
                gboolean     ignore_case,
                gboolean     descending)
{
  int result;

  if (one == NULL || other == NULL)
    result = (one == NULL) - (other == NULL);
  else
    result = (ignore_case ? g_ascii_strcasecmp (one, other) : strcmp (one, other)) * (descending ? -1 : 1);
  if (result != 0)
    return result;

  return strcmp (inb_row_get_key (a->lead), inb_row_get_key (b->lead)) * (descending ? -1 : 1);
}

static int
compare_group (const Entry *a,
               const Entry *b,
               guint        column,
               gboolean     descending)
{
  const char *one = inb_row_get (a->lead, column);
  const char *other = inb_row_get (b->lead, column);
  int result;

  if (one == NULL || other == NULL)
    result = (one == NULL) - (other == NULL);
  else
    result = g_utf8_collate (one, other) * (descending ? -1 : 1);

  return result != 0 ? result : compare_newest (a, b);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const Entry *one = *(Entry *const *) a;
  const Entry *other = *(Entry *const *) b;
  const InbLeadQuery *query = user_data;
  int result;

  switch (query->sort)
    {
    case INB_LEAD_SORT_CREATED:
      return compare_newest (one, other) * (query->descending ? 1 : -1);

    case INB_LEAD_SORT_NAME:
      return compare_column (one, other, one->sort_key, other->sort_key, FALSE, query->descending);

    case INB_LEAD_SORT_PHONE:
      return compare_column (one, other, get_phone (one), get_phone (other), FALSE, query->descending);

    case INB_LEAD_SORT_EMAIL:
      return compare_column (one, other, get_email (one), get_email (other), TRUE, query->descending);

    case INB_LEAD_SORT_SOURCE:
      return compare_group (one, other, INB_LEAD_LEAD_SOURCE, query->descending);

    case INB_LEAD_SORT_PRODUCT:
      return compare_group (one, other, INB_LEAD_PRODUCT_INTEREST, query->descending);

    case INB_LEAD_SORT_STAGE:
    case INB_LEAD_SORT_COMPANY:
    case INB_LEAD_SORT_SCORE:
    case INB_LEAD_SORT_TEMPERATURE:
    case INB_LEAD_SORT_OWNER:
    case INB_LEAD_SORT_TEAM:
    case INB_LEAD_SORT_VALUE:
    case INB_LEAD_SORT_CAMPAIGN:
    case INB_LEAD_SORT_LAST_ACTIVITY:
    case INB_LEAD_SORT_FOLLOW_UP:
    case INB_LEAD_SORT_RESPONSE:
    case INB_N_LEAD_SORTS:
    default:
      result = (one->stage_position - other->stage_position) * (query->descending ? -1 : 1);
      return result != 0 ? result : compare_newest (one, other);
    }
}

static gboolean
is_meant (const InbLeadQuery *query,
          InbFilterField      field,
          const char         *value)
{
  return query->filter->values[field] == NULL || inb_lead_filter_has_value (query->filter, field, value != NULL ? value : "");
}

static gboolean
matches (const Entry        *entry,
         const InbLeadQuery *query)
{
  return entry->is_shown &&
         is_meant (query, INB_FILTER_STAGE, inb_row_get (entry->lead, INB_LEAD_STAGE)) &&
         is_meant (query, INB_FILTER_SOURCE, inb_row_get (entry->lead, INB_LEAD_LEAD_SOURCE)) &&
         is_meant (query, INB_FILTER_PRODUCT, inb_row_get (entry->lead, INB_LEAD_PRODUCT_INTEREST));
}

static void
check_query (World              *world,
             GPtrArray          *entries,
             const InbLeadQuery *query)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GPtrArray) summaries = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      if (matches (g_ptr_array_index (entries, i), query))
        g_ptr_array_add (expected, g_ptr_array_index (entries, i));
    }
  g_ptr_array_sort_with_data (expected, compare_entries, (gpointer) query);

  rowids = inb_kit_query (world->replica, query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rowids->len, ==, expected->len);
  summaries = inb_kit_load (world->replica, rowids, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < expected->len; i++)
    {
      const Entry *entry = g_ptr_array_index (expected, i);
      const InbLeadSummary *summary = g_ptr_array_index (summaries, i);

      g_assert_cmpstr (summary->id, ==, inb_row_get_key (entry->lead));
      g_assert_cmpstr (summary->name, ==, entry->name != NULL ? entry->name : "");
      g_assert_cmpstr (summary->phone, ==, get_phone (entry));
      g_assert_cmpstr (summary->email, ==, get_email (entry));
      g_assert_cmpstr (summary->source, ==, inb_row_get (entry->lead, INB_LEAD_LEAD_SOURCE));
      g_assert_cmpint (summary->created_at, ==, inb_row_get_time (entry->lead, INB_LEAD_CREATED_AT));
    }
}

static void
check_top (GHashTable *counts,
           const char *top,
           gint64      top_count)
{
  GHashTableIter iter;
  gpointer name, count;
  const char *best = NULL;
  int best_count = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, &count))
    {
      if (GPOINTER_TO_INT (count) > best_count || (GPOINTER_TO_INT (count) == best_count && g_strcmp0 (name, best) < 0))
        {
          best = name;
          best_count = GPOINTER_TO_INT (count);
        }
    }
  g_assert_cmpstr (top, ==, best);
  g_assert_cmpint (top_count, ==, best_count);
}

static void
count_name (GHashTable *counts,
            const char *name)
{
  if (name != NULL)
    g_hash_table_insert (counts, (gpointer) name, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (counts, name)) + 1));
}

static void
check_metrics (World     *world,
               GPtrArray *entries)
{
  g_autoptr (GHashTable) products = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GTimeZone) timezone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMetrics) metrics = inb_kit_get_metrics (world->replica, NOW, &error);
  gint64 midnight = inb_time_day_start (NOW, timezone);
  InbMetrics expected = { 0, };

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      if (!entry->is_counted)
        continue;
      expected.total++;
      expected.new_leads += entry->stage_position == 0;
      expected.pending += entry->stage_position >= 1 && entry->stage_position <= 3;
      expected.today += inb_row_get_time (entry->lead, INB_LEAD_CREATED_AT) >= midnight;
      expected.converted += inb_row_get_boolean (entry->lead, INB_LEAD_IS_CONVERTED);
      count_name (products, inb_row_get (entry->lead, INB_LEAD_PRODUCT_INTEREST));
      count_name (sources, inb_row_get (entry->lead, INB_LEAD_LEAD_SOURCE));
    }
  g_assert_cmpint (metrics->total, ==, expected.total);
  g_assert_cmpint (metrics->new_leads, ==, expected.new_leads);
  g_assert_cmpint (metrics->pending, ==, expected.pending);
  g_assert_cmpint (metrics->today, ==, expected.today);
  g_assert_cmpint (metrics->converted, ==, expected.converted);
  check_top (products, metrics->top_product, metrics->top_product_count);
  check_top (sources, metrics->top_source, metrics->top_source_count);
}

static void
check_all (World *world)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  static const char *const filters[][3] = {
    { NULL, NULL, NULL },
    { "new", NULL, NULL },
    { NULL, "Änderung", NULL },
    { NULL, NULL, "Solar" },
    { "won", "Facebook Ads", NULL },
    { "contacted", "LinkedIn", "Ökostrom" },
    { "no such stage", NULL, NULL },
  };

  for (guint i = 0; i < world->leads->len; i++)
    g_ptr_array_add (entries, entry_new (world, g_ptr_array_index (world->leads, i)));

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      for (guint sort = 0; sort < 2 * (INB_LEAD_SORT_STAGE + 1); sort++)
        {
          g_autoptr (InbLeadQuery) query = inb_lead_query_new ();

          query->sort = sort / 2;
          query->descending = sort % 2;
          for (InbFilterField field = INB_FILTER_STAGE; field <= INB_FILTER_PRODUCT; field++)
            {
              if (filters[i][field] != NULL)
                inb_lead_filter_toggle_value (query->filter, field, filters[i][field]);
            }
          check_query (world, entries, query);
        }
    }
  check_metrics (world, entries);
}

static void
change_something (World     *world,
                  GPtrArray *page)
{
  GRand *rand = world->sample->rand;
  InbRow *row;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      row = inb_sample_pick (world->sample, world->contacts, page);
      inb_row_set (row, INB_CONTACT_FIRSTNAME, g_rand_boolean (rand) ? "Ärmel" : "zora");
      inb_row_set (row, INB_CONTACT_LASTNAME, "Test");
      break;

    case 1:
      row = inb_sample_pick (world->sample, world->contacts, page);
      inb_row_set (row, INB_CONTACT_EMAIL, g_rand_boolean (rand) ? NULL : "Same@Example.org");
      break;

    case 2:
      row = inb_sample_pick (world->sample, world->leads, page);
      inb_row_set (row, INB_LEAD_STAGE, stage_order[g_rand_int_range (rand, 0, G_N_ELEMENTS (stage_order))]);
      inb_row_set_boolean (row, INB_LEAD_IS_CONVERTED, g_str_equal (inb_row_get (row, INB_LEAD_STAGE), "won"));
      break;

    case 3:
      row = inb_sample_pick (world->sample, world->leads, page);
      inb_row_set_time (row, INB_LEAD_DELETED_AT, g_rand_boolean (rand) ? NOW : INB_TIME_NONE);
      break;

    default:
      row = inb_sample_pick (world->sample, world->leads, page);
      inb_row_set (row, INB_LEAD_PRODUCT_INTEREST, g_rand_boolean (rand) ? NULL : "Solar");
      break;
    }
}

/* Leads and contacts in a random order, so that many a lead comes before its contact. */
static GPtrArray *
shuffle_first_page (World *world)
{
  GPtrArray *page = inb_kit_new_rows ();

  inb_sample_add_small (world->sample, page);
  for (guint i = 0; i < N_LEADS; i++)
    {
      gint64 created_at = NOW - (gint64) g_rand_int_range (world->sample->rand, 0, 3000) * 60 * INB_TIME_SECOND;
      InbRow *contact = inb_sample_make_contact (world->sample, created_at);
      InbRow *lead = inb_sample_make_lead (world->sample, inb_row_get_key (contact), created_at);

      g_ptr_array_add (world->contacts, contact);
      g_ptr_array_add (world->leads, lead);
      g_ptr_array_insert (page, g_rand_int_range (world->sample->rand, 0, (gint32) page->len + 1), inb_row_ref (contact));
      g_ptr_array_insert (page, g_rand_int_range (world->sample->rand, 0, (gint32) page->len + 1), inb_row_ref (lead));
    }

  return page;
}

static void
test_lists (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbSample) sample = inb_sample_new (g_test_rand_int_range (1, G_MAXINT));
  g_autoptr (GPtrArray) contacts = inb_kit_new_rows ();
  g_autoptr (GPtrArray) leads = inb_kit_new_rows ();
  World world = { sample, inb_kit_new (folder), contacts, leads };
  g_autoptr (GError) error = NULL;

  inb_kit_apply (world.replica, inb_kit_make_changes (world.replica, EPOCH, shuffle_first_page (&world), sample->seq), &error);
  g_assert_no_error (error);
  check_all (&world);

  for (guint step = 0; step < N_STEPS; step++)
    {
      GPtrArray *page = inb_kit_new_rows ();

      for (guint i = 0; i < 40; i++)
        change_something (&world, page);
      inb_kit_apply (world.replica, inb_kit_make_changes (world.replica, EPOCH, page, sample->seq), &error);
      g_assert_no_error (error);
    }
  check_all (&world);

  inb_kit_drop (world.replica);
  inb_kit_delete_folder (folder);
}

static void
test_query_type (void)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (InbLeadQuery) copy = NULL;

  inb_lead_filter_toggle_value (query->filter, INB_FILTER_SOURCE, "Zapier");
  copy = inb_lead_query_copy (query);
  g_assert_true (inb_lead_query_equal (query, copy));
  copy->descending = FALSE;
  g_assert_false (inb_lead_query_equal (query, copy));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica/lists/query", test_query_type);
  g_test_add_func ("/replica/lists/sorts", test_lists);

  return g_test_run ();
}

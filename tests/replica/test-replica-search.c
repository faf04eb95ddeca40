/* Searching by any spelling of a phone number, and the contacts that have no lead. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-find-bytes.h"
#include "inb-world.h"

#include <string.h>

static guint
count_found (InbWorld   *world,
             const char *text)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GPtrArray) summaries = NULL;

  inb_lead_filter_set_text (query->filter, text);
  summaries = inb_world_load (world, query);

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
  InbWorld world = { NULL, };
  GPtrArray *page = inb_kit_new_rows ();
  InbRow *contact, *lead;

  inb_world_init (&world, folder, 0);
  contact = inb_sample_make_contact (world.sample, INB_WORLD_NOW);
  inb_row_set (contact, INB_CONTACT_FIRSTNAME, "Anna");
  inb_row_set (contact, INB_CONTACT_LASTNAME, NULL);
  inb_row_set (contact, INB_CONTACT_EMAIL, "x@example.org");
  inb_row_set (contact, INB_CONTACT_PHONE, "0171 / 2345678");
  inb_row_set (contact, INB_CONTACT_PHONE_E164, "+491712345678");
  inb_row_set (contact, INB_CONTACT_PHONE_DISPLAY, "+49 171 2345678");
  lead = inb_sample_make_lead (world.sample, inb_row_get_key (contact), INB_WORLD_NOW);
  inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, NULL);
  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  g_ptr_array_add (page, contact);
  g_ptr_array_add (page, lead);
  /* One that is no valid number has no E.164. */
  contact = inb_sample_make_contact (world.sample, INB_WORLD_NOW);
  inb_row_set (contact, INB_CONTACT_FIRSTNAME, "Bo");
  inb_row_set (contact, INB_CONTACT_LASTNAME, NULL);
  inb_row_set (contact, INB_CONTACT_EMAIL, "y@example.org");
  inb_row_set (contact, INB_CONTACT_PHONE, "030 987654");
  inb_row_set (contact, INB_CONTACT_PHONE_E164, NULL);
  inb_row_set (contact, INB_CONTACT_PHONE_DISPLAY, NULL);
  lead = inb_sample_make_lead (world.sample, inb_row_get_key (contact), INB_WORLD_NOW);
  inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, NULL);
  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  g_ptr_array_add (page, contact);
  g_ptr_array_add (page, lead);
  inb_world_apply (&world, page);

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

  inb_world_clear (&world);
  inb_kit_delete_folder (folder);
}

static void
check_contacts (InbWorld   *world,
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
  query->now = INB_WORLD_NOW;
  inb_lead_filter_set_text (query->filter, text);
  summaries = inb_world_load (world, query);
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
add_contact (InbWorld   *world,
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
  InbWorld world = { NULL, };
  GPtrArray *page = inb_kit_new_rows ();
  InbRow *contact, *lead, *activity;

  inb_world_init (&world, folder, 0);
  add_contact (&world, page, "Otto", "Beta", INB_WORLD_NOW - 3);
  add_contact (&world, page, "Zoë", NULL, INB_WORLD_NOW - 1);
  contact = add_contact (&world, page, "Anna", "Alpha", INB_WORLD_NOW - 2);
  id = g_strdup (inb_row_get_key (contact));
  activity = inb_row_new (INB_KIND_ACTIVITY);
  inb_row_take (activity, INB_ACTIVITY_ID, inb_sample_make_id (world.sample, INB_WORLD_NOW));
  inb_row_set (activity, INB_ACTIVITY_CONTACT_ID, id);
  inb_row_set_time (activity, INB_ACTIVITY_CREATED_AT, INB_WORLD_NOW);
  inb_sample_touch (world.sample, activity);
  g_ptr_array_add (page, activity);
  inb_world_apply (&world, page);
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
  lead = inb_sample_make_lead (world.sample, id, INB_WORLD_NOW);
  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, FALSE);
  g_ptr_array_add (page, inb_row_ref (lead));
  inb_world_apply (&world, page);
  check_contacts (&world, NULL, INB_LEAD_SORT_CREATED, TRUE, "Zoë, Otto");
  page = inb_kit_new_rows ();
  inb_row_set_time (lead, INB_LEAD_DELETED_AT, INB_WORLD_NOW);
  inb_sample_touch (world.sample, lead);
  g_ptr_array_add (page, lead);
  inb_world_apply (&world, page);
  check_contacts (&world, NULL, INB_LEAD_SORT_CREATED, TRUE, "Zoë, Anna, Otto");
  page = inb_kit_new_rows ();
  g_ptr_array_add (page, inb_sample_make_tombstone (world.sample, INB_KIND_CONTACT, id));
  inb_world_apply (&world, page);
  check_contacts (&world, NULL, INB_LEAD_SORT_CREATED, TRUE, "Zoë, Otto");

  inb_world_clear (&world);
  inb_kit_delete_folder (folder);
}

/* Against the C library's, on texts and words of few letters, so that there is much to find. The bytes behind the text are not
 * looked at: a sanitizer would say so. */
static void
test_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint n_found = 0;

  for (guint round = 0; round < 20000; round++)
    {
      gsize length = (gsize) g_rand_int_range (rand, 0, 70);
      gsize n_wanted = (gsize) g_rand_int_range (rand, 0, 7);
      g_autofree char *text = g_malloc (MAX (length, 1));
      char wanted[8];
      const char *found;

      for (gsize i = 0; i < length; i++)
        text[i] = (char) g_rand_int_range (rand, 'a', 'd');
      for (gsize i = 0; i < n_wanted; i++)
        wanted[i] = (char) g_rand_int_range (rand, 'a', 'd');
      found = inb_find_bytes (text, length, wanted, n_wanted);
      g_assert_true (found == memmem (text, length, wanted, n_wanted));
      n_found += found != NULL;
    }
  g_assert_cmpuint (n_found, >, 5000);
  g_assert_cmpuint (n_found, <, 19000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica-search/bytes", test_bytes);
  g_test_add_func ("/replica-search/contacts", test_contacts);
  g_test_add_func ("/replica-search/numbers", test_numbers);

  return g_test_run ();
}

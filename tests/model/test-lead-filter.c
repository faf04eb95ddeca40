/* Filters as values: what they hold, their JSON, and what of foreign JSON is refused. */
#include "inb-error.h"
#include "inb-lead-filter.h"

static void
set (InbLeadFilter      *filter,
     InbFilterField      field,
     const char * const *values)
{
  inb_lead_filter_set_values (filter, field, values);
}

static InbLeadFilter *
make_full (void)
{
  InbLeadFilter *filter = inb_lead_filter_new ();

  for (guint field = 0; field < INB_N_FILTER_FIELDS; field++)
    set (filter, field, (const char * const[]) { "b \"quoted\"", "", "ä", "b \"quoted\"", NULL });
  filter->created.kind = INB_DATE_RANGE_LAST_30_DAYS;
  g_assert_true (inb_date_range_set_days (&filter->activity, "2026-02-28", NULL));
  filter->weekday = 7;
  filter->hour = 0;
  filter->flags = INB_FILTER_FOLLOW_UP_DUE | INB_FILTER_CONVERTED | INB_FILTER_UNANSWERED;
  inb_lead_filter_set_text (filter, "  müller \n0171  ");

  return filter;
}

static void
test_values (void)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();

  g_assert_true (inb_lead_filter_is_empty (filter));
  set (filter, INB_FILTER_SOURCE, (const char * const[]) { "z", "a", "", "z", NULL });
  g_assert_cmpuint (g_strv_length (filter->values[INB_FILTER_SOURCE]), ==, 3);
  g_assert_cmpstr (filter->values[INB_FILTER_SOURCE][0], ==, "");
  g_assert_cmpstr (filter->values[INB_FILTER_SOURCE][2], ==, "z");
  g_assert_true (inb_lead_filter_has_value (filter, INB_FILTER_SOURCE, ""));
  g_assert_false (inb_lead_filter_has_value (filter, INB_FILTER_SOURCE, "b"));
  g_assert_false (inb_lead_filter_has_value (filter, INB_FILTER_STAGE, "z"));

  inb_lead_filter_toggle_value (filter, INB_FILTER_SOURCE, "b");
  g_assert_true (inb_lead_filter_has_value (filter, INB_FILTER_SOURCE, "b"));
  inb_lead_filter_toggle_value (filter, INB_FILTER_SOURCE, "b");
  inb_lead_filter_toggle_value (filter, INB_FILTER_SOURCE, "a");
  inb_lead_filter_toggle_value (filter, INB_FILTER_SOURCE, "z");
  inb_lead_filter_toggle_value (filter, INB_FILTER_SOURCE, "");
  g_assert_null (filter->values[INB_FILTER_SOURCE]);
  g_assert_true (inb_lead_filter_is_empty (filter));

  set (filter, INB_FILTER_TEAM, (const char * const[]) { NULL });
  g_assert_null (filter->values[INB_FILTER_TEAM]);
  inb_lead_filter_set_text (filter, " \t ");
  g_assert_null (filter->text);
  inb_lead_filter_set_text (filter, " a ");
  g_assert_cmpstr (filter->text, ==, "a");
  g_assert_false (inb_lead_filter_is_empty (filter));
  inb_lead_filter_clear (filter);
  g_assert_true (inb_lead_filter_is_empty (filter));
}

/* Each thing that a filter says makes it another one. */
static void
test_equal (void)
{
  for (guint i = 0; i < INB_N_FILTER_FIELDS + 6; i++)
    {
      g_autoptr (InbLeadFilter) filter = make_full ();
      g_autoptr (InbLeadFilter) copy = inb_lead_filter_copy (filter);

      g_assert_true (inb_lead_filter_equal (filter, copy));
      if (i < INB_N_FILTER_FIELDS)
        inb_lead_filter_toggle_value (copy, i, "other");
      else if (i == INB_N_FILTER_FIELDS)
        copy->created.kind = INB_DATE_RANGE_TODAY;
      else if (i == INB_N_FILTER_FIELDS + 1)
        g_assert_true (inb_date_range_set_days (&copy->activity, "2026-02-28", "2026-03-01"));
      else if (i == INB_N_FILTER_FIELDS + 2)
        copy->weekday = 1;
      else if (i == INB_N_FILTER_FIELDS + 3)
        copy->hour = -1;
      else if (i == INB_N_FILTER_FIELDS + 4)
        copy->flags = INB_FILTER_CONVERTED;
      else
        inb_lead_filter_set_text (copy, NULL);
      g_assert_false (inb_lead_filter_equal (filter, copy));
      g_assert_false (inb_lead_filter_equal (copy, filter));
    }
}

static void
check_round_trip (const InbLeadFilter *filter)
{
  g_autofree char *json = inb_lead_filter_to_json (filter);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadFilter) again = inb_lead_filter_new_from_json (json, &error);
  g_autofree char *json_again = NULL;

  g_assert_no_error (error);
  g_assert_true (inb_lead_filter_equal (filter, again));
  json_again = inb_lead_filter_to_json (again);
  g_assert_cmpstr (json, ==, json_again);
}

static void
test_json (void)
{
  g_autoptr (InbLeadFilter) full = make_full ();
  g_autoptr (InbLeadFilter) empty = inb_lead_filter_new ();
  g_autofree char *json = inb_lead_filter_to_json (empty);

  g_assert_cmpstr (json, ==, "{}");
  check_round_trip (empty);
  check_round_trip (full);
  for (guint kind = 0; kind < INB_DATE_RANGE_DAYS; kind++)
    {
      full->created.kind = kind;
      check_round_trip (full);
    }
}

static void
test_refusals (void)
{
  static const char * const refused[] = {
    "", "x", "[]", "\"stage\"", "null", "{\"stage\":\"new\"}", "{\"stage\":[1]}", "{\"stage\":[null]}", "{\"status\":[\"new\"]}",
    "{\"created\":\"some day\"}", "{\"created\":{\"from\":\"2026-02-30\"}}", "{\"created\":{\"from\":\"2026-03-02\",\"to\":\"2026-03-01\"}}",
    "{\"created\":7}", "{\"weekday\":0}", "{\"weekday\":8}", "{\"weekday\":\"1\"}", "{\"hour\":24}", "{\"hour\":-1}", "{\"hour\":1.5}",
    "{\"converted\":1}", "{\"converted\":\"true\"}", "{\"text\":5}", "{\"text\":\"a\",\"text\":\"b\"}", "{\"stage\":[\"new\"]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbLeadFilter) filter = inb_lead_filter_new_from_json (refused[i], &error);

      g_test_message ("%s", refused[i]);
      g_assert_null (filter);
      g_assert_nonnull (error);
      g_assert_true (error->domain == INB_ERROR);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lead-filter/values", test_values);
  g_test_add_func ("/lead-filter/equal", test_equal);
  g_test_add_func ("/lead-filter/json", test_json);
  g_test_add_func ("/lead-filter/refusals", test_refusals);

  return g_test_run ();
}

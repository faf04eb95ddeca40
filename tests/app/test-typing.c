/* What people type becomes a value or a reason, and follow-ups fall on working hours. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-field-text.h"
#include "inb-time-picker.h"
#include "inb-time.h"

static void
test_values (void)
{
  static const struct {
    InbKind     kind;
    guint       column;
    const char *typed;
    const char *clean;
    const char *problem;
  } cases[] = {
    { INB_KIND_LEAD, INB_LEAD_LEAD_SCORE, " 82 ", "82", NULL },
    { INB_KIND_LEAD, INB_LEAD_LEAD_SCORE, "", NULL, NULL },
    { INB_KIND_LEAD, INB_LEAD_LEAD_SCORE, "101", NULL, "Write a whole number from 0 to 100." },
    { INB_KIND_LEAD, INB_LEAD_ESTIMATED_VALUE, "1.250,50", "1250.50", NULL },
    { INB_KIND_LEAD, INB_LEAD_ESTIMATED_VALUE, "much", NULL, "Write an amount such as 1250.00." },
    { INB_KIND_LEAD, INB_LEAD_EXPECTED_CLOSE_DATE, "2026-02-30", NULL, "Write the day as 2026-11-22." },
    { INB_KIND_LEAD, INB_LEAD_PAIN_POINTS, "price, time", "[\"price\",\"time\"]", NULL },
    { INB_KIND_CONTACT, INB_CONTACT_EMAIL, "nobody", NULL, "Write a mail address such as name@example.org." },
    { INB_KIND_CONTACT, INB_CONTACT_COMPANY, "  Acme  ", "Acme", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *clean = NULL;
      g_autofree char *problem = NULL;
      gboolean valid = inb_field_text_parse (cases[i].kind, cases[i].column, cases[i].typed, &clean, &problem);

      g_assert_cmpstr (problem, ==, cases[i].problem);
      g_assert_cmpint (valid, ==, cases[i].problem == NULL);
      g_assert_cmpstr (clean, ==, cases[i].clean);
    }
}

static void
assert_preset (InbTimePreset  preset,
               const char    *now,
               const char    *wanted)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  gint64 time = inb_time_preset_resolve (preset, inb_app_kit_at (now), berlin);
  g_autofree char *text = time != INB_TIME_NONE ? inb_time_format (time) : NULL;

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_presets (void)
{
  /* A Monday. */
  assert_preset (INB_TIME_PRESET_LATER, "2026-11-23T09:10:00Z", "2026-11-23T12:30:00.000000Z");
  assert_preset (INB_TIME_PRESET_LATER, "2026-11-23T09:40:00Z", "2026-11-23T13:00:00.000000Z");
  assert_preset (INB_TIME_PRESET_LATER, "2026-11-23T18:00:00Z", NULL);
  assert_preset (INB_TIME_PRESET_LATER, "2026-11-23T22:30:00Z", NULL);
  assert_preset (INB_TIME_PRESET_TOMORROW, "2026-11-23T09:10:00Z", "2026-11-24T08:00:00.000000Z");
  assert_preset (INB_TIME_PRESET_IN_3_DAYS, "2026-11-23T09:10:00Z", "2026-11-26T08:00:00.000000Z");
  assert_preset (INB_TIME_PRESET_NEXT_WEEK, "2026-11-23T09:10:00Z", "2026-11-30T08:00:00.000000Z");
  assert_preset (INB_TIME_PRESET_NEXT_WEEK, "2026-11-29T09:10:00Z", "2026-11-30T08:00:00.000000Z");
  /* The night in which the clocks are put forward. */
  assert_preset (INB_TIME_PRESET_TOMORROW, "2026-03-28T12:00:00Z", "2026-03-29T07:00:00.000000Z");
}

static void
test_own_time (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  static const char *const wrong[] = { "", "24:00", "9:60", "nine", "9:00 x" };
  gint64 time;

  g_assert_true (inb_time_picker_parse ("2026-11-23", "9:05", berlin, &time));
  g_assert_cmpint (time, ==, inb_app_kit_at ("2026-11-23T08:05:00Z"));
  g_assert_true (inb_time_picker_parse ("2026-11-23", "17", berlin, &time));
  g_assert_cmpint (time, ==, inb_app_kit_at ("2026-11-23T16:00:00Z"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (inb_time_picker_parse ("2026-11-23", wrong[i], berlin, &time));
  g_assert_false (inb_time_picker_parse ("2026-11-31", "9:00", berlin, &time));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typing/values", test_values);
  g_test_add_func ("/typing/presets", test_presets);
  g_test_add_func ("/typing/own-time", test_own_time);

  return g_test_run ();
}

/* A file's lines, and what they say otherwise than the rows that they name. */
#include "inb-import-value.h"

#include "inb-error.h"
#include "inb-row-defaults.h"
#include "inb-time.h"

#include <string.h>

#define LEAD "0199f000-0000-7000-8000-000000000001"
#define CONTACT "0199f000-0000-7000-8000-000000000002"
#define ANNA "0199f000-0000-7000-8000-00000000000a"
#define BEN "0199f000-0000-7000-8000-00000000000b"
#define TWIN "0199f000-0000-7000-8000-00000000000c"

typedef struct {
  InbStageSet    *stages;
  GPtrArray      *members;
  GPtrArray      *teams;
  InbRow         *lead;
  InbRow         *contact;
  InbImportNames  names;
} Fixture;

static void
add_member (Fixture    *fixture,
            const char *id,
            const char *name,
            const char *email)
{
  InbRow *row = inb_row_new (INB_KIND_MEMBER);

  inb_row_set (row, INB_MEMBER_USER_ID, id);
  inb_row_set (row, INB_MEMBER_NAME, name);
  inb_row_set (row, INB_MEMBER_EMAIL, email);
  g_ptr_array_add (fixture->members, row);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  InbRow *team = inb_row_new (INB_KIND_TEAM);

  fixture->stages = inb_stage_set_new_default ();
  fixture->members = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  fixture->teams = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  add_member (fixture, ANNA, "Anna", "anna@example.org");
  add_member (fixture, BEN, "Ben", "ben@example.org");
  add_member (fixture, TWIN, "Ben", "other@example.org");
  inb_row_set (team, INB_TEAM_ID, "north");
  inb_row_set (team, INB_TEAM_NAME, "North");
  g_ptr_array_add (fixture->teams, team);
  fixture->names = (InbImportNames) { fixture->members, fixture->teams, fixture->stages };

  fixture->contact = inb_row_new (INB_KIND_CONTACT);
  inb_row_set (fixture->contact, INB_CONTACT_ID, CONTACT);
  inb_row_set (fixture->contact, INB_CONTACT_FIRSTNAME, "'=x");
  inb_row_set (fixture->contact, INB_CONTACT_PHONE, "+49 30 123");
  inb_row_fill_defaults (fixture->contact);
  fixture->lead = inb_row_new (INB_KIND_LEAD);
  inb_row_set (fixture->lead, INB_LEAD_ID, LEAD);
  inb_row_set (fixture->lead, INB_LEAD_CONTACT_ID, CONTACT);
  inb_row_set (fixture->lead, INB_LEAD_ESTIMATED_VALUE, "1234.50");
  inb_row_set (fixture->lead, INB_LEAD_NEXT_FOLLOW_UP_AT, "2026-12-01T09:00:00.123456Z");
  inb_row_set (fixture->lead, INB_LEAD_ASSIGNED_TO, BEN);
  inb_row_set (fixture->lead, INB_LEAD_TAGS, "[\"a\",\"b\"]");
  inb_row_set (fixture->lead, INB_LEAD_CUSTOM_FIELDS, "{\"color\":\"red\",\"n\":\"1\"}");
  inb_row_fill_defaults (fixture->lead);
  inb_lead_set_stage (fixture->lead, fixture->stages, "qualified", 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  inb_stage_set_unref (fixture->stages);
  g_ptr_array_unref (fixture->members);
  g_ptr_array_unref (fixture->teams);
  inb_row_unref (fixture->lead);
  inb_row_unref (fixture->contact);
}

static GPtrArray *
split (const char *text)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (text, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (cells, g_strdup (parts[i]));

  return cells;
}

/* @target: given for the only column, or NULL to guess it. */
static InbImportMap *
map_one (const char *name,
         const char *target)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) mapping = json_object_new ();
  g_autoptr (GError) error = NULL;
  InbImportMap *map;

  g_ptr_array_add (names, g_strdup (name));
  if (target != NULL)
    json_object_set_string_member (mapping, name, target);
  map = inb_import_map_new (names, mapping, &error);
  g_assert_no_error (error);

  return map;
}

typedef struct {
  const char *target;
  const char *cell;
  const char *field;  /* that changes, or NULL */
  const char *value;
} Case;

static const Case cases[] = {
  /* What is there already, in many spellings. */
  { "lead.estimated_value", "1234.5", NULL, NULL },
  { "lead.estimated_value", "1.234,50 €", NULL, NULL },
  { "lead.next_follow_up_at", "2026-12-01T09:00:00.123456Z", NULL, NULL },
  { "lead.next_follow_up_at", "2026-12-01T10:00:00+01:00", NULL, NULL },
  { "lead.stage", "qualified", NULL, NULL },
  { "lead.stage", "Qualified", NULL, NULL },
  { "owner", "Ben", NULL, NULL },
  { "owner", "ben@example.org", NULL, NULL },
  { "lead.assigned_to", BEN, NULL, NULL },
  { "lead.tags", "[ \"a\", \"b\" ]", NULL, NULL },
  { "lead.tags", "a, b", NULL, NULL },
  { "contact.firstname", "'=x", NULL, NULL },
  { "contact.phone", "'+49 30 123", NULL, NULL },
  { "contact.do_not_contact", "false", NULL, NULL },
  { "custom.color", "red", NULL, NULL },
  /* Nothing said. */
  { "lead.estimated_value", "", NULL, NULL },
  { "contact.firstname", "", NULL, NULL },
  { "lead.id", LEAD, NULL, NULL },
  { "lead.created_at", "2020-01-01", NULL, NULL },
  { "ignore", "x", NULL, NULL },
  /* Changes. */
  { "lead.estimated_value", "$2,000", "estimated_value", "2000.00" },
  { "lead.next_follow_up_at", "2026-12-01 10:00:01+01:00", "next_follow_up_at", "2026-12-01T09:00:01.000000Z" },
  { "lead.stage", "gewonnen", "stage", "won" },
  { "status", "lost", "stage", "lost" },
  { "owner", "Anna", "assigned_to", ANNA },
  { "owner", "OTHER@example.org", "assigned_to", TWIN },
  { "lead.team_id", "North", "team_id", "north" },
  { "lead.tags", "a", "tags", "[\"a\"]" },
  { "contact.firstname", "Ada ", "firstname", "Ada" },
  { "contact.do_not_contact", "ja", "do_not_contact", "true" },
  { "notes", "Called", "notes", "Called" },
  { "custom.color", "blue", "custom_fields", "{\"color\":\"blue\",\"n\":\"1\"}" },
};

static void
test_compare (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (InbImportMap) map = map_one ("x", cases[i].target);
      g_autoptr (InbImportLine) line = inb_import_line_new (map, split (cases[i].cell), 2);
      g_autoptr (InbMutation) lead = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, LEAD, 0);
      g_autoptr (InbMutation) contact = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_CONTACT, CONTACT, 0);
      g_autoptr (GError) error = NULL;
      InbMutation *changed;
      const InbFieldChange *change;

      g_assert_true (inb_import_line_compare (line, map, &fixture->names, fixture->lead, fixture->contact, lead, contact, &error));
      g_assert_no_error (error);
      g_test_message ("%s “%s”", cases[i].target, cases[i].cell);
      g_assert_cmpuint (lead->changes->len + contact->changes->len, ==, cases[i].field == NULL ? 0 : 1);
      if (cases[i].field == NULL)
        continue;
      changed = lead->changes->len > 0 ? lead : contact;
      change = g_ptr_array_index (changed->changes, 0);
      g_assert_cmpstr (inb_kind_get_columns (changed->kind, NULL)[change->column].name, ==, cases[i].field);
      g_assert_cmpstr (change->value, ==, cases[i].value);
      g_assert_false (change->has_base);
    }
}

/* Headings that nobody knows, of an export in another language perhaps, are no custom fields of leads that are there. */
static void
test_unknown_columns (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (InbImportMap) map = map_one ("Erste Antwort (Sekunden)", NULL);
  g_autoptr (InbImportLine) line = inb_import_line_new (map, split ("60"), 2);
  g_autoptr (InbMutation) lead = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, LEAD, 0);
  g_autoptr (InbMutation) contact = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_CONTACT, CONTACT, 0);

  g_assert_true (inb_import_line_compare (line, map, &fixture->names, fixture->lead, fixture->contact, lead, contact, NULL));
  g_assert_cmpuint (lead->changes->len, ==, 0);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  static const struct { const char *target; const char *cell; const char *named; } bad[] = {
    { "owner", "Nobody", "Nobody" },
    { "owner", "Zoe", "member" },
    { "lead.team_id", "South", "South" },
    { "lead.stage", "nowhere", "lead.stage" },
    { "lead.estimated_value", "much", "lead.estimated_value" },
    { "lead.expected_close_date", "soon", "lead.expected_close_date" },
    { "contact.email", "not a mail", "contact.email" },
    { "lead.assigned_to", "Ben ", "member" },
  };

  inb_row_set (fixture->lead, INB_LEAD_ASSIGNED_TO, ANNA);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (InbImportMap) map = map_one ("x", bad[i].target);
      g_autoptr (InbImportLine) line = inb_import_line_new (map, split (bad[i].cell), 2);
      g_autoptr (InbMutation) lead = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, LEAD, 0);
      g_autoptr (InbMutation) contact = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_CONTACT, CONTACT, 0);
      g_autoptr (GError) error = NULL;

      g_assert_false (inb_import_line_compare (line, map, &fixture->names, fixture->lead, fixture->contact, lead, contact, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE);
      if (strstr (error->message, bad[i].named) == NULL)
        g_error ("“%s” does not name %s", error->message, bad[i].named);
    }
}

static void
test_two_of_a_name (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (InbImportMap) map = map_one ("x", "owner");
  g_autoptr (InbImportLine) line = inb_import_line_new (map, split ("Ben"), 2);
  g_autoptr (InbMutation) lead = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, LEAD, 0);
  g_autoptr (InbMutation) contact = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_CONTACT, CONTACT, 0);
  g_autoptr (GError) error = NULL;

  inb_row_set (fixture->lead, INB_LEAD_ASSIGNED_TO, ANNA);
  g_assert_false (inb_import_line_compare (line, map, &fixture->names, fixture->lead, fixture->contact, lead, contact, &error));
  g_assert_nonnull (strstr (error->message, "more than one"));
}

static void
test_lines (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) names = split ("id|email|product|created_at|status|score");
  g_autoptr (InbImportMap) map = inb_import_map_new (names, NULL, NULL);
  g_autoptr (InbImportLine) one = inb_import_line_new (map, split (LEAD "|a@example.org|Solar|2024-05-01T08:00:00Z|won|high"), 2);
  g_autoptr (InbImportLine) same = inb_import_line_new (map, split (LEAD "|a@example.org|Solar|2024-05-01T08:00:00Z|won|high"), 9);
  g_autoptr (InbImportLine) other = inb_import_line_new (map, split ("17|a@example.org|Solar"), 3);
  g_autoptr (InbImportLine) nobody = inb_import_line_new (map, split ("||Solar|||"), 4);
  g_autoptr (InbImportLine) too_long = inb_import_line_new (map, split ("1|2|3|4|5|6|7"), 5);

  g_assert_no_error (one->error);
  g_assert_cmpstr (one->lead_id, ==, LEAD);
  g_assert_cmpstr (one->intake->status, ==, "won");
  g_assert_cmpstr (inb_row_get (one->intake->lead, INB_LEAD_PRODUCT_INTEREST), ==, "Solar");
  /* What is no number is kept under the column's name. */
  g_assert_cmpstr (one->intake->custom_fields, ==, "{\"score\":\"high\"}");
  g_assert_cmpint (one->created_at, ==, G_GINT64_CONSTANT (1714550400) * INB_TIME_SECOND);
  g_assert_cmpstr (one->digest, ==, same->digest);

  g_assert_null (other->lead_id);
  g_assert_cmpstr (other->intake->custom_fields, ==, "{\"id\":\"17\"}");
  g_assert_cmpstr (one->digest, !=, other->digest);
  g_assert_error (nobody->error, INB_ERROR, INB_ERROR_IDENTITY_MISSING);
  g_assert_error (too_long->error, INB_ERROR, INB_ERROR_UNPROCESSABLE);
}

static void
test_complete (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) names = split ("owner|next_follow_up_at|contact.tags|email");
  g_autoptr (InbImportMap) map = inb_import_map_new (names, NULL, NULL);
  g_autoptr (InbImportLine) line = inb_import_line_new (map, split ("Anna|2026-12-01 09:00|vip; old, x|a@example.org"), 2);
  g_autoptr (InbImportLine) wrong = inb_import_line_new (map, split ("Anna|someday|vip|a@example.org"), 2);
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_import_line_complete (line, map, &fixture->names, fixture->lead, fixture->contact, &error));
  g_assert_cmpstr (inb_row_get (fixture->lead, INB_LEAD_ASSIGNED_TO), ==, ANNA);
  g_assert_cmpstr (inb_row_get (fixture->lead, INB_LEAD_NEXT_FOLLOW_UP_AT), ==, "2026-12-01T09:00:00.000000Z");
  g_assert_cmpstr (inb_row_get (fixture->contact, INB_CONTACT_TAGS), ==, "[\"vip; old\",\"x\"]");
  /* The event's own fields were decided already. */
  g_assert_null (inb_row_get (fixture->contact, INB_CONTACT_EMAIL));
  g_assert_true (inb_import_line_complete (line, map, &fixture->names, NULL, fixture->contact, &error));

  g_assert_false (inb_import_line_complete (wrong, map, &fixture->names, fixture->lead, fixture->contact, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE);
}

#define ADD(path, func) g_test_add ("/import-line/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("compare", test_compare);
  ADD ("unknown-columns", test_unknown_columns);
  ADD ("refused", test_refused);
  ADD ("two-of-a-name", test_two_of_a_name);
  ADD ("lines", test_lines);
  ADD ("complete", test_complete);

  return g_test_run ();
}

/* Which contact wins for every combination of keys, and what a merge may write. */
#include "inb-contact-match.h"
#include "inb-json.h"

#include <string.h>

#define A "00000000-0000-7000-8000-00000000000a"
#define B "00000000-0000-7000-8000-00000000000b"
#define C "00000000-0000-7000-8000-00000000000c"

#define PHONE_CONFLICT(id) "{\"key\":\"phone\",\"value\":\"+491711234567\",\"contact_id\":\"" id "\"}"
#define EMAIL_CONFLICT(id) "{\"key\":\"email\",\"value\":\"joerg@example.com\",\"contact_id\":\"" id "\"}"
#define CRM_CONFLICT "{\"key\":\"crm_id\",\"value\":\"CRM-1\",\"contact_id\":null}"

static InbRow *
make_contact (const char *id,
              const char *crm_id)
{
  InbRow *row = inb_row_new (INB_KIND_CONTACT);

  inb_row_set (row, INB_CONTACT_ID, id);
  inb_row_set (row, INB_CONTACT_CRM_ID, crm_id);

  return row;
}

static InbRow *
make_incoming (void)
{
  InbRow *row = make_contact (NULL, "CRM-1");

  inb_row_set (row, INB_CONTACT_PHONE, "0171 1234567");
  inb_row_set (row, INB_CONTACT_PHONE_E164, "+491711234567");
  inb_row_set (row, INB_CONTACT_PHONE_DISPLAY, "0171 1234567");
  inb_row_set (row, INB_CONTACT_PHONE_STATUS, "valid");
  inb_row_set (row, INB_CONTACT_EMAIL, "Joerg@Example.com");
  inb_row_set (row, INB_CONTACT_EMAIL_NORM, "joerg@example.com");

  return row;
}

typedef struct {
  const char *by_crm_id;
  const char *by_phone;
  const char *by_email;
  const char *own_crm_id; /* of the stored contacts that were not found by it */
  const char *winner;
  InbMatch    match;
  const char *conflicts;
} MatchCase;

static const MatchCase matches[] = {
  { NULL, NULL, NULL, NULL, NULL, INB_MATCH_NONE, NULL },
  { A, NULL, NULL, NULL, A, INB_MATCH_CRM_ID, NULL },
  { NULL, A, NULL, NULL, A, INB_MATCH_PHONE, NULL },
  { NULL, NULL, A, NULL, A, INB_MATCH_EMAIL, NULL },
  { A, A, NULL, NULL, A, INB_MATCH_CRM_ID, NULL },
  { A, NULL, A, NULL, A, INB_MATCH_CRM_ID, NULL },
  { NULL, A, A, NULL, A, INB_MATCH_PHONE, NULL },
  { A, A, A, NULL, A, INB_MATCH_CRM_ID, NULL },
  { A, B, NULL, NULL, A, INB_MATCH_CRM_ID, "[" PHONE_CONFLICT (B) "]" },
  { A, NULL, B, NULL, A, INB_MATCH_CRM_ID, "[" EMAIL_CONFLICT (B) "]" },
  { NULL, A, B, NULL, A, INB_MATCH_PHONE, "[" EMAIL_CONFLICT (B) "]" },
  { A, B, B, NULL, A, INB_MATCH_CRM_ID, "[" PHONE_CONFLICT (B) "," EMAIL_CONFLICT (B) "]" },
  { A, A, B, NULL, A, INB_MATCH_CRM_ID, "[" EMAIL_CONFLICT (B) "]" },
  { A, B, A, NULL, A, INB_MATCH_CRM_ID, "[" PHONE_CONFLICT (B) "]" },
  { A, B, C, NULL, A, INB_MATCH_CRM_ID, "[" PHONE_CONFLICT (B) "," EMAIL_CONFLICT (C) "]" },
  { NULL, A, NULL, "CRM-9", A, INB_MATCH_PHONE, "[" CRM_CONFLICT "]" },
  { NULL, A, NULL, "CRM-1", A, INB_MATCH_PHONE, NULL },
  { NULL, NULL, A, "CRM-9", A, INB_MATCH_EMAIL, "[" CRM_CONFLICT "]" },
  { NULL, A, B, "CRM-9", A, INB_MATCH_PHONE, "[" CRM_CONFLICT "," EMAIL_CONFLICT (B) "]" },
};

static void
test_match (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (matches); i++)
    {
      const MatchCase *expected = &matches[i];
      g_autoptr (InbRow) incoming = make_incoming ();
      g_autoptr (InbRow) by_crm_id = expected->by_crm_id == NULL ? NULL : make_contact (expected->by_crm_id, "CRM-1");
      g_autoptr (InbRow) by_phone = expected->by_phone == NULL ? NULL : make_contact (expected->by_phone, expected->own_crm_id);
      g_autoptr (InbRow) by_email = expected->by_email == NULL ? NULL : make_contact (expected->by_email, expected->own_crm_id);
      g_autofree char *conflicts = NULL;
      InbMatch match;
      InbRow *winner = inb_contact_match (incoming, by_crm_id, by_phone, by_email, &match, &conflicts);

      g_test_message ("case %u", i);
      g_assert_cmpstr (winner == NULL ? NULL : inb_row_get (winner, INB_CONTACT_ID), ==, expected->winner);
      g_assert_cmpint (match, ==, expected->match);
      g_assert_cmpstr (conflicts, ==, expected->conflicts);
    }
}

static void
test_deleted (void)
{
  g_autoptr (InbRow) incoming = make_incoming ();
  g_autoptr (InbRow) gone = make_contact (A, NULL);
  g_autoptr (InbRow) alive = make_contact (B, NULL);
  g_autofree char *conflicts = NULL;
  InbMatch match;

  inb_row_set (gone, INB_CONTACT_DELETED_AT, "2026-01-01T00:00:00.000000Z");

  g_assert_true (inb_contact_match (incoming, NULL, gone, alive, &match, &conflicts) == alive);
  g_assert_cmpint (match, ==, INB_MATCH_EMAIL);
  g_assert_null (conflicts);
  g_assert_null (inb_contact_match (incoming, gone, gone, gone, &match, &conflicts));
  g_assert_cmpstr (inb_match_get_name (match), ==, "none");
}

typedef struct {
  guint       column;
  const char *stored;
  const char *incoming;
  const char *merged;
} MergeCase;

static const MergeCase merges[] = {
  { INB_CONTACT_FIRSTNAME, "Jörg", NULL, "Jörg" },
  { INB_CONTACT_FIRSTNAME, "Jörg", "", "Jörg" },
  { INB_CONTACT_FIRSTNAME, "Jörg", "Jürgen", "Jürgen" },
  { INB_CONTACT_FIRSTNAME, NULL, "Jürgen", "Jürgen" },
  { INB_CONTACT_CITY, "Bonn", "Köln", "Köln" },
  { INB_CONTACT_LEAD_SOURCE, "Facebook Ads", "Google Ads", "Facebook Ads" },
  { INB_CONTACT_LEAD_SOURCE, NULL, "Google Ads", "Google Ads" },
  { INB_CONTACT_WEBHOOK_ID, A, B, A },
  { INB_CONTACT_WEBHOOK_NAME, "Landing page", "Zapier", "Landing page" },
  { INB_CONTACT_NOTES, "Old", NULL, "Old" },
  { INB_CONTACT_NOTES, "Old", "New", "New" },
  { INB_CONTACT_DO_NOT_CONTACT, "true", "false", "true" },
  { INB_CONTACT_DO_NOT_CONTACT, "false", "true", "true" },
  { INB_CONTACT_DO_NOT_CONTACT, NULL, "false", "false" },
  { INB_CONTACT_CRM_ID, NULL, "CRM-1", "CRM-1" },
  { INB_CONTACT_CUSTOM_FIELDS, NULL, "{\"a\":\"1\"}", "{\"a\":\"1\"}" },
  { INB_CONTACT_CUSTOM_FIELDS, "{\"a\":\"1\",\"b\":\"2\"}", "{\"b\":\"3\",\"c\":\"4\"}", "{\"a\":\"1\",\"b\":\"3\",\"c\":\"4\"}" },
  { INB_CONTACT_CUSTOM_FIELDS, "{\"a\":\"1\"}", NULL, "{\"a\":\"1\"}" },
  { INB_CONTACT_CUSTOM_FIELDS, "broken", "{\"b\":\"3\"}", "{\"b\":\"3\"}" },
  { INB_CONTACT_OWNER_ID, NULL, A, NULL },
  { INB_CONTACT_STATUS, "active", "x", "active" },
  { INB_CONTACT_ID, A, B, A },
};

static void
test_merge (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      g_autoptr (InbRow) contact = inb_row_new (INB_KIND_CONTACT);
      g_autoptr (InbRow) incoming = inb_row_new (INB_KIND_CONTACT);
      gboolean changed;

      g_test_message ("case %u", i);
      inb_row_set (contact, merges[i].column, merges[i].stored);
      inb_row_set (incoming, merges[i].column, merges[i].incoming);
      changed = inb_contact_merge (contact, incoming, NULL);
      g_assert_cmpstr (inb_row_get (contact, merges[i].column), ==, merges[i].merged);
      g_assert_cmpint (changed, ==, g_strcmp0 (merges[i].stored, merges[i].merged) != 0);
    }
}

/* A key that points elsewhere stays where it is, with all its columns. */
static void
test_merge_conflicts (void)
{
  g_autoptr (InbRow) incoming = make_incoming ();
  g_autoptr (InbRow) contact = make_contact (A, "CRM-9");
  const char *conflicts = "[" CRM_CONFLICT "," PHONE_CONFLICT (B) "," EMAIL_CONFLICT (B) "]";

  inb_row_set (incoming, INB_CONTACT_CITY, "Köln");
  g_assert_true (inb_contact_merge (contact, incoming, conflicts));
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_CRM_ID), ==, "CRM-9");
  g_assert_null (inb_row_get (contact, INB_CONTACT_PHONE));
  g_assert_null (inb_row_get (contact, INB_CONTACT_PHONE_E164));
  g_assert_null (inb_row_get (contact, INB_CONTACT_PHONE_DISPLAY));
  g_assert_null (inb_row_get (contact, INB_CONTACT_PHONE_STATUS));
  g_assert_null (inb_row_get (contact, INB_CONTACT_EMAIL));
  g_assert_null (inb_row_get (contact, INB_CONTACT_EMAIL_NORM));
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_CITY), ==, "Köln");
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_IDENTITY_CONFLICTS), ==, conflicts);

  g_assert_false (inb_contact_merge (contact, incoming, conflicts));
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_IDENTITY_CONFLICTS), ==, conflicts);

  g_assert_true (inb_contact_merge (contact, incoming, "[" EMAIL_CONFLICT (C) "]"));
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_IDENTITY_CONFLICTS), ==,
                   "[" CRM_CONFLICT "," PHONE_CONFLICT (B) "," EMAIL_CONFLICT (B) "," EMAIL_CONFLICT (C) "]");
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_PHONE_E164), ==, "+491711234567");
}

static void
test_conflicts_are_bounded (void)
{
  g_autoptr (InbRow) incoming = make_incoming ();
  g_autoptr (InbRow) contact = make_contact (A, NULL);
  g_autoptr (JsonNode) node = NULL;
  const char *text;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *conflict = g_strdup_printf ("[{\"key\":\"email\",\"value\":\"%u\",\"contact_id\":null}]", i);

      inb_contact_merge (contact, incoming, conflict);
    }

  text = inb_row_get (contact, INB_CONTACT_IDENTITY_CONFLICTS);
  node = inb_json_parse (text, strlen (text), NULL);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 50);
  g_assert_nonnull (strstr (text, "\"value\":\"59\""));
  g_assert_null (strstr (text, "\"value\":\"9\""));
}

static void
test_merge_keys (void)
{
  g_autoptr (InbRow) incoming = make_incoming ();
  g_autoptr (InbRow) contact = make_contact (A, NULL);

  inb_row_set (contact, INB_CONTACT_FIRSTNAME, "Jörg");
  inb_row_set (incoming, INB_CONTACT_LASTNAME, "Groß");
  inb_row_set (contact, INB_CONTACT_PHONE, "+49 30 1");
  inb_row_set (contact, INB_CONTACT_PHONE_E164, "+49301");
  g_assert_true (inb_contact_merge (contact, incoming, NULL));
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_PHONE), ==, "0171 1234567");
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_PHONE_E164), ==, "+491711234567");
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_PHONE_STATUS), ==, "valid");
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_EMAIL), ==, "Joerg@Example.com");
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_EMAIL_NORM), ==, "joerg@example.com");
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_NAME_FOLDED), ==, "jorg gross");

  /* Nothing that can be called is given up for something that cannot. */
  inb_row_set (incoming, INB_CONTACT_PHONE, "12");
  inb_row_set (incoming, INB_CONTACT_PHONE_E164, NULL);
  inb_row_set (incoming, INB_CONTACT_PHONE_STATUS, "invalid");
  g_assert_false (inb_contact_merge (contact, incoming, NULL));
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_PHONE), ==, "0171 1234567");
  g_assert_cmpstr (inb_row_get (contact, INB_CONTACT_PHONE_STATUS), ==, "valid");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contact/match", test_match);
  g_test_add_func ("/contact/deleted", test_deleted);
  g_test_add_func ("/contact/merge", test_merge);
  g_test_add_func ("/contact/merge-conflicts", test_merge_conflicts);
  g_test_add_func ("/contact/conflicts-are-bounded", test_conflicts_are_bounded);
  g_test_add_func ("/contact/merge-keys", test_merge_keys);

  return g_test_run ();
}

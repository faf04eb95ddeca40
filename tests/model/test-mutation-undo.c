/* Rows that go and come back: deleted, merged and parted again, with what somebody has done since. */
#include "inb-mutation-kit.h"

#include <string.h>

#define LEAD INB_KIND_LEAD
#define CONTACT INB_KIND_CONTACT
#define ACTIVITY INB_KIND_ACTIVITY

typedef MutationKit Kit;

static void
test_delete (void)
{
  Kit *kit = mutation_kit_new ();
  g_autofree char *record = NULL;
  g_autofree char *again = NULL;

  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, CONTACT, 1)), ==, INB_MUTATION_APPLIED);
  record = g_strdup (kit->undo);
  g_assert_nonnull (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_DELETED_AT));
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 1, INB_LEAD_DELETED_AT));
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 2, INB_LEAD_DELETED_AT));
  g_assert_null (mutation_kit_get (kit, LEAD, 3, INB_LEAD_DELETED_AT));
  g_assert_cmpuint (mutation_kit_count_logs (kit), ==, 3);

  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, record), ==, INB_MUTATION_APPLIED);
  again = g_strdup (kit->undo);
  g_assert_null (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_DELETED_AT));
  g_assert_null (mutation_kit_get (kit, LEAD, 1, INB_LEAD_DELETED_AT));
  g_assert_null (mutation_kit_get (kit, LEAD, 2, INB_LEAD_DELETED_AT));
  g_assert_nonnull (mutation_kit_find_log (kit, "restored", NULL));

  /* And done again: undo of an undo. */
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, again), ==, INB_MUTATION_APPLIED);
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 2, INB_LEAD_DELETED_AT));

  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, LEAD, 3)), ==, INB_MUTATION_APPLIED);
  g_free (record);
  record = g_strdup (kit->undo);
  g_assert_null (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_DELETED_AT));
  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_make (kit, INB_MUTATION_DELETE, CONTACT, 2)), ==, INB_MUTATION_APPLIED);
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 3, record), ==, INB_MUTATION_CONFLICT);
  g_assert_nonnull (mutation_kit_get (kit, LEAD, 3, INB_LEAD_DELETED_AT));
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 3, NULL), ==, INB_MUTATION_REJECTED);
  g_assert_cmpstr (kit->result->code, ==, "not_found");
  g_assert_cmpint (mutation_kit_undo (kit, LEAD, 1, record), ==, INB_MUTATION_REJECTED);
  mutation_kit_free (kit);
}

/* What several mutations wrote as one record, as an import's line leaves it. */
static char *
join_records (const char *first,
              const char *second)
{
  const char *rows = strchr (second, '[') + 1;

  return g_strdup_printf ("%.*s,%s", (int) (strlen (first) - strlen ("]}")), first, rows);
}

static void
test_undo_together (void)
{
  for (guint used = 0; used < 2; used++)
    {
      Kit *kit = mutation_kit_new ();
      InbMutation *mutation = mutation_kit_create (kit, CONTACT, 10);
      g_autofree char *contact = NULL;
      g_autofree char *both = NULL;

      inb_mutation_add_blind_change (mutation, INB_CONTACT_FIRSTNAME, "Zoë");
      g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
      contact = g_strdup (kit->undo);
      mutation = mutation_kit_create (kit, LEAD, 10);
      inb_mutation_add_blind_change (mutation, INB_LEAD_CONTACT_ID, mutation_kit_id (CONTACT, 10));
      g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
      both = join_records (contact, kit->undo);
      if (used)
        mutation_kit_set (kit, CONTACT, 10, INB_CONTACT_CITY, "Rome");

      g_assert_cmpint (mutation_kit_undo (kit, LEAD, 10, both), ==, INB_MUTATION_APPLIED);
      g_assert_nonnull (mutation_kit_get (kit, LEAD, 10, INB_LEAD_DELETED_AT));
      g_assert_cmpint (mutation_kit_get (kit, CONTACT, 10, INB_CONTACT_DELETED_AT) == NULL, ==, used);
      mutation_kit_free (kit);
    }
}

static void
test_merge (void)
{
  Kit *kit = mutation_kit_new ();
  g_autofree char *record = NULL;
  InbMutation *mutation;
  g_autofree char *conflicts = NULL;

  conflicts = g_strdup_printf ("[{\"key\":\"email\",\"value\":\"a@b.c\",\"contact_id\":\"%s\"},"
                               "{\"key\":\"phone\",\"value\":\"+49\",\"contact_id\":\"%s\"}]",
                               mutation_kit_id (CONTACT, 2), mutation_kit_id (CONTACT, 3));
  mutation_kit_set (kit, CONTACT, 1, INB_CONTACT_IDENTITY_CONFLICTS, conflicts);
  mutation_kit_set (kit, CONTACT, 1, INB_CONTACT_TAGS, "[\"a\"]");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_TAGS, "[\"b\",\"a\"]");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CRM_ID, "C-2");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CITY, "Berlin");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_DO_NOT_CONTACT, "true");
  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CUSTOM_FIELDS, "{\"x\":1}");

  mutation_kit_assert_rejected (kit, mutation_kit_merge (kit, 1, 1), INB_ERROR_UNPROCESSABLE, "itself");
  mutation_kit_assert_rejected (kit, mutation_kit_merge (kit, 1, 9), INB_ERROR_NOT_FOUND, "merge with");

  mutation = mutation_kit_merge (kit, 1, 2);
  inb_mutation_add_change (mutation, INB_CONTACT_LASTNAME, "Lovelace", "Hopper");
  g_assert_cmpint (mutation_kit_apply (kit, mutation), ==, INB_MUTATION_APPLIED);
  record = g_strdup (kit->undo);
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_MERGED_INTO), ==, mutation_kit_id (CONTACT, 1));
  g_assert_nonnull (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_DELETED_AT));
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_LASTNAME), ==, "Hopper");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_FIRSTNAME), ==, "Ada");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_NAME_FOLDED), ==, "ada hopper");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CITY), ==, "Berlin");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CRM_ID), ==, "C-2");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_DO_NOT_CONTACT), ==, "true");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CUSTOM_FIELDS), ==, "{\"x\":1}");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_TAGS), ==, "[\"a\",\"b\"]");
  g_assert_null (strstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_IDENTITY_CONFLICTS), "email"));
  g_assert_nonnull (strstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_IDENTITY_CONFLICTS), "phone"));
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 3, INB_LEAD_CONTACT_ID), ==, mutation_kit_id (CONTACT, 1));
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 3, INB_ACTIVITY_CONTACT_ID), ==, mutation_kit_id (CONTACT, 1));
  g_assert_cmpstr (inb_row_get (mutation_kit_find_log (kit, "merged", NULL), INB_ACTIVITY_TITLE), ==, "Merged with Grace Hopper");

  mutation_kit_assert_rejected (kit, mutation_kit_update (kit, CONTACT, 2, INB_CONTACT_CITY, NULL, "x"),
                                INB_ERROR_NOT_FOUND, "merged into");

  /* Parted again; what somebody has changed since stays. */
  mutation_kit_set (kit, CONTACT, 1, INB_CONTACT_CITY, "Hamburg");
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, record), ==, INB_MUTATION_CONFLICT);
  g_assert_cmpuint (kit->result->conflicts->len, ==, 1);
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CITY), ==, "Hamburg");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_LASTNAME), ==, "Lovelace");
  g_assert_null (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_CRM_ID));
  g_assert_null (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_DELETED_AT));
  g_assert_null (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_MERGED_INTO));
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 2, INB_CONTACT_CRM_ID), ==, "C-2");
  g_assert_cmpstr (mutation_kit_get (kit, CONTACT, 1, INB_CONTACT_IDENTITY_CONFLICTS), ==, conflicts);
  g_assert_cmpstr (mutation_kit_get (kit, LEAD, 3, INB_LEAD_CONTACT_ID), ==, mutation_kit_id (CONTACT, 2));
  g_assert_cmpstr (mutation_kit_get (kit, ACTIVITY, 3, INB_ACTIVITY_CONTACT_ID), ==, mutation_kit_id (CONTACT, 2));
  g_assert_nonnull (mutation_kit_find_log (kit, "unmerged", NULL));

  g_assert_cmpint (mutation_kit_apply (kit, mutation_kit_merge (kit, 1, 2)), ==, INB_MUTATION_APPLIED);
  g_free (record);
  record = g_strdup (kit->undo);
  mutation_kit_be (kit, KIT_BEN, INB_ROLE_AGENT);
  g_assert_cmpint (mutation_kit_undo (kit, CONTACT, 1, record), ==, INB_MUTATION_REJECTED);
  g_assert_cmpstr (kit->result->code, ==, "forbidden");
  mutation_kit_free (kit);
}

/* The one that stays is needed even when the merge wrote nothing on it. */
static void
test_needs_of_parting (void)
{
  static const char record[] = "{\"rows\":[{\"kind\":\"contact\",\"id\":\"gone\",\"fields\":{\"merged_into\":{\"after\":\"kept\"}}}]}";
  g_autoptr (GHashTable) contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (InbMutation) undo = inb_mutation_new (INB_MUTATION_UNDO, CONTACT, "gone", 0);
  GHashTable *ids[INB_N_KINDS];

  for (guint i = 0; i < INB_N_KINDS; i++)
    ids[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  inb_mutation_list_needs (undo, record, ids, contacts);
  g_assert_true (g_hash_table_contains (ids[CONTACT], "gone"));
  g_assert_true (g_hash_table_contains (ids[CONTACT], "kept"));

  for (guint i = 0; i < INB_N_KINDS; i++)
    g_hash_table_unref (ids[i]);
}

static void
test_needs (void)
{
  Kit *kit = mutation_kit_new ();
  GHashTable *ids[INB_N_KINDS];
  g_autoptr (GHashTable) contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) crm_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (InbMutation) one = mutation_kit_merge (kit, 1, 2);
  g_autoptr (InbMutation) two = mutation_kit_update (kit, LEAD, 1, INB_LEAD_ASSIGNED_TO, NULL, KIT_BEN);
  g_autofree char *record = NULL;

  for (guint i = 0; i < INB_N_KINDS; i++)
    ids[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  mutation_kit_set (kit, CONTACT, 2, INB_CONTACT_CRM_ID, "C-2");
  inb_mutation_list_needs (one, NULL, ids, contacts);
  g_assert_cmpuint (g_hash_table_size (ids[CONTACT]), ==, 2);
  g_assert_true (g_hash_table_contains (contacts, mutation_kit_id (CONTACT, 2)));
  g_assert_cmpuint (g_hash_table_size (contacts), ==, 1);
  inb_mutation_list_needs (two, NULL, ids, contacts);
  g_assert_true (g_hash_table_contains (ids[LEAD], mutation_kit_id (LEAD, 1)));
  g_assert_true (g_hash_table_contains (ids[INB_KIND_MEMBER], KIT_BEN));

  g_assert_cmpint (mutation_kit_apply (kit, inb_mutation_ref (one)), ==, INB_MUTATION_APPLIED);
  record = g_strdup (kit->undo);
  inb_mutation_list_needs (one, record, ids, contacts);
  g_assert_true (g_hash_table_contains (ids[LEAD], mutation_kit_id (LEAD, 3)));
  g_assert_true (g_hash_table_contains (ids[ACTIVITY], mutation_kit_id (ACTIVITY, 3)));
  inb_mutation_add_blind_change (two, INB_LEAD_TERRITORY, "x");
  inb_mutation_list_crm_ids (two, NULL, crm_ids);
  g_assert_cmpuint (g_hash_table_size (crm_ids), ==, 0);
  inb_mutation_add_blind_change (one, INB_CONTACT_CRM_ID, "C-9");
  inb_mutation_list_crm_ids (one, NULL, crm_ids);
  g_assert_true (g_hash_table_contains (crm_ids, "C-9"));

  for (guint i = 0; i < INB_N_KINDS; i++)
    g_hash_table_unref (ids[i]);
  mutation_kit_free (kit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mutation-undo/delete", test_delete);
  g_test_add_func ("/mutation-undo/undo-together", test_undo_together);
  g_test_add_func ("/mutation-undo/merge", test_merge);
  g_test_add_func ("/mutation-undo/needs-of-parting", test_needs_of_parting);
  g_test_add_func ("/mutation-undo/needs", test_needs);

  return g_test_run ();
}

/* What a merge will make of several contacts, what is said of it, and who was told apart. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-contact-text.h"
#include "inb-dismissals.h"
#include "inb-edit-private.h"
#include "inb-merge-effect.h"

#include <glib/gstdio.h>

#define NOW G_GINT64_CONSTANT (1795369826000000)

/* Pairs of column and text, ended by -1. */
static InbRow *
make_contact (guint number,
              ...)
{
  InbRow *row = inb_row_new (INB_KIND_CONTACT);
  g_autofree char *id = g_strdup_printf ("01890000-0000-7000-8000-00000000000%u", number);
  va_list list;

  inb_row_set (row, INB_CONTACT_ID, id);
  inb_row_set_time (row, INB_CONTACT_CREATED_AT, NOW + number);
  va_start (list, number);
  for (int column = va_arg (list, int); column >= 0; column = va_arg (list, int))
    inb_row_set (row, (guint) column, va_arg (list, const char *));
  va_end (list);

  return row;
}

/* Rows, ended by NULL; they are taken over. */
static GPtrArray *
make_contacts (InbRow *row,
               ...)
{
  GPtrArray *contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  va_list list;

  va_start (list, row);
  for (; row != NULL; row = va_arg (list, InbRow *))
    g_ptr_array_add (contacts, row);
  va_end (list);

  return contacts;
}

static void
assert_value (const InbMergePlan *plan,
              guint               column,
              InbMergeState       state,
              const char         *expected)
{
  g_autofree char *value = inb_merge_plan_dup_value (plan, column);

  g_assert_cmpint (inb_merge_plan_find (plan, column)->state, ==, state);
  g_assert_cmpstr (value, ==, expected);
}

static void
test_fields (void)
{
  g_autoptr (GPtrArray) contacts = make_contacts (
    make_contact (1, INB_CONTACT_FIRSTNAME, "Jörg", INB_CONTACT_COMPANY, "ACME", INB_CONTACT_PHONE, "0171 1234567", INB_CONTACT_PHONE_E164,
                  "+491711234567", INB_CONTACT_TAGS, "[\"a\",\"b\"]", INB_CONTACT_DO_NOT_CONTACT, "false",
                  INB_CONTACT_CUSTOM_FIELDS, "{\"x\":1}", -1),
    make_contact (2, INB_CONTACT_FIRSTNAME, "Jörg", INB_CONTACT_COMPANY, "Globex", INB_CONTACT_PHONE, "+49 171 1234567",
                  INB_CONTACT_PHONE_E164, "+491711234567", INB_CONTACT_EMAIL, "j@example.com", INB_CONTACT_TAGS, "[\"b\",\"c\"]",
                  INB_CONTACT_DO_NOT_CONTACT, "true", INB_CONTACT_CUSTOM_FIELDS, "{\"x\":2,\"y\":3}", -1),
    NULL);
  g_autoptr (InbMergePlan) plan = inb_merge_plan_new (contacts, 0);

  assert_value (plan, INB_CONTACT_FIRSTNAME, INB_MERGE_SAME, "Jörg");
  assert_value (plan, INB_CONTACT_COMPANY, INB_MERGE_CHOICE, "ACME");
  /* One number, written in two ways. */
  assert_value (plan, INB_CONTACT_PHONE, INB_MERGE_SAME, "0171 1234567");
  assert_value (plan, INB_CONTACT_EMAIL, INB_MERGE_SAME, "j@example.com");
  assert_value (plan, INB_CONTACT_TAGS, INB_MERGE_UNITED, "[\"a\",\"b\",\"c\"]");
  assert_value (plan, INB_CONTACT_DO_NOT_CONTACT, INB_MERGE_UNITED, "true");
  assert_value (plan, INB_CONTACT_CUSTOM_FIELDS, INB_MERGE_UNITED, "{\"x\":1,\"y\":3}");
  g_assert_null (inb_merge_plan_find (plan, INB_CONTACT_LASTNAME));

  inb_merge_plan_set_target (plan, 1);
  assert_value (plan, INB_CONTACT_COMPANY, INB_MERGE_CHOICE, "Globex");
  assert_value (plan, INB_CONTACT_PHONE, INB_MERGE_SAME, "+49 171 1234567");
  inb_merge_plan_choose (plan, INB_CONTACT_COMPANY, 1);
  inb_merge_plan_set_target (plan, 0);
  /* That was decided. */
  assert_value (plan, INB_CONTACT_COMPANY, INB_MERGE_CHOICE, "Globex");
}

static const InbMutation *
get_mutation (InbEdit *edit,
              guint    i)
{
  return g_ptr_array_index (edit->mutations, i);
}

static void
test_edit (void)
{
  g_autoptr (GPtrArray) contacts = make_contacts (
    make_contact (1, INB_CONTACT_COMPANY, "ACME", INB_CONTACT_CRM_ID, "1", INB_CONTACT_CITY, "Bonn", -1),
    make_contact (2, INB_CONTACT_COMPANY, "Globex", INB_CONTACT_EMAIL, "two@example.com", INB_CONTACT_CITY, "Köln", -1),
    make_contact (3, INB_CONTACT_COMPANY, "Initech", INB_CONTACT_EMAIL, "three@example.com", INB_CONTACT_CRM_ID, "3", -1),
    NULL);
  g_autoptr (InbMergePlan) plan = inb_merge_plan_new (contacts, 0);
  g_autoptr (InbEdit) edit = NULL;
  const InbFieldChange *change;

  inb_merge_plan_choose (plan, INB_CONTACT_COMPANY, 1);
  inb_merge_plan_choose (plan, INB_CONTACT_EMAIL, 2);
  inb_merge_plan_choose (plan, INB_CONTACT_CRM_ID, 2);
  edit = inb_merge_plan_make_edit (plan, "Merged", NOW);
  g_assert_cmpuint (edit->mutations->len, ==, 2);
  /* Whose CRM id is taken goes first; what was chosen goes with it. */
  g_assert_cmpstr (get_mutation (edit, 0)->other_id, ==, inb_row_get_key (g_ptr_array_index (contacts, 2)));
  g_assert_cmpstr (get_mutation (edit, 1)->other_id, ==, inb_row_get_key (g_ptr_array_index (contacts, 1)));
  g_assert_cmpuint (get_mutation (edit, 0)->changes->len, ==, 3);
  g_assert_cmpuint (get_mutation (edit, 1)->changes->len, ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (get_mutation (edit, i)->verb, ==, INB_MUTATION_MERGE);
      g_assert_cmpstr (get_mutation (edit, i)->entity_id, ==, inb_row_get_key (g_ptr_array_index (contacts, 0)));
    }
  change = inb_mutation_find_change (get_mutation (edit, 0), INB_CONTACT_COMPANY);
  g_assert_true (change->has_base);
  g_assert_cmpstr (change->base, ==, "ACME");
  g_assert_cmpstr (change->value, ==, "Globex");
  change = inb_mutation_find_change (get_mutation (edit, 0), INB_CONTACT_EMAIL);
  g_assert_null (change->base);
  g_assert_cmpstr (change->value, ==, "three@example.com");
  g_assert_nonnull (inb_mutation_find_change (get_mutation (edit, 0), INB_CONTACT_CRM_ID));
}

/* Somebody else has changed them: what was decided stays decided where there is something to decide. */
static void
test_again (void)
{
  g_autoptr (GPtrArray) contacts = make_contacts (
    make_contact (1, INB_CONTACT_COMPANY, "ACME", INB_CONTACT_CITY, "Bonn", INB_CONTACT_REGION, "NRW", -1),
    make_contact (2, INB_CONTACT_COMPANY, "Globex", INB_CONTACT_CITY, "Köln", INB_CONTACT_REGION, "RLP", -1), NULL);
  g_autoptr (GPtrArray) changed = make_contacts (
    make_contact (1, INB_CONTACT_COMPANY, "Initech", INB_CONTACT_CITY, "Bonn", INB_CONTACT_REGION, "RLP", -1),
    make_contact (2, INB_CONTACT_COMPANY, "Globex", INB_CONTACT_REGION, "RLP", -1), NULL);
  g_autoptr (InbMergePlan) before = inb_merge_plan_new (contacts, 1);
  g_autoptr (InbMergePlan) plan = inb_merge_plan_new (changed, 0);

  inb_merge_plan_choose (before, INB_CONTACT_COMPANY, 0);
  inb_merge_plan_choose (before, INB_CONTACT_CITY, 1);
  inb_merge_plan_choose (before, INB_CONTACT_REGION, 0);
  inb_merge_plan_take_decisions (plan, before);
  g_assert_cmpuint (inb_merge_plan_get_target (plan), ==, 1);
  assert_value (plan, INB_CONTACT_COMPANY, INB_MERGE_CHOICE, "Initech");
  assert_value (plan, INB_CONTACT_CITY, INB_MERGE_SAME, "Bonn");
  assert_value (plan, INB_CONTACT_REGION, INB_MERGE_SAME, "RLP");
}

/* @products: of open leads, with commas between. */
static InbContactShare *
make_share (InbRow     *contact,
            guint       n_leads,
            guint       n_activities,
            const char *products)
{
  InbContactShare *share = g_new0 (InbContactShare, 1);
  g_auto (GStrv) list = products != NULL ? g_strsplit (products, ",", -1) : NULL;

  share->contact = contact;
  share->n_leads = n_leads;
  share->n_activities = n_activities;
  share->open_products = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    g_ptr_array_add (share->open_products, g_strdup (list[i]));
  if (list != NULL && list[0] == NULL)
    g_ptr_array_add (share->open_products, g_strdup (""));

  return share;
}

static void
assert_effect (InbContactShare *one,
               InbContactShare *two,
               guint            target,
               const char      *effect,
               const char      *warning)
{
  g_autoptr (GPtrArray) shares = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_contact_share_free);
  g_autoptr (GPtrArray) contacts = g_ptr_array_new ();
  g_autoptr (InbMergePlan) plan = NULL;
  g_autofree char *described = NULL;
  g_autofree char *warned = NULL;

  g_ptr_array_add (shares, one);
  g_ptr_array_add (shares, two);
  g_ptr_array_add (contacts, one->contact);
  g_ptr_array_add (contacts, two->contact);
  g_assert_cmpuint (inb_merge_plan_suggest (shares), ==, target);
  plan = inb_merge_plan_new (contacts, target);
  described = inb_merge_effect_describe (plan, shares);
  g_assert_cmpstr (described, ==, effect);
  warned = inb_merge_effect_warn (shares);
  g_assert_cmpstr (warned, ==, warning);
}

static void
test_effect (void)
{
  assert_effect (make_share (make_contact (1, INB_CONTACT_FIRSTNAME, "Ann", -1), 3, 14, "Solar,Solar"),
                 make_share (make_contact (2, INB_CONTACT_FIRSTNAME, "Bob", INB_CONTACT_CRM_ID, "7", -1), 0, 0, "Wind"), 1,
                 "3 leads and 14 activities move to Bob.\nAnn is listed no more.\nUndo brings everything back.", NULL);
  assert_effect (make_share (make_contact (1, INB_CONTACT_FIRSTNAME, "Ann", -1), 0, 1, "solar"),
                 make_share (make_contact (2, INB_CONTACT_FIRSTNAME, "Ann", -1), 1, 0, "Solar"), 1,
                 "1 activity moves to Ann.\nThe other contact is listed no more.\nUndo brings everything back.",
                 "Several of them have an open lead for “Solar”: these stay apart, so close what is not needed.");
  assert_effect (make_share (make_contact (1, INB_CONTACT_EMAIL, "a@example.com", -1), 1, 1, ""),
                 make_share (make_contact (2, -1), 1, 0, ""), 0,
                 "1 lead moves to a@example.com.\nUnknown contact is listed no more.\nUndo brings everything back.",
                 "Several of them have an open lead: these stay apart, so close what is not needed.");
}

static InbDuplicate *
make_duplicate (guint n_contacts)
{
  InbDuplicate *duplicate = inb_duplicate_new ();
  static const char *const names[] = { "Ann", "Bob", "Cid", "Dan", "Eve" };

  for (guint i = 0; i < n_contacts; i++)
    g_ptr_array_add (duplicate->contacts, make_contact (i + 1, INB_CONTACT_FIRSTNAME, names[i], -1));

  return duplicate;
}

static void
test_words (void)
{
  static const char *const expected[] = { "Ann and Bob", "Ann, Bob and Cid", "Ann, Bob and 2 more", "Ann, Bob and 3 more" };
  g_autoptr (InbDuplicate) pair = make_duplicate (2);
  g_autofree char *why = NULL;
  g_autofree char *reason = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (InbDuplicate) duplicate = make_duplicate (i + 2);
      g_autofree char *names = inb_contact_text_dup_names (duplicate->contacts);

      g_assert_cmpstr (names, ==, expected[i]);
    }
  inb_duplicate_add_reason (pair, INB_DUPLICATE_PHONE, NULL, "+491711234567");
  inb_duplicate_add_reason (pair, INB_DUPLICATE_CONFLICT, "phone", "+491711234567");
  inb_duplicate_add_reason (pair, INB_DUPLICATE_CONFLICT, "email", "a@example.com");
  why = inb_contact_text_describe_duplicate (pair);
  g_assert_cmpstr (why, ==, "Same phone: +491711234567\nTaken for one by a message with the mail address a@example.com");
  reason = inb_contact_text_dup_reason (pair);
  g_assert_cmpstr (reason, ==, "same phone");
}

static void
test_dismissals (void)
{
  g_autofree char *folder = g_dir_make_tmp ("inb-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "different-people", NULL);
  g_autoptr (InbDismissals) dismissals = inb_dismissals_new (path);
  g_autoptr (InbDismissals) again = NULL;
  g_autoptr (InbDismissals) broken = NULL;
  g_autoptr (InbDuplicate) two = make_duplicate (2);
  g_autoptr (InbDuplicate) three = make_duplicate (3);
  g_autoptr (GError) error = NULL;

  g_assert_false (inb_dismissals_has (dismissals, two));
  inb_dismissals_add (dismissals, two, &error);
  g_assert_no_error (error);
  again = inb_dismissals_new (path);
  g_assert_true (inb_dismissals_has (again, two));
  /* A third one may still be one of the two. */
  g_assert_false (inb_dismissals_has (again, three));
  inb_dismissals_add (again, three, &error);
  g_assert_true (inb_dismissals_has (again, three));
  inb_dismissals_remove (again, two, &error);
  g_assert_no_error (error);
  g_assert_false (inb_dismissals_has (again, three));

  g_file_set_contents (path, "what\n1+2\n+\n", -1, &error);
  g_assert_no_error (error);
  broken = inb_dismissals_new (path);
  g_assert_false (inb_dismissals_has (broken, two));
  g_unlink (path);
  g_rmdir (folder);
  g_assert_false (inb_dismissals_add (broken, two, &error));
  g_assert_nonnull (error);
  g_assert_true (inb_dismissals_has (broken, two));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/merge/fields", test_fields);
  g_test_add_func ("/app/merge/edit", test_edit);
  g_test_add_func ("/app/merge/again", test_again);
  g_test_add_func ("/app/merge/effect", test_effect);
  g_test_add_func ("/app/merge/words", test_words);
  g_test_add_func ("/app/merge/dismissals", test_dismissals);

  return g_test_run ();
}

/* Who may be one person, told from the replica alone, and what belongs to each of them before a merge, after it and after its undo. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-duplicate-number.h"
#include "inb-outbox-kit.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#define EPOCH "epoch"
#define NOW G_GINT64_CONSTANT (1795369826000000)

typedef struct {
  /* Owned */
  char       *folder;
  InbReplica *replica;
  InbSample  *sample;
  GPtrArray  *contacts;  /* (element-type InbRow): each is called by its place, "0", "1", … */
  GPtrArray  *rows;      /* to be applied */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = inb_kit_make_folder ();
  fixture->replica = inb_kit_new (fixture->folder);
  fixture->sample = inb_sample_new (3);
  fixture->contacts = inb_kit_new_rows ();
  fixture->rows = inb_kit_new_rows ();
  inb_sample_add_small (fixture->sample, fixture->rows);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  inb_kit_drop (fixture->replica);
  inb_kit_delete_folder (fixture->folder);
  inb_sample_free (fixture->sample);
  g_ptr_array_unref (fixture->contacts);
  g_clear_pointer (&fixture->rows, g_ptr_array_unref);
  g_free (fixture->folder);
}

/* Somebody with nothing but a name; then pairs of column and text, ended by -1. */
static InbRow *
add (Fixture *fixture,
     ...)
{
  InbRow *contact = inb_sample_make_contact (fixture->sample, NOW + fixture->contacts->len * INB_TIME_SECOND);
  static const guint keys[] = { INB_CONTACT_CRM_ID, INB_CONTACT_PHONE, INB_CONTACT_PHONE_E164, INB_CONTACT_EMAIL, INB_CONTACT_EMAIL_NORM,
                                INB_CONTACT_PHONE_SECONDARY, INB_CONTACT_EMAIL_SECONDARY, INB_CONTACT_WHATSAPP,
                                INB_CONTACT_IDENTITY_CONFLICTS };
  g_autofree char *name = g_strdup_printf ("%u", fixture->contacts->len);
  va_list list;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    inb_row_set (contact, keys[i], NULL);
  inb_row_set (contact, INB_CONTACT_FIRSTNAME, name);
  va_start (list, fixture);
  for (int column = va_arg (list, int); column >= 0; column = va_arg (list, int))
    inb_row_set (contact, (guint) column, va_arg (list, const char *));
  va_end (list);
  g_ptr_array_add (fixture->contacts, inb_row_ref (contact));
  g_ptr_array_add (fixture->rows, contact);

  return contact;
}

static void
apply (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  inb_kit_apply (fixture->replica, inb_kit_make_changes (fixture->replica, EPOCH, g_steal_pointer (&fixture->rows), fixture->sample->seq),
                 &error);
  g_assert_no_error (error);
}

static void
append_reason (GString                  *text,
               const InbDuplicateReason *reason)
{
  static const char *const names[] = { "phone", "email", "conflict" };

  g_string_append_printf (text, " %s", names[reason->kind]);
  if (reason->key != NULL)
    g_string_append_printf (text, "(%s)", reason->key);
  g_string_append_printf (text, "=%s", reason->value);
}

/* (transfer full): "0,2: phone=+49… email=…; …" */
static char *
find (Fixture      *fixture,
      const InbRow *contact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = inb_kit_get_duplicates (fixture->replica, contact != NULL ? inb_row_get_key (contact) : NULL, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const InbDuplicate *duplicate = g_ptr_array_index (found, i);

      g_string_append (text, i > 0 ? "; " : "");
      for (guint j = 0; j < duplicate->contacts->len; j++)
        g_string_append_printf (text, "%s%s", j > 0 ? "," : "",
                                inb_row_get (g_ptr_array_index (duplicate->contacts, j), INB_CONTACT_FIRSTNAME));
      g_string_append_c (text, ':');
      for (guint j = 0; j < duplicate->reasons->len; j++)
        append_reason (text, g_ptr_array_index (duplicate->reasons, j));
    }

  return g_string_free (text, FALSE);
}

static void
assert_found (Fixture      *fixture,
              const InbRow *contact,
              const char   *expected)
{
  g_autofree char *found = find (fixture, contact);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_first (Fixture       *fixture,
            gconstpointer  data)
{
  InbRow *one = add (fixture, INB_CONTACT_PHONE_E164, "+491711234567", INB_CONTACT_EMAIL_NORM, "a@example.com", -1);
  InbRow *gone;
  InbRow *alone = add (fixture, INB_CONTACT_PHONE_E164, "+491711234568", -1);

  add (fixture, INB_CONTACT_PHONE_E164, "+491711234567", INB_CONTACT_EMAIL_NORM, "a@example.com", -1);
  gone = add (fixture, INB_CONTACT_PHONE_E164, "+491711234567", -1);
  inb_row_set_time (gone, INB_CONTACT_DELETED_AT, NOW);
  add (fixture, INB_CONTACT_EMAIL_NORM, "a@example.com", -1);
  apply (fixture);

  assert_found (fixture, NULL, "0,2,4: email=a@example.com; 0,2: phone=+491711234567");
  assert_found (fixture, one, "0,2,4: email=a@example.com; 0,2: phone=+491711234567");
  assert_found (fixture, alone, "");
  assert_found (fixture, gone, "");
}

static void
test_second (Fixture       *fixture,
             gconstpointer  data)
{
  InbRow *one = add (fixture, INB_CONTACT_PHONE_E164, "+4915112345678", INB_CONTACT_EMAIL_NORM, "one@example.com", -1);
  /* Its country is that of the first number. */
  InbRow *two = add (fixture, INB_CONTACT_PHONE_E164, "+49301234567", INB_CONTACT_PHONE_SECONDARY, "0151 / 123-456 78", -1);
  InbRow *three = add (fixture, INB_CONTACT_WHATSAPP, "0049 (151) 12345678", INB_CONTACT_EMAIL_SECONDARY, "ONE@example.com", -1);
  /* In another country it is another number; without any nothing is known. */
  InbRow *four = add (fixture, INB_CONTACT_PHONE_E164, "+43123456789", INB_CONTACT_WHATSAPP, "015112345678", -1);
  InbRow *five = add (fixture, INB_CONTACT_WHATSAPP, "015112345678", -1);
  InbRow *six = add (fixture, INB_CONTACT_PHONE_SECONDARY, "n/a", INB_CONTACT_EMAIL_SECONDARY, "none", INB_CONTACT_WHATSAPP, "", -1);

  apply (fixture);
  assert_found (fixture, NULL, "0,1,2: phone=+4915112345678; 0,2: email=one@example.com");
  assert_found (fixture, one, "0,1,2: phone=+4915112345678; 0,2: email=one@example.com");
  assert_found (fixture, two, "0,1,2: phone=+4915112345678");
  assert_found (fixture, three, "0,1,2: phone=+4915112345678; 0,2: email=one@example.com");
  assert_found (fixture, four, "");
  assert_found (fixture, five, "");
  assert_found (fixture, six, "");
}

static void
test_conflicts (Fixture       *fixture,
                gconstpointer  data)
{
  InbRow *by_mail = add (fixture, INB_CONTACT_EMAIL_NORM, "b@example.com", -1);
  g_autofree char *conflicts = g_strdup_printf ("[{\"key\":\"email\",\"value\":\"b@example.com\",\"contact_id\":\"%s\"},"
                                                "{\"key\":\"crm_id\",\"value\":\"7\",\"contact_id\":null}]", inb_row_get_key (by_mail));
  InbRow *by_phone = add (fixture, INB_CONTACT_PHONE_E164, "+491711234567", INB_CONTACT_IDENTITY_CONFLICTS, conflicts, -1);
  InbRow *shares = add (fixture, INB_CONTACT_EMAIL_NORM, "b@example.com", INB_CONTACT_IDENTITY_CONFLICTS, conflicts, -1);

  apply (fixture);
  /* Who has the address by now has no conflict about it besides. */
  assert_found (fixture, NULL, "0,2: email=b@example.com; 0,1: conflict(email)=b@example.com");
  assert_found (fixture, by_mail, "0,2: email=b@example.com; 0,1: conflict(email)=b@example.com");
  assert_found (fixture, by_phone, "0,1: conflict(email)=b@example.com");
  assert_found (fixture, shares, "0,2: email=b@example.com");
}

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) of_one = NULL;

  for (guint i = 0; i < 30; i++)
    add (fixture, INB_CONTACT_PHONE_E164, "+490000000", -1);
  apply (fixture);
  found = inb_kit_get_duplicates (fixture->replica, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (((InbDuplicate *) g_ptr_array_index (found, 0))->contacts->len, ==, 20);
  /* Whom it is asked of is one of them. */
  of_one = inb_kit_get_duplicates (fixture->replica, inb_row_get_key (g_ptr_array_index (fixture->contacts, 29)), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (of_one->len, ==, 1);
  g_assert_cmpstr (inb_row_get_key (g_ptr_array_index (((InbDuplicate *) g_ptr_array_index (of_one, 0))->contacts, 19)), ==,
                   inb_row_get_key (g_ptr_array_index (fixture->contacts, 29)));
}

static void
assert_shares (Fixture    *fixture,
               const char *expected)
{
  const char *ids[] = { inb_row_get_key (g_ptr_array_index (fixture->contacts, 0)),
                        inb_row_get_key (g_ptr_array_index (fixture->contacts, 1)), "01890000-0000-7000-8000-00000000dead", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shares = inb_kit_get_shares (fixture->replica, ids, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (shares->len, ==, 3);
  g_assert_null (g_ptr_array_index (shares, 2));
  for (guint i = 0; i < 2; i++)
    {
      const InbContactShare *share = g_ptr_array_index (shares, i);

      g_string_append_printf (text, "%s%s %u leads %u open %u activities", i > 0 ? ", " : "",
                              inb_row_get (share->contact, INB_CONTACT_DELETED_AT) != NULL ? "gone" : "here",
                              share->n_leads, share->open_products->len, share->n_activities);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

/* A merge is shown at once, and its undo brings back what there was. */
static void
test_merge (Fixture       *fixture,
            gconstpointer  data)
{
  InbRow *one = add (fixture, INB_CONTACT_PHONE_E164, "+491711234567", -1);
  InbRow *two = add (fixture, INB_CONTACT_PHONE_E164, "+491711234567", -1);
  g_autoptr (InbEdit) edit = inb_edit_new ("Merged");
  g_autoptr (InbMutation) merge = inb_mutation_new (INB_MUTATION_MERGE, INB_KIND_CONTACT, inb_row_get_key (one), NOW);
  g_autoptr (GError) error = NULL;
  g_autofree char *group = NULL;
  g_autofree char *undo = NULL;

  for (guint i = 0; i < 2; i++)
    {
      InbRow *lead = inb_sample_make_lead (fixture->sample, inb_row_get_key (two), NOW);

      inb_row_set_boolean (lead, INB_LEAD_IS_CONVERTED, i == 0);
      inb_row_set (lead, INB_LEAD_LOST_AT, NULL);
      g_ptr_array_add (fixture->rows, lead);
      g_ptr_array_add (fixture->rows, inb_sample_make_activity (fixture->sample, lead));
    }
  apply (fixture);
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Ann", INB_ROLE_MANAGER);
  assert_shares (fixture, "here 0 leads 0 open 0 activities, here 2 leads 1 open 2 activities");

  merge->other_id = g_strdup (inb_row_get_key (two));
  inb_edit_add (edit, merge);
  group = inb_kit_edit (fixture->replica, edit, &error);
  g_assert_no_error (error);
  inb_kit_settle (fixture->replica);
  assert_found (fixture, NULL, "");
  /* The merge itself is told, too. */
  assert_shares (fixture, "here 2 leads 1 open 3 activities, gone 0 leads 0 open 0 activities");

  undo = inb_kit_undo (fixture->replica, group, &error);
  g_assert_no_error (error);
  inb_kit_settle (fixture->replica);
  assert_found (fixture, NULL, "0,1: phone=+491711234567");
}

static void
test_numbers (void)
{
  static const struct {
    const char *stripped;
    const char *first;
    const char *number;
  } cases[] = {
    { "+491711234567", NULL, "+491711234567" },
    { "00491711234567", NULL, "+491711234567" },
    { "01711234567", "+49301234567", "+491711234567" },
    { "01711234567", NULL, NULL },
    { "01711234567", "+15551234567", "+11711234567" },
    { "01711234567", "+358401234567", "+3581711234567" },
    { "0612345678", "+390212345678", "+390612345678" },
    { "1711234567", "+49301234567", NULL },
    { "0171", "+49301234567", NULL },
    { "+49x711234567", NULL, NULL },
    { "+", NULL, NULL },
    { "", NULL, NULL },
    { "0", "+", NULL },
    { "01234567", "+3", NULL },
    { "012345678901234567", "+49301234567", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = inb_duplicate_number_read (cases[i].stripped, cases[i].first);

      g_assert_cmpstr (number, ==, cases[i].number);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica/duplicates/numbers", test_numbers);
  g_test_add ("/replica/duplicates/first", Fixture, NULL, set_up, test_first, tear_down);
  g_test_add ("/replica/duplicates/second", Fixture, NULL, set_up, test_second, tear_down);
  g_test_add ("/replica/duplicates/conflicts", Fixture, NULL, set_up, test_conflicts, tear_down);
  g_test_add ("/replica/duplicates/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/replica/duplicates/merge", Fixture, NULL, set_up, test_merge, tear_down);

  return g_test_run ();
}

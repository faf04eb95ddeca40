/* What the user does is told when it is safe, refused with a reason, and taken back; what others did since stays and is reported. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-edits.h"
#include "inb-outbox-kit.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"
#define N_LEADS 4

typedef struct {
  /* Owned */
  char           *folder;
  InbReplica     *replica;
  InbModelServer *server;
  InbEdits       *edits;
  GPtrArray      *lead_ids;
  GString        *heard;      /* what the signals said, one a line */
} Fixture;

static void
on_done (Fixture    *fixture,
         const char *group,
         const char *label,
         gboolean    quiet)
{
  g_assert_nonnull (group);
  g_string_append_printf (fixture->heard, "done%s %s\n", quiet ? " quietly" : "", label);
}

static void
on_undone (Fixture    *fixture,
           const char *group,
           const char *label)
{
  g_string_append_printf (fixture->heard, "undone %s\n", label);
}

static void
on_failed (Fixture    *fixture,
           const char *message)
{
  g_string_append_printf (fixture->heard, "failed %s\n", message);
}

static void
on_reported (Fixture    *fixture,
             const char *message)
{
  g_string_append_printf (fixture->heard, "reported %s\n", message);
}

static gboolean
has_heard (gpointer data)
{
  return ((Fixture *) data)->heard->len > 0;
}

static void
expect (Fixture    *fixture,
        const char *wanted)
{
  inb_kit_wait (has_heard, fixture);
  g_assert_cmpstr (fixture->heard->str, ==, wanted);
  g_string_truncate (fixture->heard, 0);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  role)
{
  g_autoptr (InbSample) sample = inb_sample_new (3);
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

  fixture->heard = g_string_new (NULL);
  fixture->lead_ids = g_ptr_array_new_with_free_func (g_free);
  inb_sample_add_small (sample, rows);
  for (guint i = 0; i < N_LEADS; i++)
    inb_sample_add_lead (sample, rows, NOW + i * INB_TIME_SECOND);
  for (guint i = 0; i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);

      if (inb_row_get_kind (row) != INB_KIND_LEAD)
        continue;
      inb_row_set (row, INB_LEAD_TEMPERATURE, "cold");
      g_ptr_array_add (fixture->lead_ids, g_strdup (inb_row_get_key (row)));
    }
  fixture->server = inb_model_server_new (rows, EPOCH);
  fixture->folder = inb_kit_make_folder ();
  fixture->replica = inb_kit_new (fixture->folder);
  inb_kit_pull (fixture->replica, fixture->server, G_MAXINT);
  fixture->edits = inb_edits_new (fixture->replica);
  g_signal_connect_swapped (fixture->edits, "done", G_CALLBACK (on_done), fixture);
  g_signal_connect_swapped (fixture->edits, "undone", G_CALLBACK (on_undone), fixture);
  g_signal_connect_swapped (fixture->edits, "failed", G_CALLBACK (on_failed), fixture);
  g_signal_connect_swapped (fixture->edits, "reported", G_CALLBACK (on_reported), fixture);
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", GPOINTER_TO_UINT (role));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_unref (fixture->edits);
  inb_kit_drop (fixture->replica);
  inb_model_server_free (fixture->server);
  inb_kit_delete_folder (fixture->folder);
  g_ptr_array_unref (fixture->lead_ids);
  g_string_free (fixture->heard, TRUE);
  g_free (fixture->folder);
}

static const char *
get_id (Fixture *fixture,
        guint    number)
{
  return g_ptr_array_index (fixture->lead_ids, number);
}

static char *
get_temperature (Fixture *fixture,
                 guint    number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_kit_get_lead (fixture->replica, get_id (fixture, number), &error);

  g_assert_no_error (error);

  return g_strdup (inb_row_get (detail->lead, INB_LEAD_TEMPERATURE));
}

static void
assert_temperature (Fixture    *fixture,
                    guint       number,
                    const char *wanted)
{
  g_autofree char *temperature = get_temperature (fixture, number);

  g_assert_cmpstr (temperature, ==, wanted);
}

/* Of the first @n leads. (transfer full) */
static InbEdit *
make_edit (Fixture    *fixture,
           const char *label,
           guint       n,
           const char *temperature)
{
  InbEdit *edit = inb_edit_new (label);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *seen = get_temperature (fixture, i);
      g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, get_id (fixture, i), NOW);

      inb_mutation_add_change (mutation, INB_LEAD_TEMPERATURE, seen, temperature);
      inb_edit_add (edit, mutation);
    }

  return edit;
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (InbEdit) first = make_edit (fixture, "First", 1, "warm");
  g_autoptr (InbEdit) second = NULL;

  g_assert_false (inb_edits_get_can_undo (fixture->edits));
  inb_edits_do_quietly (fixture->edits, first);
  expect (fixture, "done quietly First\n");
  assert_temperature (fixture, 0, "warm");
  second = make_edit (fixture, "Second", 1, "hot");
  inb_edits_do (fixture->edits, second);
  expect (fixture, "done Second\n");
  g_assert_cmpstr (inb_edits_get_undo_label (fixture->edits), ==, "Second");

  inb_edits_undo (fixture->edits);
  expect (fixture, "undone Second\n");
  assert_temperature (fixture, 0, "warm");
  g_assert_cmpstr (inb_edits_get_undo_label (fixture->edits), ==, "First");
  inb_edits_undo (fixture->edits);
  expect (fixture, "undone First\n");
  assert_temperature (fixture, 0, "cold");
  g_assert_false (inb_edits_get_can_undo (fixture->edits));
  inb_edits_undo (fixture->edits);
  g_assert_null (inb_edits_get_undo_label (fixture->edits));
}

static void
test_overtaken (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (InbEdit) edit = make_edit (fixture, "Temperature of 4 leads", N_LEADS, "warm");

  inb_edits_do (fixture->edits, edit);
  expect (fixture, "done Temperature of 4 leads\n");
  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, G_MAXINT);
  inb_model_server_set (fixture->server, INB_KIND_LEAD, get_id (fixture, 1), INB_LEAD_TEMPERATURE, "hot");
  inb_model_server_set (fixture->server, INB_KIND_LEAD, get_id (fixture, 2), INB_LEAD_TEMPERATURE, "hot");

  inb_edits_undo (fixture->edits);
  expect (fixture, "undone Temperature of 4 leads\n");
  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, G_MAXINT);
  expect (fixture, "reported 2 restored, 2 kept because others changed them since\n");
  assert_temperature (fixture, 0, "cold");
  assert_temperature (fixture, 1, "hot");
  assert_temperature (fixture, 3, "cold");
}

static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (InbEdit) edit = inb_edit_new ("Nothing");

  inb_edits_do (fixture->edits, edit);
  expect (fixture, "done Nothing\n");
  expect (fixture, "reported Nothing to change\n");
  g_assert_false (inb_edits_get_can_undo (fixture->edits));
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (InbEdit) one = make_edit (fixture, "One", 1, "warm");
  const char *reason;

  g_assert_true (inb_edits_may (fixture->edits, INB_RIGHT_READ, &reason));
  g_assert_null (reason);
  g_assert_false (inb_edits_may (fixture->edits, INB_RIGHT_EDIT, &reason));
  g_assert_cmpstr (reason, ==, "Viewers can only read; agents can edit");
  inb_edits_do (fixture->edits, one);
  expect (fixture, "failed Viewers can only read; agents can edit\n");
  g_assert_false (inb_edits_get_can_undo (fixture->edits));
  assert_temperature (fixture, 0, "cold");
}

static void
on_role (Fixture *fixture)
{
  g_string_append_printf (fixture->heard, "role %u\n", inb_edits_get_role (fixture->edits));
}

static void
test_many_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (InbEdit) two = make_edit (fixture, "Two", 2, "warm");

  inb_edits_do (fixture->edits, two);
  expect (fixture, "failed Only managers can do that\n");
  g_signal_connect_swapped (fixture->edits, "notify::role", G_CALLBACK (on_role), fixture);
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  expect (fixture, "role 3\n");
  inb_edits_do (fixture->edits, two);
  expect (fixture, "done Two\n");
}

#define ADD(NAME, ROLE, TEST) g_test_add (NAME, Fixture, GUINT_TO_POINTER (ROLE), set_up, TEST, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/edits/undo", INB_ROLE_AGENT, test_undo);
  ADD ("/edits/overtaken", INB_ROLE_MANAGER, test_overtaken);
  ADD ("/edits/nothing", INB_ROLE_AGENT, test_nothing);
  ADD ("/edits/refused", INB_ROLE_VIEWER, test_refused);
  ADD ("/edits/many-refused", INB_ROLE_AGENT, test_many_refused);

  return g_test_run ();
}

/* What is typed finds the command that is meant; what was used is offered first. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-command.h"
#include "inb-fuzzy.h"

static void
test_score (void)
{
  g_assert_cmpint (inb_fuzzy_score ("", "show the leads"), ==, 0);
  g_assert_cmpint (inb_fuzzy_score ("x", "show the leads"), ==, -1);
  g_assert_cmpint (inb_fuzzy_score ("mu", "change the temperature"), ==, -1);
  g_assert_cmpint (inb_fuzzy_score ("daelsa", "show the leads"), ==, -1);
  g_assert_cmpint (inb_fuzzy_score ("show", "show the leads"), >, inb_fuzzy_score ("leads", "show the leads"));
  g_assert_cmpint (inb_fuzzy_score ("leads", "show the leads"), >, inb_fuzzy_score ("ead", "show the leads"));
  g_assert_cmpint (inb_fuzzy_score ("ead", "show the leads"), >, inb_fuzzy_score ("stl", "show the leads"));
  g_assert_cmpint (inb_fuzzy_score ("stl", "show the leads"), >, inb_fuzzy_score ("stl", "last angel"));
}

static const char *
find_first (const char         *wanted,
            const char * const *recent)
{
  g_autoptr (GPtrArray) found = inb_command_find (wanted, recent);

  return found->len > 0 ? ((const InbCommand *) g_ptr_array_index (found, 0))->action : NULL;
}

static void
test_find (void)
{
  const char *const recent[] = { "app.quit", "win.retry", NULL };
  g_autoptr (GPtrArray) all = inb_command_find ("", recent);
  guint n_commands;

  inb_command_list (&n_commands);
  g_assert_cmpuint (all->len, ==, n_commands);
  g_assert_cmpstr (((const InbCommand *) g_ptr_array_index (all, 0))->action, ==, "app.quit");
  g_assert_cmpstr (((const InbCommand *) g_ptr_array_index (all, 1))->action, ==, "win.retry");
  g_assert_cmpstr (find_first ("HEAT", NULL), ==, "win.show-view::heat-map");
  g_assert_cmpstr (find_first ("fol", NULL), ==, "table.edit::follow-up");
  g_assert_null (find_first ("qqqq", NULL));
  /* What was used goes before what fits as well, not before what fits better. */
  g_assert_cmpstr (find_first ("show", (const char *const[]) { "win.show-view::trends", NULL }), ==, "win.show-view::trends");
  g_assert_cmpstr (find_first ("quit", (const char *const[]) { "win.search", NULL }), ==, "app.quit");
}

/* What cannot be done is only told to who means it. */
static void
test_named (void)
{
  const InbCommand *command = inb_command_get ("win.undo");

  g_assert_true (inb_command_is_named (command, ""));
  g_assert_true (inb_command_is_named (command, "UNDO"));
  g_assert_true (inb_command_is_named (command, "last ch"));
  g_assert_false (inb_command_is_named (command, "utlc"));
  g_assert_null (inb_command_get ("win.nothing"));
}

static void
test_note (void)
{
  const char *const recent[] = { "a", "b", "c", "d", "e", "f", NULL };
  g_auto (GStrv) again = inb_command_note (recent, "c");
  g_auto (GStrv) other = inb_command_note (recent, "g");
  g_autofree char *again_text = g_strjoinv (" ", again);
  g_autofree char *other_text = g_strjoinv (" ", other);

  g_assert_cmpstr (again_text, ==, "c a b d e f");
  g_assert_cmpstr (other_text, ==, "g a b c d e");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command/score", test_score);
  g_test_add_func ("/command/find", test_find);
  g_test_add_func ("/command/named", test_named);
  g_test_add_func ("/command/note", test_note);

  return g_test_run ();
}

/* Wrong keys are counted per guesser, per period and in bounded memory. */
#include "inb-key-guard.h"

#define SECOND G_TIME_SPAN_SECOND

static void
test_period (void)
{
  g_autoptr (InbKeyGuard) guard = inb_key_guard_new ();
  gint64 start = 1000 * SECOND;

  for (guint i = 0; i < INB_KEY_GUARD_MAX_WRONG; i++)
    g_assert_cmpuint (inb_key_guard_note (guard, "192.0.2.1", start), ==, 0);
  g_assert_cmpuint (inb_key_guard_note (guard, "192.0.2.1", start + 10 * SECOND), ==, 50);
  g_assert_cmpuint (inb_key_guard_note (guard, "192.0.2.1", start + 60 * SECOND - 1), ==, 1);
  g_assert_cmpuint (inb_key_guard_note (guard, "192.0.2.2", start + 10 * SECOND), ==, 0);
  g_assert_cmpuint (inb_key_guard_note (guard, "192.0.2.1", start + 60 * SECOND), ==, 0);
}

static void
test_many_guessers (void)
{
  g_autoptr (InbKeyGuard) guard = inb_key_guard_new ();
  guint n_refused = 0;

  for (guint i = 0; i < 10 * INB_KEY_GUARD_MAX_GUESSERS; i++)
    {
      g_autofree char *guesser = g_strdup_printf ("2001:db8::%x", i);

      n_refused += inb_key_guard_note (guard, guesser, SECOND) > 0;
    }
  /* All that came when the table was full share one count. */
  g_assert_cmpuint (n_refused, ==, 9 * INB_KEY_GUARD_MAX_GUESSERS - INB_KEY_GUARD_MAX_WRONG);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key-guard/period", test_period);
  g_test_add_func ("/key-guard/many-guessers", test_many_guessers);

  return g_test_run ();
}

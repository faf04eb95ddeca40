/* Files that are damaged, of another version, or left by a killed process: never a crash, never a wrong cursor. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"
#define N_LEADS 300
#define N_FLIPS 60
#define N_KILLS 12
#define LEADS_PER_PAGE 20

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
apply_leads (InbReplica *replica,
             InbSample  *sample,
             guint       n_leads)
{
  GPtrArray *rows = inb_kit_new_rows ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_leads; i++)
    {
      inb_sample_add_lead (sample, rows, NOW + (gint64) sample->n_leads * INB_TIME_SECOND);
      /* So that as many are counted as are listed. */
      inb_row_set_boolean (g_ptr_array_index (rows, rows->len - 2), INB_LEAD_IS_TEST, FALSE);
    }
  inb_kit_apply (replica, inb_kit_make_changes (replica, EPOCH, rows, sample->seq), &error);
  g_assert_no_error (error);
}

/* A closed replica of some leads. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (InbSample) sample = inb_sample_new (21);
  InbReplica *replica;

  fixture->folder = inb_kit_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "replica.db", NULL);
  replica = inb_kit_new (fixture->folder);
  apply_leads (replica, sample, N_LEADS);
  inb_kit_drop (replica);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  inb_kit_delete_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static guint
count_set_aside (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    count += g_str_has_prefix (name, "replica.db.damaged-");

  return count;
}

/* Opens it and finds it empty, working, and the old file set aside. */
static void
check_made_anew (Fixture *fixture,
                 guint    n_set_aside)
{
  g_autoptr (InbSample) sample = inb_sample_new (22);
  g_autoptr (InbReplica) replica = inb_kit_new (fixture->folder);
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (inb_replica_get_cursor (replica), ==, 0);
  g_assert_cmpstr (inb_replica_get_epoch (replica), ==, "");
  apply_leads (replica, sample, 10);
  metrics = inb_kit_get_metrics (replica, NOW, &error);
  g_assert_no_error (error);
  g_assert_cmpint (metrics->total, >, 0);
  g_assert_cmpuint (count_set_aside (fixture), ==, n_set_aside);
  inb_kit_drop (g_steal_pointer (&replica));
}

static void
test_garbage (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *garbage = g_malloc (100000);

  for (guint i = 0; i < 100000; i++)
    garbage[i] = (char) g_test_rand_int_range (0, 256);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (g_file_set_contents (fixture->path, garbage, 100000 - 31 * i, NULL));
      check_made_anew (fixture, MIN (i + 1, 2));
    }
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  check_made_anew (fixture, 0);
}

static void
exec (const char *path,
      const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_versions (Fixture       *fixture,
               gconstpointer  data)
{
  exec (fixture->path, "PRAGMA user_version = 99");
  check_made_anew (fixture, 1);
  exec (fixture->path, "PRAGMA user_version = 0");
  check_made_anew (fixture, 2);
  exec (fixture->path, "UPDATE meta SET value = 'other columns' WHERE key = 'schema'");
  check_made_anew (fixture, 2);
  exec (fixture->path, "DROP TABLE meta");
  check_made_anew (fixture, 2);
}

/* Whatever is asked of a damaged file, the answer is a result or an error; and in the end it works again. */
static void
use_damaged (Fixture *fixture)
{
  g_autoptr (InbReplica) replica = inb_replica_new (fixture->folder);
  g_autoptr (InbSample) sample = inb_sample_new (23);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_kit_new_rows ();
  InbChanges *changes;

  inb_kit_open (replica, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2 * INB_N_LEAD_SORTS; i++)
    {
      g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
      g_autoptr (GArray) rowids = NULL;
      g_autoptr (GPtrArray) summaries = NULL;

      query->sort = i / 2;
      if (i % 2 != 0)
        inb_lead_filter_toggle_value (query->filter, INB_FILTER_STAGE, "new");
      rowids = inb_kit_query (replica, query, NULL);
      summaries = rowids != NULL ? inb_kit_load (replica, rowids, NULL) : NULL;

      for (guint j = 0; summaries != NULL && j < summaries->len; j++)
        {
          const InbLeadSummary *summary = g_ptr_array_index (summaries, j);
          g_autoptr (InbLeadDetail) detail = NULL;

          if (summary == NULL)
            continue;
          g_assert_true (g_utf8_validate (summary->name, -1, NULL));
          if (j % 50 == 0)
            detail = inb_kit_get_lead (replica, summary->id, NULL);
        }
    }
  inb_metrics_free (inb_kit_get_metrics (replica, NOW, NULL));

  inb_sample_add_lead (sample, rows, NOW);
  changes = inb_kit_make_changes (replica, inb_replica_get_epoch (replica), rows,
                                  inb_replica_get_cursor (replica) + sample->seq);
  if (*changes->epoch == '\0')
    {
      g_free (changes->epoch);
      changes->epoch = g_strdup (EPOCH);
    }
  for (guint i = 0; i < rows->len; i++)
    inb_row_set_integer (g_ptr_array_index (rows, i),
                         (guint) inb_kind_get_seq_column (inb_row_get_kind (g_ptr_array_index (rows, i))), changes->from + 1 + i);
  inb_kit_apply (replica, changes, NULL);

  /* Reset is the way out of everything. */
  inb_kit_reset (replica, EPOCH, &error);
  g_assert_no_error (error);
  apply_leads (replica, sample, 5);
  inb_kit_drop (g_steal_pointer (&replica));
}

static void
test_flipped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *sound = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->path, &sound, &length, NULL));
  for (guint i = 0; i < N_FLIPS; i++)
    {
      g_autofree char *damaged = g_memdup2 (sound, length);

      /* One flip in the first page, where the schema is, as often as elsewhere. */
      for (guint flip = 0; flip < 40; flip++)
        damaged[g_test_rand_int_range (0, i % 2 == 0 ? (gint32) length : 4096)] ^= (char) (1 << g_test_rand_int_range (0, 8));
      g_assert_true (g_file_set_contents (fixture->path, damaged, (gssize) length, NULL));
      use_damaged (fixture);
    }
}

static void
test_truncated (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *sound = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (fixture->path, &sound, &length, NULL));
  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (g_file_set_contents (fixture->path, sound, g_test_rand_int_range (1, (gint32) length), NULL));
      use_damaged (fixture);
    }
}

static void
on_rebuilt (InbReplica *replica,
            gboolean   *rebuilt)
{
  *rebuilt = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Damage that shows while the replica is open. */
static void
test_while_open (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (InbReplica) replica = NULL;
  g_autoptr (InbSample) sample = inb_sample_new (24);
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gboolean rebuilt = FALSE;
  gsize length;

  /* All pages but the first. */
  g_assert_true (g_file_get_contents (fixture->path, &content, &length, NULL));
  for (gsize i = 4096 * 40; i < length; i++)
    content[i] = 0x55;
  g_assert_true (g_file_set_contents (fixture->path, content, (gssize) length, NULL));

  replica = inb_kit_new (fixture->folder);
  g_signal_connect (replica, "rebuilt", G_CALLBACK (on_rebuilt), &rebuilt);
  for (guint i = 0; i < INB_N_LEAD_SORTS && !rebuilt; i++)
    {
      query->sort = i;
      rowids = inb_kit_query (replica, query, &error);
      if (rowids == NULL)
        break;
      g_clear_pointer (&rowids, g_array_unref);
    }
  /* Unless what is read ahead came upon it first. */
  if (error != NULL)
    g_assert_error (error, INB_ERROR, INB_ERROR_CORRUPT);
  inb_kit_wait (is_true, &rebuilt);
  g_assert_cmpint (inb_replica_get_cursor (replica), ==, 0);
  g_assert_cmpuint (count_set_aside (fixture), ==, 1);
  apply_leads (replica, sample, 5);
  inb_kit_drop (g_steal_pointer (&replica));
}

/* Applies page after page until it is killed; a byte down the pipe after each. */
static void
apply_until_killed (const char *folder,
                    int         pipe_fd)
{
  g_autoptr (InbSample) sample = inb_sample_new (25);
  InbReplica *replica = inb_kit_new (folder);

  /* The same rows as the processes before. */
  while (sample->seq < inb_replica_get_cursor (replica))
    {
      g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

      inb_sample_add_lead (sample, rows, NOW);
    }
  for (;;)
    {
      apply_leads (replica, sample, LEADS_PER_PAGE);
      if (write (pipe_fd, "x", 1) != 1)
        _exit (1);
    }
}

static void
check_consistent (const char *folder,
                  gint64      least_cursor,
                  gint64     *cursor)
{
  g_autoptr (InbReplica) replica = inb_kit_new (folder);
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (replica, query, &error);
  g_autoptr (InbMetrics) metrics = inb_kit_get_metrics (replica, NOW, &error);
  g_autoptr (GPtrArray) contacts = inb_kit_list (replica, INB_KIND_CONTACT, &error);

  g_assert_no_error (error);
  *cursor = inb_replica_get_cursor (replica);
  /* Three rows a lead, whole pages, and as many leads as the cursor says. */
  g_assert_cmpint (*cursor % (3 * LEADS_PER_PAGE), ==, 0);
  g_assert_cmpint (*cursor, >=, least_cursor);
  g_assert_cmpint (contacts->len, ==, *cursor / 3);
  g_assert_cmpint (metrics->total, ==, rowids->len);
  g_assert_cmpint (metrics->total, <=, *cursor / 3);
  inb_kit_drop (g_steal_pointer (&replica));
}

static void
test_kill (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  gint64 cursor = 0;

  for (guint round = 0; round < N_KILLS; round++)
    {
      guint n_pages = (guint) g_test_rand_int_range (1, 6);
      gint64 least_cursor = cursor;
      int fds[2];
      pid_t child;
      char byte;

      g_assert_cmpint (pipe (fds), ==, 0);
      child = fork ();
      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          g_autofree char *fd = g_strdup_printf ("%d", fds[1]);

          /* A new program: a forked one has none of its threads. */
          execl (program, program, "--apply-until-killed", folder, fd, NULL);
          _exit (127);
        }

      close (fds[1]);
      for (guint page = 0; page < n_pages; page++)
        {
          g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
          least_cursor += 3 * LEADS_PER_PAGE;
        }
      g_usleep ((gulong) g_test_rand_int_range (0, 8000));
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      close (fds[0]);
      check_consistent (folder, least_cursor, &cursor);
    }
  inb_kit_delete_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--apply-until-killed"))
    {
      apply_until_killed (argv[2], atoi (argv[3]));
      return 1;
    }

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/replica/damage/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("empty", test_empty);
  ADD ("flipped", test_flipped);
  ADD ("garbage", test_garbage);
  ADD ("truncated", test_truncated);
  ADD ("versions", test_versions);
  ADD ("while-open", test_while_open);
#undef ADD
  g_test_add_func ("/replica/damage/kill", test_kill);

  return g_test_run ();
}

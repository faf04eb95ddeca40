/* A replica's files damaged in 200 ways: what is damaged is made anew; else every answer is one that the undamaged replica gave
 * when its cursor stood there. Never a crash, never a wrong row.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-page-vfs.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"
#define ROUNDS 20u /* of each mutation */
#define N_BASE_LEADS 120
#define N_BATCHES 12
#define LEADS_PER_BATCH 10

/* A replica's files as a process leaves them. */
typedef struct {
  GBytes *database;
  GBytes *log;      /* NULL = none */
  GBytes *note;
} Files;

typedef struct {
  Files       closed;      /* as a clean end leaves them */
  Files       killed;      /* with a log that holds the last transactions */
  Files       checkpointed; /* with a log whose pages are in the database too, and killed then */
  Files       other;       /* of another workspace, killed */
  GHashTable *states;      /* cursor → what the replica answered */
  GHashTable *lines;       /* of all those answers */
} World;

typedef enum {
  FLIP_CLOSED,
  FLIP_KILLED,
  FLIP_LOG,
  FLIP_CHECKPOINTED_LOG,
  TRUNCATE_DATABASE,
  TRUNCATE_LOG,
  TRUNCATE_CHECKPOINTED_LOG,
  NO_LOG,
  OTHER_LOG,
  OTHER_VERSION,
  N_MUTATIONS
} Mutation;

static void
files_clear (Files *files)
{
  g_clear_pointer (&files->database, g_bytes_unref);
  g_clear_pointer (&files->log, g_bytes_unref);
  g_clear_pointer (&files->note, g_bytes_unref);
}

static GBytes *
read_file (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *content;
  gsize length;

  return g_file_get_contents (path, &content, &length, NULL) ? g_bytes_new_take (content, length) : NULL;
}

static void
files_read (Files      *files,
            const char *folder)
{
  files->database = read_file (folder, "replica.db");
  files->log = read_file (folder, "replica.db-wal");
  files->note = read_file (folder, "replica.db-note");
}

static void
write_file (const char *folder,
            const char *name,
            GBytes     *content)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (content != NULL)
    g_assert_true (g_file_set_contents (path, g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content), NULL));
}

static void
files_write (const Files *files,
             const char  *folder)
{
  write_file (folder, "replica.db", files->database);
  write_file (folder, "replica.db-wal", files->log);
  write_file (folder, "replica.db-note", files->note);
}

static void
apply_leads (InbReplica *replica,
             InbSample  *sample,
             guint       n_leads)
{
  GPtrArray *rows = inb_kit_new_rows ();
  g_autoptr (GError) error = NULL;

  if (sample->seq == 0)
    inb_sample_add_small (sample, rows);
  for (guint i = 0; i < n_leads; i++)
    inb_sample_add_lead (sample, rows, NOW + (gint64) sample->n_leads * INB_TIME_SECOND);
  inb_kit_apply (replica, inb_kit_make_changes (replica, EPOCH, rows, sample->seq), &error);
  g_assert_no_error (error);
}

/* Everything that is asked of it, in words, a line each; figures begin with "#". */
static gboolean
ask (InbReplica  *replica,
     GString     *answer,
     GError     **error)
{
  static const InbLeadSort sorts[] = { INB_LEAD_SORT_CREATED, INB_LEAD_SORT_NAME, INB_LEAD_SORT_STAGE };
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();
  g_autoptr (InbValueCounts) values = NULL;
  g_autoptr (InbMetrics) metrics = NULL;

  g_string_truncate (answer, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
      g_autoptr (GPtrArray) summaries = NULL;
      g_autoptr (GArray) rowids = NULL;

      query->sort = sorts[i];
      rowids = inb_kit_query (replica, query, error);
      summaries = rowids == NULL ? NULL : inb_kit_load (replica, rowids, error);
      if (summaries == NULL)
        return FALSE;
      for (guint j = 0; j < summaries->len; j++)
        {
          const InbLeadSummary *summary = g_ptr_array_index (summaries, j);
          g_autoptr (InbLeadDetail) detail = NULL;

          if (summary == NULL)
            {
              g_string_append (answer, "# gone\n");
              continue;
            }
          g_string_append_printf (answer, "%s %s %s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", summary->id, summary->name,
                                  summary->phone, summary->stage, summary->source, summary->product, summary->created_at,
                                  summary->value);
          if (i > 0 || j % 10 != 0)
            continue;
          detail = inb_kit_get_lead (replica, summary->id, error);
          if (detail == NULL)
            return FALSE;
          inb_row_append_json (detail->lead, TRUE, answer);
          g_string_append_c (answer, '\n');
          if (detail->contact != NULL)
            inb_row_append_json (detail->contact, TRUE, answer);
          g_string_append_c (answer, '\n');
        }
    }
  metrics = inb_kit_get_metrics (replica, NOW, error);
  values = metrics == NULL ? NULL : inb_kit_get_values (replica, every, INB_FILTER_SOURCE, NOW, error);
  if (values == NULL)
    return FALSE;
  g_string_append_printf (answer, "# %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", metrics->total, metrics->converted);
  for (guint i = 0; i < values->n_values; i++)
    g_string_append_printf (answer, "# %s %" G_GINT64_FORMAT "\n", values->values[i].name, values->values[i].leads);

  return TRUE;
}

static void
note_state (World      *world,
            InbReplica *replica)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  ask (replica, answer, &error);
  g_assert_no_error (error);
  lines = g_strsplit (answer->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_hash_table_add (world->lines, g_strdup (lines[i]));
  g_hash_table_insert (world->states, GINT_TO_POINTER ((int) inb_replica_get_cursor (replica)),
                       g_string_free (g_steal_pointer (&answer), FALSE));
}

static void
run_sql (const char *folder,
         const char *sql)
{
  g_autofree char *path = g_build_filename (folder, "replica.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, INB_PAGE_VFS_NAME), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
make_other (World *world)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbSample) sample = inb_sample_new (52);
  InbReplica *replica = inb_kit_new (folder);

  apply_leads (replica, sample, N_BASE_LEADS);
  files_read (&world->other, folder);
  inb_kit_drop (replica);
  inb_kit_delete_folder (folder);
}

static void
world_init (World *world)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autoptr (InbSample) sample = inb_sample_new (51);
  InbReplica *replica = inb_kit_new (folder);

  world->states = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  world->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  apply_leads (replica, sample, N_BASE_LEADS);
  note_state (world, replica);
  inb_kit_drop (replica);
  files_read (&world->closed, folder);
  g_assert_null (world->closed.log);
  g_assert_null (world->closed.note);

  replica = inb_kit_new (folder);
  for (guint i = 0; i < N_BATCHES; i++)
    {
      apply_leads (replica, sample, LEADS_PER_BATCH);
      note_state (world, replica);
    }
  files_read (&world->killed, folder);
  g_assert_nonnull (world->killed.log);
  g_assert_nonnull (world->killed.note);
  run_sql (folder, "PRAGMA wal_checkpoint (PASSIVE)");
  files_read (&world->checkpointed, folder);
  inb_kit_drop (replica);
  inb_kit_delete_folder (folder);
  make_other (world);
}

static void
world_clear (World *world)
{
  files_clear (&world->closed);
  files_clear (&world->killed);
  files_clear (&world->checkpointed);
  files_clear (&world->other);
  g_hash_table_unref (world->states);
  g_hash_table_unref (world->lines);
}

static void
flip (GBytes **content,
      GRand   *rand)
{
  gsize length;
  guint8 *bytes = g_bytes_unref_to_data (g_bytes_new (g_bytes_get_data (*content, NULL), g_bytes_get_size (*content)), &length);

  for (int i = g_rand_int_range (rand, 1, 9); i > 0; i--)
    bytes[g_rand_int_range (rand, 0, (gint32) length)] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
  g_bytes_unref (*content);
  *content = g_bytes_new_take (bytes, length);
}

static void
truncate_bytes (GBytes **content,
                GRand   *rand)
{
  GBytes *shorter = g_bytes_new_from_bytes (*content, 0, (gsize) g_rand_int_range (rand, 1, (gint32) g_bytes_get_size (*content)));

  g_bytes_unref (*content);
  *content = shorter;
}

static void
copy_files (const Files *from,
            Files       *to)
{
  to->database = g_bytes_ref (from->database);
  to->log = from->log != NULL ? g_bytes_ref (from->log) : NULL;
  to->note = from->note != NULL ? g_bytes_ref (from->note) : NULL;
}

static void
mutate (World      *world,
        Mutation    mutation,
        GRand      *rand,
        const char *folder)
{
  Files files = { NULL };

  switch (mutation)
    {
    case FLIP_CLOSED:
    case TRUNCATE_DATABASE:
    case OTHER_VERSION:
      copy_files (&world->closed, &files);
      break;
    case FLIP_CHECKPOINTED_LOG:
    case TRUNCATE_CHECKPOINTED_LOG:
      copy_files (&world->checkpointed, &files);
      break;
    default:
      copy_files (g_rand_boolean (rand) && mutation != FLIP_LOG && mutation != TRUNCATE_LOG ? &world->checkpointed : &world->killed, &files);
      break;
    }

  if (mutation == FLIP_CLOSED || mutation == FLIP_KILLED)
    flip (&files.database, rand);
  else if (mutation == FLIP_LOG || mutation == FLIP_CHECKPOINTED_LOG)
    flip (&files.log, rand);
  else if (mutation == TRUNCATE_DATABASE)
    truncate_bytes (&files.database, rand);
  else if (mutation == TRUNCATE_LOG || mutation == TRUNCATE_CHECKPOINTED_LOG)
    truncate_bytes (&files.log, rand);
  else if (mutation == NO_LOG || mutation == OTHER_LOG)
    g_clear_pointer (&files.log, g_bytes_unref);
  if (mutation == OTHER_LOG)
    files.log = g_bytes_ref (world->other.log);

  files_write (&files, folder);
  files_clear (&files);
  if (mutation == OTHER_VERSION)
    {
      g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", g_rand_boolean (rand) ? 0 : 90 + g_rand_int_range (rand, 0, 9));

      run_sql (folder, g_rand_boolean (rand) ? sql : "UPDATE meta SET value = 'other columns' WHERE key = 'schema'");
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

/* Also what was answered while the damage was being found is right, as far as it goes. */
static void
check_lines (World   *world,
             GString *answer)
{
  g_auto (GStrv) lines = g_strsplit (answer->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] != '#' && !g_hash_table_contains (world->lines, lines[i]))
        g_error ("Never written: %s", lines[i]);
    }
}

/* Returns: whether it was made anew. */
static gboolean
check_mutant (World      *world,
              const char *folder)
{
  InbReplica *replica = inb_replica_new (folder);
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *expected;
  gboolean rebuilt = FALSE;
  gboolean is_anew;

  g_signal_connect (replica, "rebuilt", G_CALLBACK (on_rebuilt), &rebuilt);
  inb_kit_open (replica, &error);
  g_assert_no_error (error);
  expected = g_hash_table_lookup (world->states, GINT_TO_POINTER ((int) inb_replica_get_cursor (replica)));
  is_anew = inb_replica_get_cursor (replica) == 0;
  g_assert_true (is_anew || expected != NULL);
  ask (replica, answer, &error);
  check_lines (world, answer);

  if (!is_anew && (error != NULL || g_strcmp0 (answer->str, expected) != 0))
    {
      /* Damage was found: by these questions, or by what is read ahead. */
      inb_kit_wait (is_true, &rebuilt);
      g_clear_error (&error);
      is_anew = TRUE;
      ask (replica, answer, &error);
    }
  g_assert_no_error (error);
  if (is_anew)
    {
      g_assert_cmpint (inb_replica_get_cursor (replica), ==, 0);
      g_assert_cmpstr (answer->str, ==, "# 0 0\n");
    }
  inb_kit_drop (replica);

  return is_anew;
}

static void
test_mutants (void)
{
  static const char * const names[N_MUTATIONS] = {
    "closed: flipped", "killed: flipped", "log flipped", "log flipped after a checkpoint", "truncated", "log truncated",
    "log truncated after a checkpoint", "no log", "another file's log", "another version",
  };
  guint n_anew[N_MUTATIONS] = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2026);
  World world = { 0 };

  world_init (&world);
  for (guint i = 0; i < ROUNDS * N_MUTATIONS; i++)
    {
      g_autofree char *folder = inb_kit_make_folder ();

      mutate (&world, i % N_MUTATIONS, rand, folder);
      n_anew[i % N_MUTATIONS] += check_mutant (&world, folder);
      inb_kit_delete_folder (folder);
    }
  for (guint i = 0; i < N_MUTATIONS; i++)
    g_test_message ("%s: %u of %u made anew", names[i], n_anew[i], ROUNDS);

  /* What cannot be told from undamaged. */
  g_assert_cmpuint (n_anew[NO_LOG], ==, ROUNDS);
  g_assert_cmpuint (n_anew[OTHER_LOG], ==, ROUNDS);
  g_assert_cmpuint (n_anew[OTHER_VERSION], ==, ROUNDS);
  g_assert_cmpuint (n_anew[TRUNCATE_CHECKPOINTED_LOG], ==, ROUNDS);
  world_clear (&world);
}

/* Without any damage nothing is made anew. */
static void
test_undamaged (void)
{
  World world = { 0 };
  const Files *all[] = { &world.closed, &world.killed, &world.checkpointed };

  world_init (&world);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *folder = inb_kit_make_folder ();

      files_write (all[i], folder);
      g_assert_false (check_mutant (&world, folder));
      inb_kit_delete_folder (folder);
    }
  world_clear (&world);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replica/mutants/undamaged", test_undamaged);
  g_test_add_func ("/replica/mutants/damaged", test_mutants);

  return g_test_run ();
}

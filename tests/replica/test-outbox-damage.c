/* A damaged outbox loses nothing that can be read; a full disk does nothing by halves. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-error.h"
#include "inb-outbox-kit.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define NOW (1780000000 * INB_TIME_SECOND)
#define EPOCH "one"
#define N_LEADS 12
#define N_EDITS 60
#define PAGE_SIZE 4096
#define ROUNDS 40

typedef struct {
  char           *folder;
  InbReplica     *replica;
  InbModelServer *server;
  GPtrArray      *lead_ids;
  guint           n_salvages;
  guint           n_saved;
} Fixture;

/* Which of the files cannot grow just now, or NULL; set on one thread, looked at on others. */
static const char *full_file;
static sqlite3_io_methods full_methods;
static sqlite3_vfs full_vfs;
static sqlite3_vfs *real_vfs;

static int
write_or_fail (sqlite3_file  *file,
               const void    *buffer,
               int            amount,
               sqlite3_int64  offset)
{
  if (g_atomic_pointer_get (&full_file) != NULL)
    return SQLITE_FULL;

  return ((const sqlite3_io_methods *) full_vfs.pAppData)->xWrite (file, buffer, amount, offset);
}

/* Only the logs: that is where every transaction goes first. */
static int
open_file (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *file,
           int           flags,
           int          *out_flags)
{
  int result = real_vfs->xOpen (real_vfs, name, file, flags, out_flags);

  if (result != SQLITE_OK || name == NULL || !g_str_has_suffix (name, "outbox.db-wal"))
    return result;

  if (full_vfs.pAppData == NULL)
    {
      full_vfs.pAppData = (gpointer) file->pMethods;
      full_methods = *file->pMethods;
      full_methods.xWrite = write_or_fail;
    }
  file->pMethods = &full_methods;

  return result;
}

/* Before the first replica is opened: its own files lie on what is the default then. */
static void
register_vfs (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  full_vfs = *real_vfs;
  full_vfs.zName = "inb-test-full";
  full_vfs.pAppData = NULL;
  full_vfs.xOpen = open_file;
  g_assert_cmpint (sqlite3_vfs_register (&full_vfs, 1), ==, SQLITE_OK);
}

static void
on_salvaged (InbReplica *replica,
             guint       n_saved,
             Fixture    *fixture)
{
  fixture->n_salvages++;
  fixture->n_saved = n_saved;
}

static void
open_replica (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->replica = inb_replica_new (fixture->folder);
  fixture->n_salvages = 0;
  g_signal_connect (fixture->replica, "outbox-salvaged", G_CALLBACK (on_salvaged), fixture);
  inb_kit_open (fixture->replica, &error);
  g_assert_no_error (error);
  inb_kit_settle (fixture->replica);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (InbSample) sample = inb_sample_new (4);
  g_autoptr (GPtrArray) rows = inb_kit_new_rows ();

  fixture->folder = inb_kit_make_folder ();
  fixture->lead_ids = g_ptr_array_new_with_free_func (g_free);
  inb_sample_add_small (sample, rows);
  for (guint i = 0; i < N_LEADS; i++)
    inb_sample_add_lead (sample, rows, NOW + i * INB_TIME_SECOND);
  for (guint i = 0; i < rows->len; i++)
    {
      if (inb_row_get_kind (g_ptr_array_index (rows, i)) == INB_KIND_LEAD)
        g_ptr_array_add (fixture->lead_ids, g_strdup (inb_row_get_key (g_ptr_array_index (rows, i))));
    }
  fixture->server = inb_model_server_new (rows, EPOCH);
  open_replica (fixture);
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  inb_kit_pull (fixture->replica, fixture->server, 1000);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  inb_kit_drop (fixture->replica);
  inb_kit_delete_folder (fixture->folder);
  inb_model_server_free (fixture->server);
  g_ptr_array_unref (fixture->lead_ids);
  g_free (fixture->folder);
}

static const char *
get_lead_id (Fixture *fixture,
             guint    number)
{
  return g_ptr_array_index (fixture->lead_ids, number % N_LEADS);
}

static void
edit (Fixture *fixture,
      guint    number)
{
  g_autofree char *value = g_strdup_printf ("%u", number);

  /* Some so long that they do not fit on a page. */
  if (number % 20 == 7)
    {
      g_autofree char *noise = g_strnfill (9000, 'x');
      g_autofree char *longer = g_strconcat (value, noise, NULL);

      g_free (inb_kit_edit_lead (fixture->replica, get_lead_id (fixture, number), INB_LEAD_INITIAL_INQUIRY, longer));
    }
  else
    {
      g_free (inb_kit_edit_lead (fixture->replica, get_lead_id (fixture, number), INB_LEAD_BUDGET_RANGE, value));
    }
}

static char *
make_path (Fixture    *fixture,
           const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
damage (Fixture    *fixture,
        const char *name,
        gsize       offset,
        gsize       length,
        GRand      *rand)
{
  g_autofree char *path = make_path (fixture, name);
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  for (gsize i = offset; i < MIN (offset + length, size); i++)
    content[i] = (char) (rand != NULL ? g_rand_int_range (rand, 0, 256) : 0);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
}

static gsize
get_size (Fixture    *fixture,
          const char *name)
{
  g_autofree char *path = make_path (fixture, name);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);

  return (gsize) info.st_size;
}

static gboolean
has_damaged_file (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, "outbox.db.damaged-"))
        return TRUE;
    }

  return FALSE;
}

static GHashTable *
list_texts (Fixture *fixture)
{
  g_autoptr (GPtrArray) entries = inb_kit_list_outbox (fixture->replica, NULL);
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      GString *json = g_string_new (NULL);

      inb_mutation_append_json (((const InbOutboxEntry *) g_ptr_array_index (entries, i))->mutation, json);
      g_hash_table_add (texts, g_string_free (json, FALSE));
    }

  return texts;
}

static void
assert_converges (Fixture *fixture)
{
  inb_kit_push (fixture->replica, fixture->server);
  inb_kit_pull (fixture->replica, fixture->server, 1000);
  inb_kit_assert_equal (fixture->replica, fixture->folder, fixture->server);
  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_waiting, ==, 0);
}

/* With its head gone SQLite does not even see a database; the entries themselves are all there. */
static void
test_head (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < N_EDITS; i++)
    edit (fixture, i);
  inb_kit_settle (fixture->replica);
  inb_kit_drop (fixture->replica);
  damage (fixture, "outbox.db", 0, PAGE_SIZE, NULL);
  open_replica (fixture);
  g_assert_cmpuint (fixture->n_salvages, ==, 1);
  g_assert_cmpuint (fixture->n_saved, ==, N_EDITS);
  g_assert_true (has_damaged_file (fixture));
  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_waiting, ==, N_EDITS);
  assert_converges (fixture);
}

/* Anything anywhere: what is left is exactly what was stored, and most of it. */
static void
test_anywhere (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GHashTable) stored = NULL;
  g_autofree char *content = NULL;
  g_autofree char *path = make_path (fixture, "outbox.db");
  g_autofree char *replica_path = make_path (fixture, "replica.db");
  g_autofree char *replica_content = NULL;
  gsize size, replica_size;
  guint n_lost = 0;

  for (guint i = 0; i < N_EDITS; i++)
    edit (fixture, i);
  stored = list_texts (fixture);
  inb_kit_settle (fixture->replica);
  inb_kit_drop (fixture->replica);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_true (g_file_get_contents (replica_path, &replica_content, &replica_size, NULL));

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GHashTable) left = NULL;
      GHashTableIter iter;
      gpointer text;

      g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
      damage (fixture, "outbox.db", (gsize) g_rand_int_range (rand, 0, (gint32) size), 1u << g_rand_int_range (rand, 0, 10), rand);
      open_replica (fixture);
      left = list_texts (fixture);
      g_hash_table_iter_init (&iter, left);
      while (g_hash_table_iter_next (&iter, &text, NULL))
        g_assert_true (g_hash_table_contains (stored, text));
      g_assert_cmpuint (g_hash_table_size (left), >=, N_EDITS * 2 / 3);
      if (g_hash_table_size (left) < N_EDITS)
        g_assert_cmpuint (fixture->n_salvages, >, 0);
      n_lost += N_EDITS - g_hash_table_size (left);
      inb_kit_settle (fixture->replica);
      inb_kit_drop (fixture->replica);
    }
  g_test_message ("%d times damaged, %u of %d entries could not be read", ROUNDS, n_lost, ROUNDS * N_EDITS);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  open_replica (fixture);
  assert_converges (fixture);
}

/* Found out while it is open: what is asked for is done all the same. */
static void
test_while_open (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = make_path (fixture, "outbox.db");
  guint n_before;

  for (guint i = 0; i < N_EDITS; i++)
    edit (fixture, i);
  inb_kit_settle (fixture->replica);
  inb_kit_drop (fixture->replica);
  open_replica (fixture);
  n_before = inb_replica_get_outbox_counts (fixture->replica).n_waiting;
  g_assert_cmpuint (n_before, ==, N_EDITS);

  /* All but the head, under the open connection, so that every page that is read from now on is damaged. */
  {
    g_autofree char *noise = g_malloc0 (get_size (fixture, "outbox.db") - PAGE_SIZE);
    FILE *file = g_fopen (path, "r+b");

    g_assert_nonnull (file);
    memset (noise, 0x5a, get_size (fixture, "outbox.db") - PAGE_SIZE);
    g_assert_cmpint (fseek (file, PAGE_SIZE, SEEK_SET), ==, 0);
    g_assert_cmpuint (fwrite (noise, 1, get_size (fixture, "outbox.db") - PAGE_SIZE, file), ==,
                      get_size (fixture, "outbox.db") - PAGE_SIZE);
    fclose (file);
  }
  for (guint i = 0; i < N_EDITS; i++)
    edit (fixture, 1000 + i);
  inb_kit_settle (fixture->replica);
  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_waiting, >=, N_EDITS);
  assert_converges (fixture);
}

/* The log is gone, with what only it had. */
static void
test_no_log (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *database = NULL;
  g_autofree char *note = NULL;
  g_autofree char *path = make_path (fixture, "outbox.db");
  g_autofree char *note_path = make_path (fixture, "outbox.db-note");
  gsize size, note_size;

  for (guint i = 0; i < N_EDITS; i++)
    edit (fixture, i);
  /* As after a kill, but for the log. */
  g_assert_true (g_file_get_contents (path, &database, &size, NULL));
  g_assert_true (g_file_get_contents (note_path, &note, &note_size, NULL));
  inb_kit_settle (fixture->replica);
  inb_kit_drop (fixture->replica);
  g_assert_true (g_file_set_contents (path, database, (gssize) size, NULL));
  g_assert_true (g_file_set_contents (note_path, note, (gssize) note_size, NULL));

  open_replica (fixture);
  g_assert_cmpuint (fixture->n_salvages, ==, 1);
  g_assert_true (has_damaged_file (fixture));
  inb_replica_set_actor (fixture->replica, INB_KIT_USER, "Me", INB_ROLE_MANAGER);
  edit (fixture, 1);
  assert_converges (fixture);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = make_path (fixture, "outbox.db");
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  edit (fixture, 1);
  inb_kit_settle (fixture->replica);
  inb_kit_drop (fixture->replica);
  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, "inb-page"), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  /* Another version's edits are not touched. */
  fixture->replica = inb_replica_new (fixture->folder);
  g_assert_false (inb_kit_open (fixture->replica, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_SCHEMA_NEWER);
  g_assert_false (has_damaged_file (fixture));
}

static void
test_disk_full (Fixture       *fixture,
                gconstpointer  data)
{
  const char *lead_id = get_lead_id (fixture, 0);
  g_autoptr (InbEdit) refused = inb_edit_new ("Full");
  g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, lead_id, NOW);
  g_autoptr (InbLeadDetail) detail = NULL;
  g_autoptr (GError) error = NULL;

  edit (fixture, 0);
  inb_mutation_add_change (mutation, INB_LEAD_BUDGET_RANGE, "0", "refused");
  inb_edit_add (refused, mutation);
  g_atomic_pointer_set (&full_file, "outbox.db-wal");
  g_assert_null (inb_kit_edit (fixture->replica, refused, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_DISK_FULL);
  g_clear_error (&error);
  g_atomic_pointer_set (&full_file, NULL);

  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_waiting, ==, 1);
  detail = inb_kit_get_lead (fixture->replica, lead_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (inb_row_get (detail->lead, INB_LEAD_BUDGET_RANGE), ==, "0");
  edit (fixture, N_LEADS);
  assert_converges (fixture);
  g_assert_cmpstr (inb_row_get (inb_model_server_find (fixture->server, INB_KIND_LEAD, lead_id), INB_LEAD_BUDGET_RANGE), ==, "12");
}

static gboolean
is_everything_back (gpointer data)
{
  Fixture *fixture = data;

  return *inb_replica_get_epoch (fixture->replica) == '\0';
}

/* The replica is damaged while edits wait: it is made anew, they are kept, shown and sent. */
static void
test_replica_damaged (Fixture       *fixture,
                      gconstpointer  data)
{
  for (guint i = 0; i < N_EDITS; i++)
    edit (fixture, i);
  inb_kit_settle (fixture->replica);
  inb_kit_drop (fixture->replica);
  damage (fixture, "replica.db", 0, get_size (fixture, "replica.db") / 2, NULL);
  open_replica (fixture);
  inb_kit_wait (is_everything_back, fixture);
  g_assert_cmpuint (inb_replica_get_outbox_counts (fixture->replica).n_waiting, ==, N_EDITS);
  inb_kit_pull (fixture->replica, fixture->server, 5);
  assert_converges (fixture);
  g_assert_cmpstr (inb_row_get (inb_model_server_find (fixture->server, INB_KIND_LEAD, get_lead_id (fixture, N_EDITS - 1)),
                                INB_LEAD_BUDGET_RANGE), ==, "59");
}

#define ADD(name, function) g_test_add ("/replica/outbox/damage/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  register_vfs ();

  ADD ("head", test_head);
  ADD ("anywhere", test_anywhere);
  ADD ("while-open", test_while_open);
  ADD ("no-log", test_no_log);
  ADD ("newer", test_newer);
  ADD ("disk-full", test_disk_full);
  ADD ("replica", test_replica_damaged);

  return g_test_run ();
}

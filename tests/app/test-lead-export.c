/* Leads as a file: what is in it, that it is safe to open, and that a failure leaves what was there. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-lead-export-file.h"
#include "inb-time.h"

#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

typedef struct {
  InbWorld     *world;
  InbDirectory *directory;
  GArray       *rowids;
  GArray       *columns;
  GCancellable *cancellable;
  GFile        *file;
  GError       *error;
  gint64        n_written;
  guint         cancel_at;
  guint         n_steps;
  gboolean      done;
} Fixture;

static void
on_queried (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->rowids = inb_replica_query_finish (INB_REPLICA (source), result, &fixture->error);
  g_assert_no_error (fixture->error);
}

static gboolean
has_rowids (gpointer data)
{
  return ((Fixture *) data)->rowids != NULL;
}

static void
set_up (Fixture *fixture,
        guint    n_leads)
{
  static const InbLeadSort columns[] = { INB_LEAD_SORT_NAME, INB_LEAD_SORT_PHONE, INB_LEAD_SORT_STAGE, INB_LEAD_SORT_SCORE,
                                         INB_LEAD_SORT_VALUE, INB_LEAD_SORT_CREATED, INB_LEAD_SORT_RESPONSE };
  g_autofree char *path = NULL;

  fixture->world = inb_world_new (NULL, n_leads);
  fixture->directory = inb_directory_new (fixture->world->replica);
  fixture->cancellable = g_cancellable_new ();
  fixture->columns = g_array_new (FALSE, FALSE, sizeof (InbLeadSort));
  g_array_append_vals (fixture->columns, columns, G_N_ELEMENTS (columns));
  path = g_build_filename (fixture->world->folder, "leads.csv", NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
tear_down (Fixture *fixture)
{
  g_file_delete (fixture->file, NULL, NULL);
  g_clear_error (&fixture->error);
  g_object_unref (fixture->file);
  g_object_unref (fixture->cancellable);
  g_array_unref (fixture->columns);
  g_clear_pointer (&fixture->rowids, g_array_unref);
  g_object_unref (fixture->directory);
  inb_world_free (fixture->world);
}

static void
on_progress (guint    done,
             guint    total,
             gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpuint (done, <=, total);
  if (++fixture->n_steps == fixture->cancel_at)
    g_cancellable_cancel (fixture->cancellable);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *fixture = user_data;

  fixture->n_written = inb_lead_export_file_finish (INB_REPLICA (source), result, &fixture->error);
  fixture->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->done;
}

static void
run (Fixture *fixture)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GTimeZone) timezone = g_time_zone_new_offset (5 * 3600 + 1800);

  inb_replica_query_async (fixture->world->replica, query, NULL, on_queried, fixture);
  inb_kit_wait (has_rowids, fixture);
  inb_lead_export_file_async (fixture->world->replica, fixture->directory, timezone, fixture->rowids, fixture->columns, FALSE,
                              fixture->file, on_progress, fixture, fixture->cancellable, on_done, fixture);
  inb_kit_wait (is_done, fixture);
}

static char *
read_file (Fixture *fixture)
{
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_load_contents (fixture->file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GFile) parent = g_file_get_parent (fixture->file);
  g_autoptr (GDir) folder = g_dir_open (g_file_peek_path (parent), 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    count += strstr (name, ".csv") != NULL;

  return count;
}

static void
test_content (void)
{
  Fixture fixture = { 0 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  InbRow *lead;
  g_autofree char *id = NULL;

  set_up (&fixture, 2500);
  lead = g_ptr_array_index (fixture.world->leads, 2499);
  inb_row_set (lead, INB_LEAD_STAGE, "=1+1");
  inb_row_set_integer (lead, INB_LEAD_LEAD_SCORE, 82);
  inb_row_set (lead, INB_LEAD_ESTIMATED_VALUE, "1234.50");
  inb_row_set_boolean (lead, INB_LEAD_IS_CONVERTED, FALSE);
  inb_row_set (lead, INB_LEAD_CURRENCY, "EUR");
  inb_row_set_time (lead, INB_LEAD_CREATED_AT, G_GINT64_CONSTANT (4102444800) * INB_TIME_SECOND);
  inb_row_set_time (lead, INB_LEAD_FIRST_RESPONSE_AT, G_GINT64_CONSTANT (4102444890) * INB_TIME_SECOND);
  inb_world_change (fixture.world, lead);
  run (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (fixture.n_written, ==, 2500);

  text = read_file (&fixture);
  g_assert_true (g_str_has_prefix (text, "\xEF\xBB\xBF\"Name\",\"Phone\",\"Stage\",\"Score\",\"Value\",\"Currency\","
                                         "\"Created\",\"First Response (seconds)\",\"ID\"\r\n"));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2502);
  id = g_strdup_printf (",\"%s\"", inb_row_get_key (lead));
  g_assert_true (g_str_has_suffix (lines[1], id));
  g_assert_nonnull (strstr (lines[1], ",\"'=1+1\",82,1234.50,\"EUR\",\"2100-01-01T05:30:00+05:30\",90"));
  /* A phone number begins as a formula does. */
  g_assert_nonnull (strstr (text, "\"'+49 171"));
  g_assert_null (strstr (text, "\"+49 171"));
  g_assert_cmpuint (count_files (&fixture), ==, 1);
  tear_down (&fixture);
}

static void
test_cancel (void)
{
  Fixture fixture = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&fixture, 5000);
  g_file_replace_contents (fixture.file, "old", 3, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture.cancel_at = 2;
  run (&fixture);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (fixture.n_written, ==, -1);
  text = read_file (&fixture);
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (count_files (&fixture), ==, 1);
  tear_down (&fixture);
}

/* The message says what was being done. */
static void
test_failure (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, 10);
  g_object_unref (fixture.file);
  fixture.file = g_file_new_for_path ("/nowhere/leads.csv");
  run (&fixture);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (fixture.error->message, "Writing the file: "));
  tear_down (&fixture);
}

static gboolean
put (const char *path,
     const char *text)
{
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

/* For mounts of our own, which nobody else sees. Before there is a second thread: a thread has its namespaces from the one
 * that started it. */
static gboolean
part_from_mounts (void)
{
  g_autofree char *users = g_strdup_printf ("%u %u 1", getuid (), getuid ());
  g_autofree char *groups = g_strdup_printf ("%u %u 1", getgid (), getgid ());

  if (getuid () == 0)
    return unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;

  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && put ("/proc/self/uid_map", users) &&
         put ("/proc/self/setgroups", "deny") && put ("/proc/self/gid_map", groups);
}

/* The disk is full halfway: the old file stays as it was, nothing lies about, and the message says why. */
static void
test_full_disk (gconstpointer parted)
{
  Fixture fixture = { 0 };
  g_autofree char *disk = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!GPOINTER_TO_INT (parted))
    {
      g_test_skip ("mounting is not allowed here");
      return;
    }

  set_up (&fixture, 5000);
  disk = g_build_filename (fixture.world->folder, "disk", NULL);
  path = g_build_filename (disk, "leads.csv", NULL);
  g_assert_no_errno (g_mkdir (disk, 0700));
  g_assert_no_errno (mount ("tmpfs", disk, "tmpfs", 0, "size=256k,mode=0700"));
  g_object_unref (fixture.file);
  fixture.file = g_file_new_for_path (path);
  g_file_set_contents (path, "old", -1, &error);
  g_assert_no_error (error);

  run (&fixture);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_true (g_str_has_prefix (fixture.error->message, "Writing the file: "));
  g_assert_nonnull (strstr (fixture.error->message, g_strerror (ENOSPC)));
  g_assert_cmpint (fixture.n_written, ==, -1);
  text = read_file (&fixture);
  g_assert_cmpstr (text, ==, "old");
  g_assert_cmpuint (count_files (&fixture), ==, 1);

  g_assert_no_errno (umount (disk));
  g_assert_no_errno (g_rmdir (disk));
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  gboolean parted = part_from_mounts ();

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lead-export/content", test_content);
  g_test_add_func ("/lead-export/cancel", test_cancel);
  g_test_add_func ("/lead-export/failure", test_failure);
  g_test_add_data_func ("/lead-export/full-disk", GINT_TO_POINTER (parted), test_full_disk);

  return g_test_run ();
}

#define G_LOG_DOMAIN "inb-replica"

#include "inb-outbox-file-private.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-log-note.h"
#include "inb-outbox-salvage.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* What a salvage writes before it takes the file's place. */
#define SALVAGED_SUFFIX ".salvaged"
#define DAMAGED_SUFFIX ".damaged-"
#define LOG_SUFFIX "-wal"
#define MAX_DAMAGED 4

static gboolean
fail (GError     **error,
      const char  *doing,
      const char  *path)
{
  int code = errno;

  g_set_error (error, INB_ERROR, code == ENOSPC ? INB_ERROR_DISK_FULL : INB_ERROR_INTERNAL, "%s %s: %s", doing, path,
               g_strerror (code));

  return FALSE;
}

static gboolean
delete_file (const char  *path,
             const char  *suffix,
             GError     **error)
{
  g_autofree char *whole = g_strconcat (path, suffix, NULL);

  return g_unlink (whole) == 0 || errno == ENOENT || fail (error, "Deleting", whole);
}

static gboolean
rename_file (const char  *from,
             const char  *to,
             GError     **error)
{
  return g_rename (from, to) == 0 || errno == ENOENT || fail (error, "Renaming", from);
}

/* The database with all that SQLite and we keep beside it. */
static gboolean
delete_database (const char  *path,
                 GError     **error)
{
  g_autofree char *note = inb_log_note_get_path (path);

  return delete_file (path, "", error) && delete_file (path, LOG_SUFFIX, error) && delete_file (path, "-shm", error) &&
         delete_file (note, "", error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) b, *(const char *const *) a);
}

gboolean
inb_outbox_file_delete_damaged (InbOutboxFile  *self,
                                guint           n_kept,
                                GError        **error)
{
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *prefix = g_strconcat (base, DAMAGED_SUFFIX, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, prefix))
        g_ptr_array_add (names, g_build_filename (self->folder, name, NULL));
    }
  g_ptr_array_sort (names, compare_names);
  for (guint i = n_kept; i < names->len; i++)
    {
      if (!delete_file (g_ptr_array_index (names, i), "", error))
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_outbox_file_tidy:
 *
 * A salvaged file is whole when the damaged one has been set aside, and not before.
 */
gboolean
inb_outbox_file_tidy (InbOutboxFile  *self,
                      GError        **error)
{
  g_autofree char *salvaged = g_strconcat (self->path, SALVAGED_SUFFIX, NULL);

  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    return delete_database (salvaged, error);

  return rename_file (salvaged, self->path, error);
}

static InbOutboxItem *
make_item (const InbOutboxScrap *scrap)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = inb_json_parse (scrap->mutation, strlen (scrap->mutation), &error);
  g_autoptr (InbMutation) mutation = NULL;
  InbOutboxItem *item;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    mutation = inb_mutation_new_from_json (json_node_get_object (root), &error);
  if (mutation == NULL)
    {
      g_message ("An entry of the outbox cannot be read: %s", error != NULL ? error->message : "it is no object");
      return NULL;
    }

  item = inb_outbox_item_new (mutation, scrap->label);
  item->actor = g_strdup (scrap->actor);
  item->takes_back = g_strdup (scrap->takes_back);

  return item;
}

static gboolean
add_scraps (InbOutboxFile  *self,
            GPtrArray      *scraps,
            guint          *n_saved,
            GError        **error)
{
  gboolean done = TRUE;

  if (!inb_outbox_file_begin (self, error))
    return FALSE;
  for (guint i = 0; done && i < scraps->len; i++)
    {
      g_autoptr (InbOutboxItem) item = make_item (g_ptr_array_index (scraps, i));

      if (item == NULL)
        continue;
      done = inb_outbox_file_add (self, item, error);
      (*n_saved)++;
    }

  return inb_outbox_file_end (self, done, error);
}

/* Who edits, also when only the entries still say so. */
static gboolean
set_actor (InbOutboxFile         *self,
           const InbOutboxActor  *known,
           GPtrArray             *scraps,
           GError               **error)
{
  InbOutboxActor actor = *known;

  if (actor.user_id == NULL && scraps->len > 0)
    actor.user_id = ((const InbOutboxScrap *) g_ptr_array_index (scraps, scraps->len - 1))->actor;

  return actor.user_id == NULL || inb_outbox_file_set_actor (self, &actor, error);
}

/* A new file beside the damaged one. */
static gboolean
write_salvaged (const char            *folder,
                const char            *path,
                const InbOutboxActor  *actor,
                GPtrArray             *scraps,
                guint                 *n_saved,
                GError               **error)
{
  g_autoptr (InbOutboxFile) file = inb_outbox_file_new (folder);

  if (!delete_database (path, error))
    return FALSE;
  g_free (file->path);
  file->path = g_strdup (path);

  /* Closed with it: then all of it is in the one file. */
  return inb_outbox_file_open (file, error) && set_actor (file, actor, scraps, error) && add_scraps (file, scraps, n_saved, error);
}

static gboolean
set_aside (InbOutboxFile  *self,
           char          **path,
           GError        **error)
{
  g_autofree char *log = g_strconcat (self->path, LOG_SUFFIX, NULL);
  g_autofree char *damaged_log = NULL;

  *path = g_strdup_printf ("%s" DAMAGED_SUFFIX "%" G_GINT64_FORMAT, self->path, g_get_real_time ());
  damaged_log = g_strconcat (*path, LOG_SUFFIX, NULL);

  return rename_file (log, damaged_log, error) && rename_file (self->path, *path, error) && delete_database (self->path, error);
}

/**
 * inb_outbox_file_salvage:
 * @n_saved: (out): how many entries could be read
 *
 * Of a damaged file what is to be sent is kept, in order; what could be undone is forgotten. The damaged file stays beside it. A
 * failure leaves everything as it is.
 */
gboolean
inb_outbox_file_salvage (InbOutboxFile  *self,
                         guint          *n_saved,
                         GError        **error)
{
  g_autofree char *salvaged = g_strconcat (self->path, SALVAGED_SUFFIX, NULL);
  g_autoptr (GPtrArray) scraps = inb_outbox_salvage_read (self->path);
  g_autofree char *damaged = NULL;
  InbOutboxActor actor = { NULL, };
  gboolean done;

  *n_saved = 0;
  if (self->db != NULL)
    inb_outbox_file_get_actor (self, &actor, NULL);
  inb_outbox_file_close (self);
  done = write_salvaged (self->folder, salvaged, &actor, scraps, n_saved, error) &&
         set_aside (self, &damaged, error) &&
         rename_file (salvaged, self->path, error) &&
         inb_outbox_file_delete_damaged (self, MAX_DAMAGED, error) &&
         inb_outbox_file_open (self, error);
  inb_outbox_actor_clear (&actor);
  if (!done)
    {
      g_prefix_error (error, "Saving what can be read of a damaged outbox: ");
      return FALSE;
    }
  g_message ("The outbox was damaged; %u of its entries could be read and are kept, the damaged file is %s", *n_saved, damaged);

  return TRUE;
}

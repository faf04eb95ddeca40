#define G_LOG_DOMAIN "inb-tests"

#include "inb-sim-desktop.h"

#include "inb-error.h"
#include "inb-outbox-item.h"
#include "inb-replica-kit.h"

#include <glib/gstdio.h>

static const InbKind tables[] = { INB_KIND_CONTACT, INB_KIND_LEAD, INB_KIND_ACTIVITY };

static GHashTable *
new_rows (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_row_unref);
}

static GHashTable *
new_texts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* A reset makes the file anew. */
static void
open_file (InbSimDesktop *self)
{
  g_autofree char *path = g_build_filename (self->folder, "replica.db", NULL);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->db, inb_sqlite_free);
  self->db = inb_sqlite_open (path, INB_SQLITE_READ, &error);
  g_assert_no_error (error);
}

static void
open_replica (InbSimDesktop *self)
{
  self->replica = inb_kit_new (self->folder);
  inb_replica_set_actor (self->replica, self->user_id, "Somebody", INB_ROLE_MANAGER);
  inb_kit_settle (self->replica);
  open_file (self);
}

static void
close_replica (InbSimDesktop *self)
{
  g_clear_pointer (&self->db, inb_sqlite_free);
  inb_kit_drop (g_steal_pointer (&self->replica));
  g_ptr_array_set_size (self->late_answers, 0);
  g_ptr_array_set_size (self->late_pages, 0);
}

InbSimDesktop *
inb_sim_desktop_new (const char *user_id)
{
  InbSimDesktop *self = g_new0 (InbSimDesktop, 1);

  self->folder = inb_kit_make_folder ();
  self->user_id = g_strdup (user_id);
  self->known = new_rows ();
  self->shown = new_rows ();
  self->made = new_texts ();
  self->open = new_set ();
  self->discarded = new_set ();
  self->undos = new_texts ();
  self->epochs = new_texts ();
  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->late_answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->late_pages = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_changes_free);
  open_replica (self);

  return self;
}

void
inb_sim_desktop_free (InbSimDesktop *self)
{
  if (self == NULL)
    return;

  close_replica (self);
  inb_kit_delete_folder (self->folder);
  g_free (self->folder);
  g_free (self->user_id);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->shown);
  g_hash_table_unref (self->made);
  g_hash_table_unref (self->open);
  g_hash_table_unref (self->discarded);
  g_hash_table_unref (self->undos);
  g_hash_table_unref (self->epochs);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->late_answers);
  g_ptr_array_unref (self->late_pages);
  g_free (self);
}

static void
delete_replica (InbSimDesktop *self)
{
  static const char *const names[] = { "replica.db", "replica.db-wal", "replica.db-shm", "replica.db-note" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_remove (path);
    }
  g_hash_table_remove_all (self->known);
}

void
inb_sim_desktop_reopen (InbSimDesktop *self,
                        gboolean       is_lost)
{
  close_replica (self);
  if (is_lost)
    delete_replica (self);
  open_replica (self);
}

void
inb_sim_desktop_reset (InbSimDesktop *self,
                       const char    *epoch)
{
  g_autoptr (GError) error = NULL;

  inb_kit_reset (self->replica, epoch, &error);
  g_assert_no_error (error);
  open_file (self);
  g_hash_table_remove_all (self->known);
}

/* An older one than what is known, or than the end of the row, tells nothing. */
static void
learn (InbSimDesktop *self,
       InbRow        *row)
{
  g_autofree char *key = inb_outbox_key_new (inb_row_get_kind (row), inb_row_get_key (row));
  g_autofree char *end = inb_outbox_key_new (INB_KIND_TOMBSTONE, inb_row_get_key (row));
  const InbRow *tombstone = g_hash_table_lookup (self->known, end);
  const InbRow *old = g_hash_table_lookup (self->known, key);

  if ((old != NULL && inb_row_get_seq (old) >= inb_row_get_seq (row)) ||
      (tombstone != NULL && inb_row_get_seq (tombstone) >= inb_row_get_seq (row)))
    return;

  g_hash_table_insert (self->known, g_strdup (key), inb_row_ref (row));
  for (guint i = 0; inb_row_get_kind (row) == INB_KIND_TOMBSTONE && i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *erased = inb_outbox_key_new (tables[i], inb_row_get_key (row));

      g_hash_table_remove (self->known, erased);
    }
}

static void
learn_all (InbSimDesktop *self,
           GPtrArray     *rows)
{
  for (guint i = 0; i < rows->len; i++)
    learn (self, g_ptr_array_index (rows, i));
}

static GPtrArray *
copy_rows (GPtrArray *rows)
{
  GPtrArray *copy = inb_kit_new_rows ();

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (copy, inb_row_ref (g_ptr_array_index (rows, i)));

  return copy;
}

static InbChanges *
copy_page (const InbChanges *page)
{
  InbChanges *copy = inb_changes_new ();

  g_ptr_array_unref (copy->rows);
  copy->rows = copy_rows (page->rows);
  copy->epoch = g_strdup (page->epoch);
  copy->from = page->from;
  copy->to = page->to;
  copy->head = page->head;

  return copy;
}

gboolean
inb_sim_desktop_apply (InbSimDesktop    *self,
                       const InbChanges *page)
{
  gboolean fits = page->from == inb_replica_get_cursor (self->replica) &&
                  inb_replica_get_snapshot_position (self->replica) == NULL &&
                  g_str_equal (page->epoch, inb_replica_get_epoch (self->replica));
  g_autoptr (GError) error = NULL;

  if (!inb_kit_apply (self->replica, copy_page (page), &error))
    {
      if (fits)
        g_error ("A page was refused: %s", error->message);
      g_assert_true (g_error_matches (error, INB_ERROR, INB_ERROR_CONFLICT) ||
                     g_error_matches (error, INB_ERROR, INB_ERROR_RESYNC));
      return FALSE;
    }

  g_assert_true (fits);
  g_assert_cmpint (inb_replica_get_cursor (self->replica), ==, page->to);
  learn_all (self, page->rows);

  return TRUE;
}

void
inb_sim_desktop_snapshot (InbSimDesktop         *self,
                          const InbSnapshotPage *page)
{
  InbSnapshotPage *copy = inb_snapshot_page_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_unref (copy->rows);
  copy->rows = copy_rows (page->rows);
  copy->epoch = g_strdup (page->epoch);
  copy->position = g_strdup (page->position);
  copy->head = page->head;
  inb_kit_apply_snapshot (self->replica, copy, &error);
  g_assert_no_error (error);
  learn_all (self, page->rows);
}

void
inb_sim_desktop_store (InbSimDesktop *self,
                       GPtrArray     *rows)
{
  g_autoptr (GError) error = NULL;

  inb_kit_store (self->replica, rows, &error);
  g_assert_no_error (error);
  learn_all (self, rows);
}

GPtrArray *
inb_sim_desktop_peek (InbSimDesktop *self,
                      guint          max)
{
  GPtrArray *mutations = inb_kit_peek (self->replica, max);

  for (guint i = 0; i < mutations->len; i++)
    {
      const InbMutation *mutation = g_ptr_array_index (mutations, i);
      const char *sent = g_hash_table_lookup (self->made, mutation->id);
      g_autoptr (GString) json = g_string_new (NULL);

      inb_mutation_append_json (mutation, json);
      g_assert_nonnull (sent);
      if (*sent != '\0')
        g_assert_cmpstr (json->str, ==, sent);
      /* What was answered while the replica was of no server yet may be asked again. */
      if (*inb_replica_get_epoch (self->replica) != '\0')
        g_assert_cmpstr (g_hash_table_lookup (self->epochs, mutation->id), !=, inb_replica_get_epoch (self->replica));
      g_hash_table_insert (self->made, g_strdup (mutation->id), g_strdup (json->str));
    }

  return mutations;
}

void
inb_sim_desktop_answer (InbSimDesktop *self,
                        GPtrArray     *results)
{
  inb_kit_answer (self->replica, results);
  for (guint i = 0; i < results->len; i++)
    {
      const InbMutationResult *result = g_ptr_array_index (results, i);

      g_hash_table_insert (self->epochs, g_strdup (result->id), g_strdup (inb_replica_get_epoch (self->replica)));
    }
}

void
inb_sim_desktop_resolve (InbSimDesktop        *self,
                         const InbOutboxEntry *entry,
                         GArray               *mine)
{
  g_hash_table_add (self->discarded, g_strdup (entry->mutation->id));
  inb_kit_resolve (self->replica, entry->mutation->id, mine);
}

const InbRow *
inb_sim_desktop_find (InbSimDesktop *self,
                      InbKind        kind,
                      const char    *id)
{
  g_autofree char *key = inb_outbox_key_new (kind, id);

  return g_hash_table_lookup (self->shown, key);
}

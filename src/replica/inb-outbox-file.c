#define G_LOG_DOMAIN "inb-replica"

#include "inb-outbox-file-private.h"

#include "inb-error.h"
#include "inb-log-note.h"
#include "inb-outbox-salvage.h"
#include "inb-replica-schema.h"
#include "inb-time.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define OUTBOX_NAME "outbox.db"

/**
 * inb_outbox_file_new:
 * @folder: of the replica
 */
InbOutboxFile *
inb_outbox_file_new (const char *folder)
{
  InbOutboxFile *self = g_new0 (InbOutboxFile, 1);

  self->folder = g_strdup (folder);
  self->path = g_build_filename (folder, OUTBOX_NAME, NULL);

  return self;
}

void
inb_outbox_file_close (InbOutboxFile *self)
{
  g_clear_pointer (&self->db, inb_sqlite_free);
}

void
inb_outbox_file_free (InbOutboxFile *self)
{
  if (self == NULL)
    return;

  inb_outbox_file_close (self);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

void
inb_outbox_actor_clear (InbOutboxActor *self)
{
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->name, g_free);
}

static gboolean
make_tables (InbSqlite  *db,
             GError    **error)
{
  g_autofree char *tables = inb_sqlite_get_resource ("outbox-tables");
  g_autofree char *version = inb_sqlite_get_resource ("outbox-version-set");

  if (!inb_sqlite_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (inb_sqlite_exec (db, tables, error) && inb_sqlite_exec (db, version, error) && inb_sqlite_exec (db, "COMMIT", error))
    return TRUE;

  inb_sqlite_exec (db, "ROLLBACK", NULL);

  return FALSE;
}

static gboolean
prepare_tables (InbSqlite  *db,
                GError    **error)
{
  gint64 n_objects, version;

  if (!inb_sqlite_read_integer (db, inb_sqlite_prepare (db, "object-count", error), &n_objects, error) ||
      !inb_sqlite_read_integer (db, inb_sqlite_prepare (db, "version-get", error), &version, error))
    return FALSE;
  if (n_objects == 0 && version == 0)
    return make_tables (db, error);
  if (version == INB_OUTBOX_SCHEMA_VERSION)
    return TRUE;

  if (version > INB_OUTBOX_SCHEMA_VERSION)
    g_set_error (error, INB_ERROR, INB_ERROR_SCHEMA_NEWER, "The outbox was made by a newer version (%" G_GINT64_FORMAT ")", version);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "The outbox has version %" G_GINT64_FORMAT, version);

  return FALSE;
}

/* Readable by its user alone; SQLite gives its other files the same mode. */
static gboolean
make_private (const char  *path,
              GError     **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  int code = errno;

  if (fd >= 0 && fchmod (fd, 0600) == 0)
    return g_close (fd, error);

  if (fd >= 0)
    {
      code = errno;
      g_close (fd, NULL);
    }
  g_set_error (error, INB_ERROR, code == ENOSPC ? INB_ERROR_DISK_FULL : INB_ERROR_INTERNAL, "Making %s: %s", path,
               g_strerror (code));

  return FALSE;
}

/**
 * inb_outbox_file_open:
 *
 * Opens the file, which is made when it is missing. In a folder that is locked.
 *
 * Returns: %FALSE with %INB_ERROR_CORRUPT, %INB_ERROR_SCHEMA_NEWER, %INB_ERROR_DISK_FULL or %INB_ERROR_INTERNAL
 */
gboolean
inb_outbox_file_open (InbOutboxFile  *self,
                      GError        **error)
{
  g_return_val_if_fail (self->db == NULL, TRUE);

  if (inb_outbox_file_tidy (self, error) && inb_log_note_check (self->path, error) && make_private (self->path, error))
    self->db = inb_sqlite_open (self->path, INB_SQLITE_OUTBOX, error);
  if (self->db != NULL && prepare_tables (self->db, error) &&
      inb_sqlite_read_integer (self->db, inb_sqlite_prepare (self->db, "outbox-last", error), &self->last, error))
    return TRUE;

  inb_outbox_file_close (self);
  g_prefix_error (error, "Opening the outbox: ");

  return FALSE;
}

/**
 * inb_outbox_file_check:
 *
 * Returns: %FALSE with %INB_ERROR_CORRUPT when any of it is damaged
 */
gboolean
inb_outbox_file_check (InbOutboxFile  *self,
                       GError        **error)
{
  g_autofree char *found = NULL;

  if (self->db == NULL)
    return TRUE;
  if (!inb_sqlite_read_text (self->db, inb_sqlite_prepare (self->db, "outbox-check", error), &found, error))
    return FALSE;
  if (g_strcmp0 (found, "ok") == 0)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_CORRUPT, "The outbox is damaged: %s", found != NULL ? found : "");

  return FALSE;
}

/**
 * inb_outbox_file_get_actor:
 * @actor: (out): all %NULL and %INB_ROLE_NONE when nobody is known yet
 */
gboolean
inb_outbox_file_get_actor (InbOutboxFile   *self,
                           InbOutboxActor  *actor,
                           GError         **error)
{
  g_autofree char *role = NULL;

  *actor = (InbOutboxActor) { NULL, };
  if (inb_replica_meta_get (self->db, "user_id", &actor->user_id, error) &&
      inb_replica_meta_get (self->db, "user_name", &actor->name, error) &&
      inb_replica_meta_get (self->db, "role", &role, error))
    {
      if (role == NULL || !inb_role_from_name (role, &actor->role))
        actor->role = INB_ROLE_NONE;
      return TRUE;
    }

  inb_outbox_actor_clear (actor);

  return FALSE;
}

/**
 * inb_outbox_file_set_actor:
 *
 * Notes who edits from now on.
 */
gboolean
inb_outbox_file_set_actor (InbOutboxFile         *self,
                           const InbOutboxActor  *actor,
                           GError               **error)
{
  return inb_outbox_file_begin (self, error) &&
         inb_outbox_file_end (self,
                              inb_replica_meta_set (self->db, "user_id", actor->user_id, error) &&
                              inb_replica_meta_set (self->db, "user_name", actor->name, error) &&
                              inb_replica_meta_set (self->db, "role", inb_role_get_name (actor->role), error),
                              error);
}

gboolean
inb_outbox_file_begin (InbOutboxFile  *self,
                       GError        **error)
{
  if (self->db != NULL)
    return inb_sqlite_exec (self->db, "BEGIN IMMEDIATE", error);

  g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "The outbox is not open");

  return FALSE;
}

/**
 * inb_outbox_file_end:
 * @succeeded: %FALSE: @error is set already
 *
 * Commits: then it is on the disk. Or rolls back.
 */
gboolean
inb_outbox_file_end (InbOutboxFile  *self,
                     gboolean        succeeded,
                     GError        **error)
{
  if (succeeded && inb_sqlite_exec (self->db, "COMMIT", error))
    return TRUE;

  /* Fails when SQLite has rolled back by itself. */
  inb_sqlite_exec (self->db, "ROLLBACK", NULL);
  g_prefix_error (error, "Writing the outbox: ");

  return FALSE;
}

gboolean
inb_outbox_file_add (InbOutboxFile  *self,
                     InbOutboxItem  *item,
                     GError        **error)
{
  const InbMutation *mutation = item->mutation;
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "outbox-entry-add", error);
  g_autoptr (GString) json = NULL;
  InbOutboxScrap scrap;

  if (statement == NULL)
    return FALSE;

  json = g_string_sized_new (512);
  inb_mutation_append_json (mutation, json);
  item->number = ++self->last;
  scrap = (InbOutboxScrap) {
    .number = item->number,
    .id = mutation->id,
    .group = mutation->group,
    .label = item->label,
    .actor = item->actor,
    .mutation = json->str,
    .takes_back = item->takes_back,
  };
  sqlite3_bind_int64 (statement, 1, scrap.number);
  inb_sqlite_bind_text (statement, 2, scrap.id);
  inb_sqlite_bind_text (statement, 3, scrap.group);
  inb_sqlite_bind_text (statement, 4, scrap.label);
  inb_sqlite_bind_text (statement, 5, scrap.actor);
  sqlite3_bind_int (statement, 6, (int) mutation->kind);
  inb_sqlite_bind_text (statement, 7, mutation->entity_id);
  inb_sqlite_bind_text (statement, 8, scrap.mutation);
  inb_sqlite_bind_text (statement, 9, scrap.takes_back);
  sqlite3_bind_int64 (statement, 10, inb_outbox_scrap_sum (&scrap));

  return inb_sqlite_run (self->db, statement, error) &&
         (item->undo == NULL || inb_outbox_file_set_undo (self, item, error));
}

/**
 * inb_outbox_file_set_undo:
 *
 * Stores what the item wrote; the first one that is stored stays.
 */
gboolean
inb_outbox_file_set_undo (InbOutboxFile        *self,
                          const InbOutboxItem  *item,
                          GError              **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "outbox-undo-set", error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, item->number);
  inb_sqlite_bind_text (statement, 2, item->undo);

  return inb_sqlite_run (self->db, statement, error);
}

gboolean
inb_outbox_file_set_answer (InbOutboxFile            *self,
                            const InbOutboxItem      *item,
                            InbOutboxState            state,
                            const InbMutationResult  *result,
                            const char               *epoch,
                            GError                  **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "outbox-answer-set", error);
  g_autoptr (GString) json = g_string_new (NULL);

  if (statement == NULL)
    return FALSE;

  inb_mutation_result_append_json (result, item->mutation->kind, json);
  sqlite3_bind_int64 (statement, 1, item->number);
  sqlite3_bind_int (statement, 2, (int) state);
  inb_sqlite_bind_text (statement, 3, json->str);
  inb_sqlite_bind_text (statement, 4, epoch);

  return inb_sqlite_run (self->db, statement, error);
}

static gboolean
run_on (InbOutboxFile        *self,
        const char           *name,
        const InbOutboxItem  *item,
        GError              **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, name, error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, item->number);

  return inb_sqlite_run (self->db, statement, error);
}

gboolean
inb_outbox_file_unanswer (InbOutboxFile        *self,
                          const InbOutboxItem  *item,
                          GError              **error)
{
  return run_on (self, "outbox-answer-delete", item, error);
}

gboolean
inb_outbox_file_finish (InbOutboxFile        *self,
                        const InbOutboxItem  *item,
                        InbMutationStatus     status,
                        GError              **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, "outbox-done-add", error);

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, item->number);
  sqlite3_bind_int (statement, 2, (int) status);
  sqlite3_bind_int64 (statement, 3, inb_time_now ());

  return inb_sqlite_run (self->db, statement, error) &&
         run_on (self, "outbox-answer-delete", item, error) &&
         run_on (self, "outbox-entry-delete", item, error);
}

gboolean
inb_outbox_file_remove (InbOutboxFile        *self,
                        const InbOutboxItem  *item,
                        GError              **error)
{
  return run_on (self, "outbox-undo-delete", item, error) &&
         run_on (self, "outbox-answer-delete", item, error) &&
         run_on (self, "outbox-entry-delete", item, error);
}

static gboolean
run_script (InbOutboxFile  *self,
            const char     *name,
            GError        **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (self->db, name, error);

  return statement != NULL && inb_sqlite_run (self->db, statement, error);
}

/**
 * inb_outbox_file_prune:
 *
 * Forgets what can no longer be undone.
 */
gboolean
inb_outbox_file_prune (InbOutboxFile  *self,
                       gint64          now,
                       GError        **error)
{
  sqlite3_stmt *statement;

  if (!inb_outbox_file_begin (self, error))
    return FALSE;
  statement = inb_sqlite_prepare (self->db, "outbox-done-prune", error);
  if (statement != NULL)
    {
      sqlite3_bind_int64 (statement, 1, now - INB_OUTBOX_KEPT_TIME);
      sqlite3_bind_int (statement, 2, INB_OUTBOX_KEPT_GROUPS);
      sqlite3_bind_int (statement, 3, INB_OUTBOX_KEPT_ENTRIES);
    }

  return inb_outbox_file_end (self,
                              statement != NULL && inb_sqlite_run (self->db, statement, error) &&
                              run_script (self, "outbox-undo-prune", error),
                              error);
}

/**
 * inb_outbox_file_forget:
 *
 * Of what is forgotten nothing can be read on the disk any more.
 */
gboolean
inb_outbox_file_forget (InbOutboxFile  *self,
                        gboolean        unsent_too,
                        GError        **error)
{
  g_autofree char *script = inb_sqlite_get_resource (unsent_too ? "outbox-forget-all" : "outbox-forget");

  return inb_outbox_file_begin (self, error) &&
         inb_outbox_file_end (self, inb_sqlite_exec (self->db, script, error), error) &&
         inb_sqlite_exec (self->db, "PRAGMA wal_checkpoint (TRUNCATE)", error) &&
         inb_outbox_file_delete_damaged (self, 0, error);
}

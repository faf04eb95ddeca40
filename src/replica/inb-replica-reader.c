#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-reader.h"

#include "inb-error.h"

struct _InbReplicaReader {
  /* Owned */
  char      *path;
  GMutex     mutex;     /* guards what follows; held while a read or a replacement is under way */
  InbSqlite *db;        /* opened by the first read */
  gboolean   is_usable; /* the file is there */
};

InbReplicaReader *
inb_replica_reader_new (const char *path)
{
  InbReplicaReader *self = g_new0 (InbReplicaReader, 1);

  self->path = g_strdup (path);
  g_mutex_init (&self->mutex);

  return self;
}

void
inb_replica_reader_free (InbReplicaReader *self)
{
  if (self == NULL)
    return;

  inb_sqlite_free (self->db);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

/**
 * inb_replica_reader_begin:
 *
 * Starts a read transaction; to be ended by inb_replica_reader_end() on the same thread.
 *
 * Returns: (transfer none) (nullable): the connection, or %NULL with an error, and then nothing is to be ended
 */
InbSqlite *
inb_replica_reader_begin (InbReplicaReader  *self,
                          GError           **error)
{
  g_mutex_lock (&self->mutex);
  if (!self->is_usable)
    g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "The replica is not open");
  else if (self->db == NULL)
    self->db = inb_sqlite_open (self->path, INB_SQLITE_READ, error);

  if (self->is_usable && self->db != NULL && inb_sqlite_exec (self->db, "BEGIN", error))
    return self->db;

  g_mutex_unlock (&self->mutex);

  return NULL;
}

void
inb_replica_reader_end (InbReplicaReader *self)
{
  g_autoptr (GError) error = NULL;

  if (!inb_sqlite_exec (self->db, "COMMIT", &error))
    {
      g_message ("Ending a read: %s", error->message);
      g_clear_pointer (&self->db, inb_sqlite_free);
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * inb_replica_reader_suspend:
 *
 * Waits for the read under way and closes the connection; reads wait until inb_replica_reader_resume() on the same thread.
 */
void
inb_replica_reader_suspend (InbReplicaReader *self)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->db, inb_sqlite_free);
  self->is_usable = FALSE;
}

/**
 * inb_replica_reader_resume:
 * @is_usable: whether there is a file to read
 */
void
inb_replica_reader_resume (InbReplicaReader *self,
                           gboolean          is_usable)
{
  self->is_usable = is_usable;
  g_mutex_unlock (&self->mutex);
}

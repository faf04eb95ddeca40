#define G_LOG_DOMAIN "inb-replica"

#include "inb-page-vfs.h"

#include "inb-log-note.h"

#include <glib.h>
#include <string.h>

/* SQLite's default; every replica is made with it. */
#define PAGE_SIZE 4096
#define SMALLEST_PAGE 512
#define LOG_SUFFIX "-wal"
#define LOG_HEADER_SIZE 32
#define LOG_SALT_OFFSET 16

/* A database, or its log. */
typedef struct _File File;

struct _File {
  sqlite3_file  parent_instance;

  sqlite3_file *real;     /* owned; its memory follows */
  char         *database; /* owned: its path */
  File         *main;     /* borrowed: of a log, its database */
  gint64        log_end;  /* of a database: how far this connection wrote its log; 0 = not at all */
};

static sqlite3_vfs *
get_real_vfs (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

static sqlite3_file *
get_real (sqlite3_file *file)
{
  return ((File *) file)->real;
}

/* Every step can be undone, so that one wrong word always leaves another sum; the place keeps pages from being swapped. */
static guint64
sum_page (const guint8  *page,
          sqlite3_int64  offset)
{
  guint32 first = (guint32) (offset / PAGE_SIZE) + 1;
  guint32 second = 0;

  for (guint i = 0; i < PAGE_SIZE - INB_PAGE_VFS_RESERVED; i += 8)
    {
      guint32 words[2];

      memcpy (words, page + i, sizeof words);
      first += GUINT32_FROM_LE (words[0]) + second;
      second += GUINT32_FROM_LE (words[1]) + first;
    }

  return GUINT64_TO_LE ((guint64) first << 32 | second);
}

static gboolean
is_page (int           amount,
         sqlite3_int64 offset)
{
  return amount == PAGE_SIZE && offset % PAGE_SIZE == 0;
}

static int
file_read (sqlite3_file  *file,
           void          *buffer,
           int            amount,
           sqlite3_int64  offset)
{
  int result = get_real (file)->pMethods->xRead (get_real (file), buffer, amount, offset);
  guint64 sum;

  if (result != SQLITE_OK || amount < SMALLEST_PAGE)
    return result;
  if (!is_page (amount, offset))
    return SQLITE_IOERR_DATA; /* the page size in the file's head is not the one that it was made with */

  sum = sum_page (buffer, offset);

  return memcmp ((guint8 *) buffer + PAGE_SIZE - INB_PAGE_VFS_RESERVED, &sum, sizeof sum) == 0 ? SQLITE_OK : SQLITE_IOERR_DATA;
}

static int
file_write (sqlite3_file  *file,
            const void    *buffer,
            int            amount,
            sqlite3_int64  offset)
{
  guint8 page[PAGE_SIZE];
  guint64 sum;

  if (!is_page (amount, offset))
    return get_real (file)->pMethods->xWrite (get_real (file), buffer, amount, offset);

  memcpy (page, buffer, PAGE_SIZE);
  sum = sum_page (page, offset);
  memcpy (page + PAGE_SIZE - INB_PAGE_VFS_RESERVED, &sum, sizeof sum);

  return get_real (file)->pMethods->xWrite (get_real (file), page, amount, offset);
}

static int
log_read (sqlite3_file  *file,
          void          *buffer,
          int            amount,
          sqlite3_int64  offset)
{
  return get_real (file)->pMethods->xRead (get_real (file), buffer, amount, offset);
}

static int
log_write (sqlite3_file  *file,
           const void    *buffer,
           int            amount,
           sqlite3_int64  offset)
{
  File *self = (File *) file;
  int result = get_real (file)->pMethods->xWrite (get_real (file), buffer, amount, offset);

  if (result != SQLITE_OK)
    return result;

  self->main->log_end = offset + amount;
  if (offset == 0 && amount == LOG_HEADER_SIZE)
    result = inb_log_note_begin (self->database, (const guint8 *) buffer + LOG_SALT_OFFSET) ? SQLITE_OK : SQLITE_IOERR_WRITE;

  return result;
}

static int
log_truncate (sqlite3_file  *file,
              sqlite3_int64  size)
{
  if (size == 0 && !inb_log_note_end (((File *) file)->database))
    return SQLITE_IOERR_TRUNCATE;

  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
file_close (sqlite3_file *file)
{
  g_free (((File *) file)->database);

  return get_real (file)->pMethods->xClose (get_real (file));
}

static int
file_truncate (sqlite3_file  *file,
               sqlite3_int64  size)
{
  return get_real (file)->pMethods->xTruncate (get_real (file), size);
}

static int
file_sync (sqlite3_file *file,
           int           flags)
{
  return get_real (file)->pMethods->xSync (get_real (file), flags);
}

static int
file_get_size (sqlite3_file  *file,
               sqlite3_int64 *size)
{
  return get_real (file)->pMethods->xFileSize (get_real (file), size);
}

static int
file_lock (sqlite3_file *file,
           int           level)
{
  return get_real (file)->pMethods->xLock (get_real (file), level);
}

static int
file_unlock (sqlite3_file *file,
             int           level)
{
  return get_real (file)->pMethods->xUnlock (get_real (file), level);
}

static int
file_check_reserved (sqlite3_file *file,
                     int          *is_reserved)
{
  return get_real (file)->pMethods->xCheckReservedLock (get_real (file), is_reserved);
}

static int
file_control (sqlite3_file *file,
              int           operation,
              void         *data)
{
  File *self = (File *) file;

  /* From here on pages of the log are written into the database. */
  if (operation == SQLITE_FCNTL_CKPT_START && self->main == NULL && !inb_log_note_require (self->database, self->log_end))
    return SQLITE_IOERR_WRITE;

  return get_real (file)->pMethods->xFileControl (get_real (file), operation, data);
}

static int
file_get_sector_size (sqlite3_file *file)
{
  return get_real (file)->pMethods->xSectorSize (get_real (file));
}

static int
file_get_characteristics (sqlite3_file *file)
{
  return get_real (file)->pMethods->xDeviceCharacteristics (get_real (file));
}

static int
file_shm_map (sqlite3_file   *file,
              int             region,
              int             size,
              int             extend,
              void volatile **memory)
{
  return get_real (file)->pMethods->xShmMap (get_real (file), region, size, extend, memory);
}

static int
file_shm_lock (sqlite3_file *file,
               int           offset,
               int           n_locks,
               int           flags)
{
  return get_real (file)->pMethods->xShmLock (get_real (file), offset, n_locks, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  get_real (file)->pMethods->xShmBarrier (get_real (file));
}

static int
file_shm_unmap (sqlite3_file *file,
                int           delete)
{
  return get_real (file)->pMethods->xShmUnmap (get_real (file), delete);
}

/* Version 2: no memory mapping, which would go past the checks. */
static const sqlite3_io_methods methods = {
  2, file_close, file_read, file_write, file_truncate, file_sync, file_get_size, file_lock, file_unlock, file_check_reserved,
  file_control, file_get_sector_size, file_get_characteristics, file_shm_map, file_shm_lock, file_shm_barrier, file_shm_unmap,
};

static const sqlite3_io_methods log_methods = {
  1, file_close, log_read, log_write, log_truncate, file_sync, file_get_size, file_lock, file_unlock, file_check_reserved,
  file_control, file_get_sector_size, file_get_characteristics,
};

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *name,
          sqlite3_file *file,
          int           flags,
          int          *out_flags)
{
  File *self = (File *) file;
  int result;

  if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0)
    return get_real_vfs (vfs)->xOpen (get_real_vfs (vfs), name, file, flags, out_flags);

  self->real = (sqlite3_file *) (gpointer) (self + 1);
  self->real->pMethods = NULL;
  result = get_real_vfs (vfs)->xOpen (get_real_vfs (vfs), name, self->real, flags, out_flags);
  file->pMethods = NULL;
  if (self->real->pMethods == NULL)
    return result;

  self->log_end = 0;
  if ((flags & SQLITE_OPEN_WAL) != 0)
    {
      self->main = (File *) sqlite3_database_file_object (name);
      self->database = g_strdup (self->main->database);
      file->pMethods = &log_methods;
    }
  else
    {
      self->main = NULL;
      self->database = g_strdup (name);
      file->pMethods = &methods;
    }

  return result;
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *name,
            int          sync_folder)
{
  g_autofree char *database = g_str_has_suffix (name, LOG_SUFFIX) ? g_strndup (name, strlen (name) - strlen (LOG_SUFFIX)) : NULL;
  int result;

  if (database != NULL && !inb_log_note_end (database))
    return SQLITE_IOERR_DELETE;
  result = get_real_vfs (vfs)->xDelete (get_real_vfs (vfs), name, sync_folder);
  if (result == SQLITE_OK && database != NULL)
    inb_log_note_delete (database);

  return result;
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *name,
            int          flags,
            int         *result)
{
  return get_real_vfs (vfs)->xAccess (get_real_vfs (vfs), name, flags, result);
}

static int
vfs_full_path (sqlite3_vfs *vfs,
               const char  *name,
               int          size,
               char        *path)
{
  return get_real_vfs (vfs)->xFullPathname (get_real_vfs (vfs), name, size, path);
}

static int
vfs_randomness (sqlite3_vfs *vfs,
                int          size,
                char        *bytes)
{
  return get_real_vfs (vfs)->xRandomness (get_real_vfs (vfs), size, bytes);
}

static int
vfs_sleep (sqlite3_vfs *vfs,
           int          microseconds)
{
  return get_real_vfs (vfs)->xSleep (get_real_vfs (vfs), microseconds);
}

static int
vfs_current_time (sqlite3_vfs *vfs,
                  double      *time)
{
  return get_real_vfs (vfs)->xCurrentTime (get_real_vfs (vfs), time);
}

static int
vfs_last_error (sqlite3_vfs *vfs,
                int          size,
                char        *text)
{
  return get_real_vfs (vfs)->xGetLastError (get_real_vfs (vfs), size, text);
}

/**
 * inb_page_vfs_register:
 *
 * Makes %INB_PAGE_VFS_NAME known to SQLite, on top of its own default.
 *
 * Returns: SQLite's result
 */
int
inb_page_vfs_register (void)
{
  static sqlite3_vfs vfs = {
    .iVersion = 1,
    .zName = INB_PAGE_VFS_NAME,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_current_time,
    .xGetLastError = vfs_last_error,
  };
  static gsize registered;

  if (g_once_init_enter (&registered))
    {
      sqlite3_vfs *real = sqlite3_vfs_find (NULL);
      int result = SQLITE_ERROR;

      if (real != NULL)
        {
          vfs.pAppData = real;
          vfs.szOsFile = (int) sizeof (File) + real->szOsFile;
          vfs.mxPathname = real->mxPathname;
          result = sqlite3_vfs_register (&vfs, 0);
        }
      g_once_init_leave (&registered, (gsize) result + 1);
    }

  return (int) registered - 1;
}

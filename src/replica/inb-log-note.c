#define G_LOG_DOMAIN "inb-replica"

#include "inb-log-note.h"

#include "inb-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_SIZE 32
#define FRAME_HEADER_SIZE 24
#define PAGE_SIZE 4096
#define SALT_OFFSET 16 /* in the log's header */
#define WHOLLY_STORED -1
#define NO_LOG -1

typedef struct {
  guint8 salt[INB_LOG_NOTE_SALT_SIZE]; /* of the log's present header */
  gint64 required;                     /* bytes; WHOLLY_STORED = the log is not needed any more */
} Note;

typedef struct {
  guint32  sums[2];
  gboolean is_big_endian;
} Sums;

/**
 * inb_log_note_get_path:
 *
 * Returns: (transfer full): the note's file
 */
char *
inb_log_note_get_path (const char *database)
{
  return g_strconcat (database, "-note", NULL);
}

static gboolean
read_note (const char *database,
           Note       *note,
           gboolean   *exists)
{
  g_autofree char *path = inb_log_note_get_path (database);
  g_autofree char *content = NULL;
  gsize length;

  *exists = g_file_test (path, G_FILE_TEST_EXISTS);
  if (!*exists || !g_file_get_contents (path, &content, &length, NULL) || length != sizeof *note)
    return FALSE;

  memcpy (note, content, sizeof *note);

  return TRUE;
}

/* In place and at once, so that a killed process leaves the one or the other. */
static gboolean
write_note (const char *database,
            const Note *note)
{
  g_autofree char *path = inb_log_note_get_path (database);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean written = fd >= 0 && pwrite (fd, note, sizeof *note, 0) == (gssize) sizeof *note;

  return (fd < 0 || g_close (fd, NULL)) && written;
}

static guint32
get_word (const guint8 *bytes,
          gboolean      is_big_endian)
{
  guint32 word;

  memcpy (&word, bytes, sizeof word);

  return is_big_endian ? GUINT32_FROM_BE (word) : GUINT32_FROM_LE (word);
}

static void
add_bytes (Sums         *self,
           const guint8 *bytes,
           gsize         length)
{
  for (gsize i = 0; i < length; i += 8)
    {
      self->sums[0] += get_word (bytes + i, self->is_big_endian) + self->sums[1];
      self->sums[1] += get_word (bytes + i + 4, self->is_big_endian) + self->sums[0];
    }
}

static gboolean
are_stored (const Sums   *self,
            const guint8 *bytes)
{
  return get_word (bytes, TRUE) == self->sums[0] && get_word (bytes + 4, TRUE) == self->sums[1];
}

/* How far the log reaches: behind the last frame that ends a transaction before the first one that is not right, as SQLite reads
 * it; NO_LOG without a right header. @salt: (out) */
static gint64
measure_log (const char *database,
             guint8     *salt)
{
  g_autofree char *path = g_strconcat (database, "-wal", NULL);
  g_autofree guint8 *frame = g_malloc (FRAME_HEADER_SIZE + PAGE_SIZE);
  guint8 header[HEADER_SIZE];
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gint64 offset = HEADER_SIZE;
  gint64 size = NO_LOG;
  Sums sums = { { 0 } };

  memset (salt, 0, INB_LOG_NOTE_SALT_SIZE);
  if (fd < 0)
    return NO_LOG;

  if (pread (fd, header, sizeof header, 0) == (gssize) sizeof header)
    {
      sums.is_big_endian = header[3] & 1;
      add_bytes (&sums, header, HEADER_SIZE - 8);
      if (get_word (header + 8, TRUE) == PAGE_SIZE && are_stored (&sums, header + HEADER_SIZE - 8))
        {
          memcpy (salt, header + SALT_OFFSET, INB_LOG_NOTE_SALT_SIZE);
          size = 0;
        }
    }
  while (size != NO_LOG && pread (fd, frame, FRAME_HEADER_SIZE + PAGE_SIZE, offset) == FRAME_HEADER_SIZE + PAGE_SIZE)
    {
      add_bytes (&sums, frame, 8);
      add_bytes (&sums, frame + FRAME_HEADER_SIZE, PAGE_SIZE);
      if (memcmp (frame + 8, salt, INB_LOG_NOTE_SALT_SIZE) != 0 || !are_stored (&sums, frame + 16))
        break;
      offset += FRAME_HEADER_SIZE + PAGE_SIZE;
      if (get_word (frame + 4, TRUE) != 0)
        size = offset;
    }
  g_close (fd, NULL);

  return size;
}

/**
 * inb_log_note_begin:
 * @salt: of the header that the log begins with from now on
 *
 * Notes a log without frames.
 */
gboolean
inb_log_note_begin (const char   *database,
                    const guint8 *salt)
{
  Note note = { .required = 0 };

  memcpy (note.salt, salt, INB_LOG_NOTE_SALT_SIZE);

  return write_note (database, &note);
}

/**
 * inb_log_note_require:
 * @size: bytes of the log, or 0 to measure it
 *
 * Notes that the database is about to get pages of a log so long: without all of it, it holds parts of transactions.
 */
gboolean
inb_log_note_require (const char *database,
                      gint64      size)
{
  guint8 salt[INB_LOG_NOTE_SALT_SIZE];
  gboolean exists;
  Note note;

  if (!read_note (database, &note, &exists))
    return !exists;

  note.required = MAX (note.required, size > 0 ? size : measure_log (database, salt));

  return write_note (database, &note);
}

/**
 * inb_log_note_end:
 *
 * Notes that the log is about to be deleted, as the database holds all of it.
 */
gboolean
inb_log_note_end (const char *database)
{
  const Note note = { .required = WHOLLY_STORED };

  return write_note (database, &note);
}

void
inb_log_note_delete (const char *database)
{
  g_autofree char *path = inb_log_note_get_path (database);

  g_unlink (path);
}

/**
 * inb_log_note_check:
 *
 * Returns: whether the log beside the database, or that there is none, is what was noted; else %INB_ERROR_CORRUPT
 */
gboolean
inb_log_note_check (const char  *database,
                    GError     **error)
{
  guint8 salt[INB_LOG_NOTE_SALT_SIZE];
  gint64 size = measure_log (database, salt);
  gboolean is_right;
  gboolean exists;
  Note note;

  if (!read_note (database, &note, &exists))
    is_right = !exists && size <= 0;
  else if (note.required == WHOLLY_STORED)
    is_right = TRUE;
  else if (memcmp (note.salt, salt, sizeof salt) == 0)
    is_right = size >= note.required;
  else
    /* Killed between a new header, which is written when the database holds all of the log before, and its note. */
    is_right = size == 0;
  if (is_right)
    return TRUE;

  g_set_error_literal (error, INB_ERROR, INB_ERROR_CORRUPT, "The write-ahead log is not the one that belongs to the file");

  return FALSE;
}

/* Which write-ahead log belongs to a database, and how much of it has to be there: a few bytes in a file beside the two. SQLite
 * takes whatever log it finds, or none: that of another file, or half of one whose rest is in the database already, would show
 * rows that never were together.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_LOG_NOTE_SALT_SIZE 8

char     *inb_log_note_get_path (const char    *database);
/* The functions return FALSE when the note cannot be written. */
gboolean  inb_log_note_begin    (const char    *database,
                                 const guint8  *salt);
gboolean  inb_log_note_require  (const char    *database,
                                 gint64         size);
gboolean  inb_log_note_end      (const char    *database);
void      inb_log_note_delete   (const char    *database);
/* INB_ERROR_CORRUPT. While nobody has the database open. */
gboolean  inb_log_note_check    (const char    *database,
                                 GError       **error);

G_END_DECLS

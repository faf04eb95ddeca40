/* One SQLite connection with its prepared statements, each prepared once and kept. A connection belongs to the thread that
 * opened it. SQL comes from GResource; a template's {names} are replaced by the caller's words, never by data.
 */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _InbSqlite InbSqlite;

typedef enum {
  INB_SQLITE_WRITE,  /* made when missing */
  INB_SQLITE_OUTBOX, /* the same, and each commit is on the disk when it returns */
  INB_SQLITE_READ
} InbSqliteMode;

InbSqlite    *inb_sqlite_open           (const char     *path,
                                         InbSqliteMode   mode,
                                         GError        **error);
void          inb_sqlite_free           (InbSqlite      *self);
gboolean      inb_sqlite_exec           (InbSqlite      *self,
                                         const char     *sql,
                                         GError        **error);
char         *inb_sqlite_get_resource   (const char     *name);
sqlite3_stmt *inb_sqlite_find           (InbSqlite      *self,
                                         const char     *key);
sqlite3_stmt *inb_sqlite_prepare        (InbSqlite      *self,
                                         const char     *name,
                                         GError        **error);
sqlite3_stmt *inb_sqlite_prepare_text   (InbSqlite      *self,
                                         const char     *key,
                                         const char     *sql,
                                         GError        **error);
gboolean      inb_sqlite_step           (InbSqlite      *self,
                                         sqlite3_stmt   *statement,
                                         GError        **error);
gboolean      inb_sqlite_next           (InbSqlite      *self,
                                         sqlite3_stmt   *statement,
                                         gboolean       *is_row,
                                         GError        **error);
gboolean      inb_sqlite_run            (InbSqlite      *self,
                                         sqlite3_stmt   *statement,
                                         GError        **error);
gboolean      inb_sqlite_has_row        (InbSqlite      *self,
                                         sqlite3_stmt   *statement,
                                         gboolean       *has_row,
                                         GError        **error);
gboolean      inb_sqlite_read_integer   (InbSqlite      *self,
                                         sqlite3_stmt   *statement,
                                         gint64         *value,
                                         GError        **error);
gboolean      inb_sqlite_read_text      (InbSqlite      *self,
                                         sqlite3_stmt   *statement,
                                         char          **text,
                                         GError        **error);
gint64        inb_sqlite_get_rowid      (InbSqlite      *self);
void          inb_sqlite_bind_text      (sqlite3_stmt   *statement,
                                         int             parameter,
                                         const char     *text);
char         *inb_sqlite_dup_text       (sqlite3_stmt   *statement,
                                         int             column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSqlite, inb_sqlite_free)

G_END_DECLS

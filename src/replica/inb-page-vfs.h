/* SQLite's files with a checksum in the last bytes of each page of the database: SQLite itself has none, so that a flipped bit
 * in a row would be shown as if it had been written. A page that was damaged fails with SQLITE_IOERR_DATA when it is read. The
 * log needs none: SQLite checks its frames when it is opened. That it is the right log is kept by inb-log-note.h, told from here.
 */
#pragma once

#include <sqlite3.h>

#define INB_PAGE_VFS_NAME "inb-page"
#define INB_PAGE_VFS_RESERVED 8

/* Any thread; does nothing when it was done before. */
int inb_page_vfs_register (void);

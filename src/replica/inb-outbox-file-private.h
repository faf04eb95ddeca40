/* What the files of InbOutboxFile share: inb-outbox-file.c, which writes, inb-outbox-file-read.c, which reads, and
 * inb-outbox-file-mend.c, which replaces a damaged file. */
#pragma once

#include "inb-outbox-file.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

struct _InbOutboxFile {
  /* Owned */
  char      *folder;
  char      *path;
  InbSqlite *db;      /* NULL while closed */

  gint64     last;    /* number */
};

/* What was left over when a salvage was killed: before the file is opened. */
gboolean inb_outbox_file_tidy (InbOutboxFile  *self,
                               GError        **error);
/* Damaged files that were set aside; all but the newest @n_kept. */
gboolean inb_outbox_file_delete_damaged (InbOutboxFile  *self,
                                         guint           n_kept,
                                         GError        **error);

G_END_DECLS

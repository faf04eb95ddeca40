/* Reads the entries of a damaged outbox past SQLite, page by page of the file and of its log: each row proves itself by its
 * checksum, so that whatever else is broken does not matter.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A row of the table "entries". */
typedef struct {
  gint64  number;
  char   *id;
  char   *group;
  char   *label;
  char   *actor;
  char   *mutation;
  char   *takes_back; /* or NULL */
} InbOutboxScrap;

/* That of everything in the row that is not made of the rest. */
gint64     inb_outbox_scrap_sum    (const InbOutboxScrap  *self);
/* (transfer full) (element-type InbOutboxScrap): in order, each once; of what cannot be read, nothing. */
GPtrArray *inb_outbox_salvage_read (const char            *path);

G_END_DECLS

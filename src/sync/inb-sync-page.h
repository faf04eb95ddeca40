/* A page of the feed or of the first sync, read off its JSON in one pass. */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

#define INB_SYNC_PAGE_NONE G_MININT64

typedef struct {
  char      *epoch;        /* NULL = none */
  char      *next_cursor;  /* NULL = none */
  gint64     from;         /* INB_SYNC_PAGE_NONE when it is missing; like the others */
  gint64     to;
  gint64     head;
  GPtrArray *rows;         /* (element-type InbRow) */
} InbSyncPage;

InbSyncPage *inb_sync_page_new  (GBytes       *body,
                                 GError      **error);
void         inb_sync_page_free (InbSyncPage  *self);

/* Whether a row can be stored: it has a key and a change_seq. INB_ERROR_PROTOCOL. */
gboolean     inb_sync_page_check_row (const InbRow  *row,
                                      GError       **error);
/* INB_ERROR_PROTOCOL */
void         inb_sync_page_set_error (GError      **error,
                                      const char   *what);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSyncPage, inb_sync_page_free)

G_END_DECLS

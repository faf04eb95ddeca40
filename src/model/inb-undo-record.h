/* What a mutation wrote, column by column, so that it can be taken back. JSON
 * {"rows":[{"kind":"lead","id":…,"fields":{"stage":{"before":"new","after":"won"}}},{"kind":"activity","id":…,"created":true,
 * "fields":{"title":{"after":"Note"}}}]}; values are strings in the column's text form; one that was or became NULL is left out. Who
 * wrote a row and when is not in it.
 */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

typedef struct {
  guint  column;
  char  *before;
  char  *after;
} InbUndoField;

typedef struct {
  /* Owned */
  char      *id;
  GArray    *fields;    /* (element-type InbUndoField) */

  InbKind    kind;
  gboolean   created;   /* then @fields is all that it was */
} InbUndoRow;

/* @staged: (element-type InbStagedRow). NULL when there is nothing to take back. (transfer full) */
char               *inb_undo_record_new        (GPtrArray        *staged);
/* (transfer full) (element-type InbUndoRow), in the order of writing; NULL when it is no record. */
GPtrArray          *inb_undo_record_parse      (const char       *record);
const InbUndoField *inb_undo_row_find          (const InbUndoRow *self,
                                                guint             column);
/* Whether a column says what a row is, and not only that it was written. */
gboolean            inb_undo_column_is_content (InbKind           kind,
                                                guint             column);

G_END_DECLS

/* Makes a row from the tokens of its JSON object as the scanner tells them: pages of a thousand rows are read without a tree. */
#pragma once

#include "inb-json-scanner.h"
#include "inb-row.h"

G_BEGIN_DECLS

typedef struct {
  InbRow          *row;        /* owned; NULL between two rows */
  const InbColumn *columns;    /* borrowed */
  guint            n_columns;
  guint            next;       /* the column that is likely to come next */
  int              column;     /* whose value comes; -1 = one that is not known here */
  guint            depth;      /* containers that are open in that value */
  const char      *value;      /* borrowed: where the outermost of them begins */
} InbRowReader;

void      inb_row_reader_begin (InbRowReader  *self,
                                InbKind        kind);
gboolean  inb_row_reader_take  (InbRowReader  *self,
                                InbJsonToken   token,
                                const char    *start,
                                gsize          length,
                                InbRow       **row,
                                GError       **error);
void      inb_row_reader_clear (InbRowReader  *self);

G_END_DECLS

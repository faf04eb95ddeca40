/* Writes rows by multi-row VALUES statements prepared for powers of two, so that one code path serves one row and many
 * (45 rows go as 32 + 8 + 4 + 1 in one pipeline). Only sends; the caller receives one result per statement.
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

#define INB_ROW_WRITER_MAX_ROWS 64

typedef struct _InbRowWriter InbRowWriter;

InbRowWriter *inb_row_writer_new         (void);
void          inb_row_writer_free        (InbRowWriter        *self);
gboolean      inb_row_writer_send_insert (InbRowWriter        *self,
                                          InbDb               *db,
                                          InbKind              kind,
                                          GPtrArray           *rows,
                                          guint               *n_statements,
                                          GError             **error);
gboolean      inb_row_writer_send_update (InbRowWriter        *self,
                                          InbDb               *db,
                                          InbKind              kind,
                                          GPtrArray           *originals,
                                          GPtrArray           *rows,
                                          guint               *n_statements,
                                          GError             **error);
gboolean      inb_row_writer_send_values (InbDb               *db,
                                          const char          *sql_name,
                                          const char * const  *casts,
                                          const char * const  *params,
                                          guint                n_rows,
                                          guint               *n_statements,
                                          GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbRowWriter, inb_row_writer_free)

G_END_DECLS

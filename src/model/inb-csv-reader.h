/* Comma-separated values by RFC 4180, a record at a time: cells in quotes may hold anything, quotes doubled. A quote within a cell that
 * does not begin with one is text, as in 5" pipe. A record that cannot be told apart is passed over and said, and reading goes on.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_CSV_MAX_CELLS 500
#define INB_CSV_MAX_RECORD (1024 * 1024) /* bytes */

typedef struct _InbCsvReader InbCsvReader;

/* What spreadsheets save, as UTF-8 without a mark at its beginning: UTF-8, UTF-16 by its mark, else Windows-1252, whose name
 * @encoding gets (static). INB_ERROR_INVALID_BODY for what is no text. (transfer full) */
GBytes       *inb_csv_decode              (GBytes        *bytes,
                                           const char   **encoding,
                                           GError       **error);
/* ',', ';', tab or '|', whichever the first record has most of outside of quotes. */
char          inb_csv_detect_delimiter    (GBytes        *text);
/* @text: UTF-8, is kept. */
InbCsvReader *inb_csv_reader_new          (GBytes        *text,
                                           char           delimiter);
void          inb_csv_reader_free         (InbCsvReader  *self);
/* The next record that is not empty; @cells: (element-type utf8) is cleared and owns them. FALSE at the end, and with
 * INB_ERROR_INVALID_BODY for a record that was passed over. */
gboolean      inb_csv_reader_next         (InbCsvReader  *self,
                                           GPtrArray     *cells,
                                           GError       **error);
gboolean      inb_csv_reader_is_at_end    (InbCsvReader  *self);
/* The line on which the last record began, from 1. */
guint         inb_csv_reader_get_line     (InbCsvReader  *self);
/* Where it stands, to come back to. */
typedef struct {
  gsize offset;
  guint next_line;
} InbCsvPosition;
void          inb_csv_reader_tell         (InbCsvReader         *self,
                                           InbCsvPosition       *position);
void          inb_csv_reader_seek         (InbCsvReader         *self,
                                           const InbCsvPosition *position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCsvReader, inb_csv_reader_free)

G_END_DECLS

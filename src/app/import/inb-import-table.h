/* A file of comma-separated values, as far as it is shown before it is imported: its columns, its first lines, how many there are. The
 * service reads it for itself. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_IMPORT_TABLE_MAX_SIZE (64 * 1024 * 1024) /* bytes; what the service takes */
#define INB_IMPORT_TABLE_MAX_LINES 100000
#define INB_IMPORT_TABLE_SAMPLES 5                   /* lines */

#define INB_TYPE_IMPORT_TABLE (inb_import_table_get_type ())
G_DECLARE_FINAL_TYPE (InbImportTable, inb_import_table, INB, IMPORT_TABLE, GObject)

/* @delimiter: ',', ';', '\t' or '|', 0 to find out. Reads on a thread. INB_ERROR_INVALID_BODY for what is no table, INB_ERROR_TOO_LARGE,
 * G_IO_ERROR. */
void            inb_import_table_read_async    (GFile                *file,
                                                char                  delimiter,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
InbImportTable *inb_import_table_read_finish   (GAsyncResult         *result,
                                                GError              **error);
/* The file as it was then: what is imported is what was shown. */
GBytes         *inb_import_table_get_bytes     (InbImportTable       *self);
const char     *inb_import_table_get_name      (InbImportTable       *self);
const char     *inb_import_table_get_encoding  (InbImportTable       *self);
char            inb_import_table_get_delimiter (InbImportTable       *self);
guint           inb_import_table_get_n_lines   (InbImportTable       *self);
guint           inb_import_table_get_n_columns (InbImportTable       *self);
/* As the first line has it. */
const char     *inb_import_table_get_column    (InbImportTable       *self,
                                                guint                 column);
/* The same for people, who are told its place where it has no name: (transfer full). */
char           *inb_import_table_dup_title     (InbImportTable       *self,
                                                guint                 column);
guint           inb_import_table_get_n_samples (InbImportTable       *self);
/* As it was meant, without an export's apostrophe; "" when it is empty or missing. */
const char     *inb_import_table_get_sample    (InbImportTable       *self,
                                                guint                 line,
                                                guint                 column);

G_END_DECLS

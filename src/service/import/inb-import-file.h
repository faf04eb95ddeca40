/* The file of an import: its text, what its columns mean, and its lines one after the other. */
#pragma once

#include "inb-import-line.h"
#include "inb-import-request.h"

G_BEGIN_DECLS

#define INB_IMPORT_MAX_SIZE (64 * 1024 * 1024) /* bytes */
#define INB_IMPORT_MAX_LINES 100000

typedef struct _InbImportFile InbImportFile;

/* Takes a moment for a large file. INB_ERROR_INVALID_BODY, INB_ERROR_UNPROCESSABLE, INB_ERROR_TOO_LARGE. */
InbImportFile *inb_import_file_new         (GBytes                  *body,
                                            const InbImportRequest  *request,
                                            GError                 **error);
void           inb_import_file_free        (InbImportFile           *self);
/* The next lines: (transfer full) (element-type InbImportLine), empty at the end. */
GPtrArray     *inb_import_file_read        (InbImportFile           *self,
                                            guint                    max);
InbImportMap  *inb_import_file_get_map     (InbImportFile           *self);
guint          inb_import_file_get_n_lines (InbImportFile           *self);
/* Appends members: what was found out of it. */
void           inb_import_file_append_json (InbImportFile           *self,
                                            GString                 *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportFile, inb_import_file_free)

G_END_DECLS

/* What became of the lines of an import. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_IMPORT_CREATE_CONTACT,
  INB_IMPORT_UPDATE_CONTACT,
  INB_IMPORT_CREATE_LEAD,
  INB_IMPORT_UPDATE_LEAD,
  INB_IMPORT_UNCHANGED,     /* lines that write nothing */
  INB_IMPORT_CONFLICTS,     /* lines whose keys point at different people */
  INB_IMPORT_REFUSED,       /* lines */
  INB_IMPORT_N_COUNTS
} InbImportCount;

typedef struct _InbImportReport InbImportReport;

InbImportReport *inb_import_report_new          (void);
void             inb_import_report_free         (InbImportReport  *self);
void             inb_import_report_count        (InbImportReport  *self,
                                                 InbImportCount    count);
void             inb_import_report_refuse       (InbImportReport  *self,
                                                 guint             line,
                                                 const GError     *error);
/* @conflicts: a JSON array of {"key","value","contact_id"}. */
void             inb_import_report_add_conflicts (InbImportReport *self,
                                                 guint             line,
                                                 JsonArray        *conflicts);
/* Adds what @other says to @self. */
void             inb_import_report_add          (InbImportReport  *self,
                                                 InbImportReport  *other);
/* Appends the members "counts", "refused" and "conflicts"; of the last two the first ten thousand. */
void             inb_import_report_append_json  (InbImportReport  *self,
                                                 GString          *json);
void             inb_import_report_append_counts (InbImportReport *self,
                                                 GString          *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportReport, inb_import_report_free)

G_END_DECLS

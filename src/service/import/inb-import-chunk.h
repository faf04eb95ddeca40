/* Some lines of an import, decided one after the other: a line that names one of our leads changes that one, any other is decided as a
 * webhook's event. Private to import.
 */
#pragma once

#include "inb-directory.h"
#include "inb-edit-item.h"
#include "inb-import-book.h"
#include "inb-import-file.h"
#include "inb-import-report.h"
#include "inb-lead-rules.h"

G_BEGIN_DECLS

/* All borrowed. */
typedef struct {
  const InbImportSetting *setting;
  const InbImportRequest *request;
  InbImportMap           *map;
  InbLeadRules           *rules;
  InbSession             *session;
  InbImportBook          *book;
  InbImportReport        *report;
  GPtrArray              *items;   /* (element-type InbEditItem) gets the record of each line that writes something; NULL for a trial */
} InbImportChunk;

/* @lines: (element-type InbImportLine), loaded. */
void inb_import_chunk_decide (const InbImportChunk *self,
                              GPtrArray            *lines);

/* Of the two ways (inb-import-match.c, inb-import-known.c): */
void inb_import_decide_new   (const InbImportChunk *self,
                              const InbImportLine  *line);
void inb_import_decide_known (const InbImportChunk *self,
                              const InbImportLine  *line,
                              InbRow               *lead);

G_END_DECLS

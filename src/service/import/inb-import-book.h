/* What the lines of an import may concern: the stored people, leads and members, and what became of them so far. A real import has a new
 * one for each transaction, a trial keeps one to its end. Private to import.
 */
#pragma once

#include "inb-candidates.h"
#include "inb-import-history.h"
#include "inb-import-value.h"
#include "inb-row-set.h"

G_BEGIN_DECLS

/* The workspace, as the transaction sees it. All borrowed. */
typedef struct {
  const char  *workspace_id;
  const char  *import_id;
  const char  *user_id;   /* who imports */
  const char  *region;
  const char  *currency;
  InbStageSet *stages;
  GTimeZone   *timezone;
  gint64       now;       /* microseconds */
} InbImportSetting;

typedef struct {
  /* Owned */
  InbRowSet        *rows;
  InbCandidates    *candidates; /* the contacts by their keys, with their leads */
  GPtrArray        *members;    /* (element-type InbRow); this and what follows is NULL until it is loaded */
  GPtrArray        *teams;
  InbImportHistory *history;
} InbImportBook;

/* The ids that what a line creates gets: always the same, so that the same line is imported once. (transfer full) */
char          *inb_import_make_id    (const char             *workspace_id,
                                      const char             *what,
                                      const InbImportLine    *line);

/* The id of the line's own mutation: always the same within an import. (transfer full) */
char          *inb_import_make_mutation_id (const InbImportSetting *setting,
                                            const InbImportLine    *line);

/* @before: (nullable): whose names of members and teams are taken over. */
InbImportBook *inb_import_book_new   (InbImportBook          *before);
void           inb_import_book_free  (InbImportBook          *self);
/* Normalises what the lines are matched by, and loads what they may concern. @db: in pipeline mode, inside a transaction. */
gboolean       inb_import_book_load  (InbImportBook          *self,
                                      InbDb                  *db,
                                      const InbImportSetting *setting,
                                      GPtrArray              *lines,
                                      GError                **error);
void           inb_import_book_follow (InbImportBook         *self,
                                      InbKind                 kind,
                                      const char             *id);
/* A row as it shall be: found by the lines that come. @row: (transfer full) */
void           inb_import_book_put   (InbImportBook          *self,
                                      InbRow                 *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportBook, inb_import_book_free)

G_END_DECLS

/* What became of a file's lines, or would: what the service says at an import's or a trial's end. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_IMPORT_CONTACTS_CREATED,
  INB_IMPORT_CONTACTS_UPDATED,
  INB_IMPORT_LEADS_CREATED,
  INB_IMPORT_LEADS_UPDATED,
  INB_IMPORT_LINES_UNCHANGED,
  INB_IMPORT_LINES_CONFLICTING,
  INB_IMPORT_LINES_REFUSED,
  INB_IMPORT_N_FIGURES
} InbImportFigure;

typedef struct {
  char  *code;      /* of InbErrorCode */
  char  *message;   /* the service's words */
  guint  line;      /* in the file, from 1 */
} InbImportRefusal;

typedef struct {
  char  *key;       /* "phone", … */
  char  *value;
  guint  line;
} InbImportConflict;

typedef struct {
  /* Owned */
  char      *group;      /* what undo takes back */
  GPtrArray *refusals;   /* (element-type InbImportRefusal): the first ones, by line */
  GPtrArray *conflicts;  /* (element-type InbImportConflict): likewise */

  gint64     figures[INB_IMPORT_N_FIGURES];
  guint      n_lines;    /* that were looked at */
} InbImportOutcome;

/* @result: the service's. */
InbImportOutcome *inb_import_outcome_new      (JsonObject             *result);
InbImportOutcome *inb_import_outcome_ref      (InbImportOutcome       *self);
void              inb_import_outcome_unref    (InbImportOutcome       *self);
/* What is written: contacts and leads, not lines. */
gint64            inb_import_outcome_count_written (const InbImportOutcome *self);
/* The refusal of that line, or NULL. */
const InbImportRefusal *inb_import_outcome_find_refusal (const InbImportOutcome *self,
                                                         guint                   line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportOutcome, inb_import_outcome_unref)

G_END_DECLS

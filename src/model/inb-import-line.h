/* One line of a file, read by what its columns mean. */
#pragma once

#include "inb-import-map.h"
#include "inb-intake.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  GPtrArray *cells;       /* (element-type utf8): as they stand in the file */
  char      *lead_id;     /* the lead that the line says it is about, or NULL */
  InbIntake *intake;      /* what it says of a person and a lead; NULL when it names nobody */
  GError    *error;       /* why the line, by itself, cannot be imported */
  char      *digest;      /* of all that is imported: the same line twice has the same */

  gint64     created_at;  /* INB_TIME_NONE: not said */
  guint      number;      /* in the file, from 1 */
  guint      occurrence;  /* how many lines before it say the same; whoever reads the file counts them */
} InbImportLine;

/* @cells: (transfer full). A line that cannot be imported has its error. */
InbImportLine *inb_import_line_new        (InbImportMap   *map,
                                           GPtrArray      *cells,
                                           guint           number);
/* One that could not even be taken apart; @error: (transfer full). */
InbImportLine *inb_import_line_new_failed (GError         *error,
                                           guint           number);
void           inb_import_line_free       (InbImportLine  *self);
/* The cell as it was meant, without the export's apostrophe; NULL when it is empty or missing. */
const char    *inb_import_line_get        (const InbImportLine *self,
                                           guint           index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportLine, inb_import_line_free)

G_END_DECLS

/* What a line of a file wants of rows that are there, or are just being made: only what differs from what they say. */
#pragma once

#include "inb-import-line.h"
#include "inb-mutation.h"
#include "inb-stage.h"

G_BEGIN_DECLS

/* Whom and what cells may name. All borrowed. */
typedef struct {
  GPtrArray   *members;  /* (element-type InbRow) */
  GPtrArray   *teams;    /* (element-type InbRow) */
  InbStageSet *stages;
} InbImportNames;

/* Adds to the mutations what the line changes of @lead and @contact, the rows that it is about; an empty cell changes nothing, nor does
 * one that says what is there already, be it in a spreadsheet's spelling. INB_ERROR_UNPROCESSABLE names the field. */
gboolean inb_import_line_compare (const InbImportLine   *line,
                                  InbImportMap          *map,
                                  const InbImportNames  *names,
                                  const InbRow          *lead,
                                  const InbRow          *contact,
                                  InbMutation           *lead_mutation,
                                  InbMutation           *contact_mutation,
                                  GError               **error);
/* Writes into rows that were decided what no webhook says: owner, team, follow-up, tags … . @lead may be NULL. */
gboolean inb_import_line_complete (const InbImportLine  *line,
                                   InbImportMap         *map,
                                   const InbImportNames *names,
                                   InbRow               *lead,
                                   InbRow               *contact,
                                   GError              **error);

/* Whether it says in one cell what the contact is called already, first and last name together. */
gboolean inb_import_line_knows_name (const InbImportLine *line,
                                   InbImportMap          *map,
                                   const InbRow          *contact);

G_END_DECLS

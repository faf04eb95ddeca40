/* What the columns of a file mean: a name of ours, guessed or given, for each. Service and app share it, so that the preview shows what
 * the server will do.
 */
#pragma once

#include "inb-field-target.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Columns that a report of refused lines has before the file's own; they are not imported. */
#define INB_IMPORT_REPORT_PREFIX "Import: "

typedef enum {
  INB_IMPORT_IGNORE,
  INB_IMPORT_FIELD,       /* as a webhook's field mapping: target */
  INB_IMPORT_EDIT,        /* a column that users edit and no webhook fills: entity, column */
  INB_IMPORT_LEAD_ID,     /* of an export: the lead that the line is about */
  INB_IMPORT_CONTACT_ID,
  INB_IMPORT_OWNER,       /* of the lead: a member's name, mail address or id */
  INB_IMPORT_CREATED_AT   /* when the lead came */
} InbImportMeaning;

typedef struct {
  /* Owned */
  char             *name;     /* as the file's first line has it */
  char             *target;   /* "contact.firstname", "lead.id", "owner", "custom.color", "ignore", … */

  InbFieldTarget    field;    /* of INB_IMPORT_FIELD; borrows from target */
  InbImportMeaning  meaning;
  InbKind           entity;   /* of INB_IMPORT_EDIT */
  guint             column;
  gboolean          is_given; /* not guessed */
} InbImportColumn;

typedef struct _InbImportMap InbImportMap;

/* @names: (element-type utf8): the file's first line. @mapping: name → target, or NULL; what it does not name is guessed.
 * INB_ERROR_UNPROCESSABLE for a name that the file does not have, and a target that does not exist or that two columns were given. */
InbImportMap          *inb_import_map_new         (GPtrArray     *names,
                                                   JsonObject    *mapping,
                                                   GError       **error);
/* To be called before: columns of one name become "Mail", "Mail (2)" …, those without one "", " (2)" … */
void                   inb_import_map_distinguish (GPtrArray     *names);
void                   inb_import_map_free        (InbImportMap  *self);
guint                  inb_import_map_get_size    (InbImportMap  *self);
const InbImportColumn *inb_import_map_get         (InbImportMap  *self,
                                                   guint          index);
gboolean               inb_import_map_has_target  (const char    *target);
gboolean               inb_import_is_unnamed      (const char    *name);
char                  *inb_import_make_custom     (const char    *name);
/* What a column of that name is taken for: (transfer full). */
char                  *inb_import_guess           (const char    *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportMap, inb_import_map_free)

G_END_DECLS

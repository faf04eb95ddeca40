/* Which lines of an import are done, when it is sent once more: each has left a mutation, whose id follows from the import and the line.
 * Private to import.
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

typedef enum {
  INB_IMPORT_NEW,
  INB_IMPORT_STANDS,  /* it is done, and not taken back */
  INB_IMPORT_UNDONE
} InbImportPast;

typedef struct _InbImportHistory InbImportHistory;

InbImportHistory *inb_import_history_new  (const char        *workspace_id,
                                           const char        *user_id);
void              inb_import_history_free (InbImportHistory  *self);
/* @ids: (element-type utf8): of mutations. @db: in pipeline mode, inside a transaction. */
gboolean          inb_import_history_load (InbImportHistory  *self,
                                           InbDb             *db,
                                           GHashTable        *ids,
                                           GError           **error);
InbImportPast     inb_import_history_get  (InbImportHistory  *self,
                                           const char        *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportHistory, inb_import_history_free)

G_END_DECLS

/* Collects who has what in common, by row ids, and makes of it one find for each set of people. */
#pragma once

#include "inb-duplicate.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

/* More have a number that is nobody's. */
#define INB_DUPLICATE_MAX_HOLDERS 20

typedef struct _InbDuplicateGroups InbDuplicateGroups;

InbDuplicateGroups *inb_duplicate_groups_new    (void);
void                inb_duplicate_groups_free   (InbDuplicateGroups  *self);
void                inb_duplicate_groups_add    (InbDuplicateGroups  *self,
                                                 InbDuplicateKind     kind,
                                                 const char          *value,
                                                 gint64               rowid);
void                inb_duplicate_groups_add_conflict (InbDuplicateGroups *self,
                                                 const char          *key,
                                                 const char          *value,
                                                 gint64               rowid,
                                                 gint64               other_rowid);
/* (transfer full) (element-type InbDuplicate) (nullable): those of several people. */
GPtrArray          *inb_duplicate_groups_finish (InbDuplicateGroups  *self,
                                                 InbSqlite           *db,
                                                 GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDuplicateGroups, inb_duplicate_groups_free)

G_END_DECLS

/* The rows that mutations may concern, loaded beforehand, and what became of them: service and replica fill one, let
 * inb_mutation_apply() work on it, and write what has changed.
 */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

typedef struct _InbRowSet InbRowSet;

InbRowSet *inb_row_set_new             (void);
void       inb_row_set_free            (InbRowSet   *self);
/* A stored row; what is there already stays. */
void       inb_row_set_load            (InbRowSet   *self,
                                        InbRow      *row);
/* As it is now, or NULL; borrowed. */
InbRow    *inb_row_set_find            (InbRowSet   *self,
                                        InbKind      kind,
                                        const char  *id);
/* As it was loaded; NULL for one that was made here. */
InbRow    *inb_row_set_find_original   (InbRowSet   *self,
                                        InbKind      kind,
                                        const char  *id);
/* The row as it shall be (transfer full). */
void       inb_row_set_put             (InbRowSet   *self,
                                        InbRow      *row);
/* (transfer container) (element-type InbRow): loaded leads, activities of that contact, newest first. */
GPtrArray *inb_row_set_list_of_contact (InbRowSet   *self,
                                        InbKind      kind,
                                        const char  *contact_id);
/* The one that is not deleted and has that CRM id, or NULL; borrowed. */
InbRow    *inb_row_set_find_by_crm_id  (InbRowSet   *self,
                                        const char  *crm_id);
/* (transfer container) (element-type InbRow): what was put, in the order of the first put. */
GPtrArray *inb_row_set_get_changed     (InbRowSet   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbRowSet, inb_row_set_free)

G_END_DECLS

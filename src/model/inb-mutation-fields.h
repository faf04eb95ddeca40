/* A mutation's changes written into a row: checked, merged by base, with what follows from them. Private to the rules. */
#pragma once

#include "inb-mutation-work.h"

G_BEGIN_DECLS

/* The row that the mutation is about, to be changed; NULL (rejected) when it is not there, deleted, or not this user's. */
InbRow   *inb_mutation_edit_entity   (InbMutationWork *work,
                                      gboolean         may_be_deleted);
/* Each column that the mutation changes, a lead's stage last. FALSE = rejected. A column that conflicts stays and is told. */
gboolean  inb_mutation_write_fields  (InbMutationWork *work,
                                      InbRow          *row);
/* A lead goes into @key as a user wishes: it must be in use, and have what it asks for. FALSE = rejected. */
gboolean  inb_mutation_write_stage   (InbMutationWork *work,
                                      InbRow          *lead,
                                      const char      *key);
/* What is derived of a contact's name, phone and mail, when they are not as they were before. */
void      inb_mutation_derive        (InbMutationWork *work,
                                      InbRow          *contact);
/* Somebody worked on the lead; @answered_at: when it was answered, INB_TIME_NONE when that was no answer. */
void      inb_mutation_touch_lead    (InbMutationWork *work,
                                      InbRow          *lead,
                                      gint64           answered_at);
void      inb_mutation_touch_contact (InbMutationWork *work,
                                      const char      *contact_id);
/* Another contact that has that CRM id, or NULL; borrowed. */
const InbRow *inb_mutation_find_crm_id_holder (InbMutationWork *work,
                                      const InbRow    *contact,
                                      const char      *crm_id);
/* @is_shared: whether it would be, or was until what is undone. FALSE = rejected: the view belongs to somebody else, or is shared and
 * this user may not share. */
gboolean  inb_mutation_check_view    (InbMutationWork *work,
                                      const InbRow    *view,
                                      gboolean         is_shared);

G_END_DECLS

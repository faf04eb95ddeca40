/* The verbs, each in a file of its own (inb-mutation-create.c, …). Private to the rules. FALSE = rejected. */
#pragma once

#include "inb-mutation-work.h"

G_BEGIN_DECLS

gboolean inb_mutation_create (InbMutationWork *work);
gboolean inb_mutation_update (InbMutationWork *work);
gboolean inb_mutation_delete (InbMutationWork *work);
gboolean inb_mutation_merge  (InbMutationWork *work);
gboolean inb_mutation_undo   (InbMutationWork *work,
                              const char      *undo_record);

/* "note", "call", … that people add, and may change and delete; the others tell what happened. */
gboolean inb_activity_is_human (const InbRow *activity);

G_END_DECLS

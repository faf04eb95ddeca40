/* What became of each mutation of a job that changes many, and what its answer says of that. */
#pragma once

#include "inb-mutation.h"

G_BEGIN_DECLS

typedef struct _InbEditTally InbEditTally;

/* @tells_conflicts: apart; else a conflict counts by whether it wrote something. */
InbEditTally *inb_edit_tally_new    (guint                     n_mutations,
                                     gboolean                  tells_conflicts);
void          inb_edit_tally_free   (InbEditTally             *self);
/* Again for the same one when its chunk was repeated: the last answer counts. */
void          inb_edit_tally_take   (InbEditTally             *self,
                                     guint                     index,
                                     const InbMutationResult  *result);
/* "matched", "changed", "unchanged", "conflicts" where they are told, "rejected" */
void          inb_edit_tally_append (const InbEditTally       *self,
                                     GString                  *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbEditTally, inb_edit_tally_free)

G_END_DECLS

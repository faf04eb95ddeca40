/* One mutation being applied: the rows it changes are kept apart until it is known that it goes through, so that one that is
 * refused leaves nothing behind. Private to the rules.
 */
#pragma once

#include "inb-mutation-rules.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  GPtrArray                *staged;    /* (element-type InbStagedRow) in the order of their first change */
  GHashTable               *by_id;     /* row id (borrowed from the staged row) → InbStagedRow; ids are unique across kinds */
  InbMutationResult        *result;

  /* Borrowed */
  const InbMutation        *mutation;
  const InbMutationContext *context;
  InbRowSet                *rows;

  gint64                    acted_at;  /* when the user did it, as far as their clock can be believed; never after now */
  guint                     n_logged;
} InbMutationWork;

typedef struct {
  InbRow   *before;   /* owned; NULL for a new one */
  InbRow   *row;      /* owned */
  gboolean  is_log;   /* an entry of the timeline that tells of the change: undo does not take it back */
} InbStagedRow;

InbMutationWork   *inb_mutation_work_new       (const InbMutation        *mutation,
                                                InbRowSet                *rows,
                                                const InbMutationContext *context);
void               inb_mutation_work_free      (InbMutationWork          *self);
/* As it is at this point of the work, or NULL; borrowed, not to be changed. */
InbRow            *inb_mutation_work_find      (InbMutationWork          *self,
                                                InbKind                   kind,
                                                const char               *id);
/* The same, to be changed. */
InbRow            *inb_mutation_work_edit      (InbMutationWork          *self,
                                                InbKind                   kind,
                                                const char               *id);
/* As it was before this mutation, or NULL; borrowed. */
InbRow            *inb_mutation_work_get_before (InbMutationWork         *self,
                                                const InbRow             *row);
/* A new row (transfer full), complete. */
void               inb_mutation_work_add       (InbMutationWork          *self,
                                                InbRow                   *row,
                                                gboolean                  is_log);
/* Always FALSE: nothing of the mutation is written. */
gboolean           inb_mutation_work_reject    (InbMutationWork          *self,
                                                InbErrorCode              code,
                                                const char               *format,
                                                ...) G_GNUC_PRINTF (3, 4);
/* Puts what has changed into the row set. @undo: (out) (nullable): its record. The result (transfer full). */
InbMutationResult *inb_mutation_work_finish    (InbMutationWork          *self,
                                                char                    **undo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMutationWork, inb_mutation_work_free)

G_END_DECLS

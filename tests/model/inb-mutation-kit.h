/* A small workspace to try mutations on: people, leads, activities, a team, and who acts. */
#pragma once

#include "inb-mutation-rules.h"

G_BEGIN_DECLS

#define KIT_ANNA "0199f000-0000-7000-8000-00000000000a"
#define KIT_BEN "0199f000-0000-7000-8000-00000000000b"
#define KIT_GONE "0199f000-0000-7000-8000-00000000000c" /* a member who has left */

typedef struct {
  InbRowSet          *rows;
  InbStageSet        *stages;
  InbMutationContext  context;
  InbMutationResult  *result;   /* of the last mutation */
  char               *undo;     /* of the last mutation */
} MutationKit;

/* Contacts 1–3 and leads 1–4 (1 and 2 of contact 1, 3 of contact 2, 4 of contact 3); times and ids are always the same. */
MutationKit *mutation_kit_new        (void);
void         mutation_kit_free       (MutationKit        *self);
/* The same rows in a set of their own. */
MutationKit *mutation_kit_copy       (MutationKit        *self);
void         mutation_kit_be         (MutationKit        *self,
                                      const char         *user_id,
                                      InbRole             role);
const char  *mutation_kit_id         (InbKind             kind,
                                      guint               number);
InbRow      *mutation_kit_find       (MutationKit        *self,
                                      InbKind             kind,
                                      guint               number);
const char  *mutation_kit_get        (MutationKit        *self,
                                      InbKind             kind,
                                      guint               number,
                                      guint               column);
/* Somebody else's doing, without a mutation. */
void         mutation_kit_set        (MutationKit        *self,
                                      InbKind             kind,
                                      guint               number,
                                      guint               column,
                                      const char         *value);
InbMutation *mutation_kit_make       (MutationKit        *self,
                                      InbMutationVerb     verb,
                                      InbKind             kind,
                                      guint               number);
/* Of one column. */
InbMutation *mutation_kit_update     (MutationKit        *self,
                                      InbKind             kind,
                                      guint               number,
                                      guint               column,
                                      const char         *base,
                                      const char         *value);
InbMutation *mutation_kit_create     (MutationKit        *self,
                                      InbKind             kind,
                                      guint               number);
/* Of contacts. */
InbMutation *mutation_kit_merge      (MutationKit        *self,
                                      guint               kept,
                                      guint               other);
/* Applies and frees @mutation; time goes on by a minute. */
InbMutationStatus mutation_kit_apply (MutationKit        *self,
                                      InbMutation        *mutation);
/* The same with the record of what is to be undone. */
InbMutationStatus mutation_kit_undo  (MutationKit        *self,
                                      InbKind             kind,
                                      guint               number,
                                      const char         *record);
void         mutation_kit_assert_rejected (MutationKit   *self,
                                      InbMutation        *mutation,
                                      InbErrorCode        code,
                                      const char         *named);
/* The activities of the last mutation about that field (or type), else NULL. */
InbRow      *mutation_kit_find_log   (MutationKit        *self,
                                      const char         *type,
                                      const char         *field);
guint        mutation_kit_count_logs (MutationKit        *self);
/* A valid value of that column; another one for each @number. (transfer full) */
char        *mutation_kit_sample     (InbKind             kind,
                                      guint               column,
                                      guint               number);

G_END_DECLS

#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation.h"

#include "inb-uuid.h"

/* Mutations travel between threads; nobody changes one that is shared. */
typedef struct {
  InbMutation     mutation;
  gatomicrefcount refs;
} Shared;

typedef struct {
  InbMutationResult result;
  gatomicrefcount   refs;
} SharedResult;

static void
field_change_free (gpointer data)
{
  InbFieldChange *self = data;

  g_free (self->base);
  g_free (self->value);
  g_free (self);
}

static void
field_conflict_free (gpointer data)
{
  InbFieldConflict *self = data;

  g_free (self->base);
  g_free (self->mine);
  g_free (self->theirs);
  g_free (self);
}

/**
 * inb_mutation_new:
 * @kind: %INB_KIND_LEAD, %INB_KIND_CONTACT, %INB_KIND_ACTIVITY or %INB_KIND_VIEW
 * @entity_id: (nullable): the row's id; a new one is made for %NULL, as creating asks for
 * @made_at: microseconds since 1970 UTC, by this computer's clock
 *
 * Returns: (transfer full): a mutation with an id of its own and no changes yet; fill its public fields before it is shared
 */
InbMutation *
inb_mutation_new (InbMutationVerb  verb,
                  InbKind          kind,
                  const char      *entity_id,
                  gint64           made_at)
{
  Shared *shared = g_new0 (Shared, 1);
  InbMutation *self = &shared->mutation;

  g_atomic_ref_count_init (&shared->refs);
  self->id = inb_uuid_new_v7 ();
  self->entity_id = entity_id != NULL ? g_strdup (entity_id) : inb_uuid_new_v7 ();
  self->changes = g_ptr_array_new_with_free_func (field_change_free);
  self->made_at = made_at;
  self->verb = verb;
  self->kind = kind;

  return self;
}

InbMutation *
inb_mutation_ref (InbMutation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((Shared *) self)->refs);

  return self;
}

void
inb_mutation_unref (InbMutation *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&((Shared *) self)->refs))
    return;

  g_free (self->id);
  g_free (self->group);
  g_free (self->undoes);
  g_free (self->entity_id);
  g_free (self->other_id);
  g_ptr_array_unref (self->changes);
  g_free ((Shared *) self);
}

static void
set_change (InbMutation *self,
            guint        column,
            gboolean     has_base,
            const char  *base,
            const char  *value)
{
  InbFieldChange *change = (InbFieldChange *) inb_mutation_find_change (self, column);

  if (change == NULL)
    {
      change = g_new0 (InbFieldChange, 1);
      change->column = column;
      g_ptr_array_add (self->changes, change);
    }
  g_free (change->base);
  g_free (change->value);
  change->has_base = has_base;
  change->base = g_strdup (base);
  change->value = g_strdup (value);
}

/**
 * inb_mutation_add_change:
 * @column: of the mutation's kind
 * @base: (nullable): what the user saw
 * @value: (nullable): what it shall be
 *
 * Adds the change of that column, or replaces it.
 */
void
inb_mutation_add_change (InbMutation *self,
                         guint        column,
                         const char  *base,
                         const char  *value)
{
  g_return_if_fail (self != NULL);

  set_change (self, column, TRUE, base, value);
}

/**
 * inb_mutation_add_blind_change:
 * @value: (nullable): what it shall be, whatever it is now
 *
 * Adds the change of that column, or replaces it.
 */
void
inb_mutation_add_blind_change (InbMutation *self,
                               guint        column,
                               const char  *value)
{
  g_return_if_fail (self != NULL);

  set_change (self, column, FALSE, NULL, value);
}

/**
 * inb_mutation_find_change:
 *
 * Returns: (transfer none) (nullable): what becomes of that column
 */
const InbFieldChange *
inb_mutation_find_change (const InbMutation *self,
                          guint              column)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->changes->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (self->changes, i);

      if (change->column == column)
        return change;
    }

  return NULL;
}

/**
 * inb_mutation_result_new:
 * @id: the mutation's
 *
 * Returns: (transfer full): an answer that says nothing but its status yet
 */
InbMutationResult *
inb_mutation_result_new (const char        *id,
                         InbMutationStatus  status)
{
  SharedResult *shared = g_new0 (SharedResult, 1);
  InbMutationResult *self = &shared->result;

  g_atomic_ref_count_init (&shared->refs);
  self->id = g_strdup (id);
  self->conflicts = g_ptr_array_new_with_free_func (field_conflict_free);
  self->status = status;

  return self;
}

InbMutationResult *
inb_mutation_result_ref (InbMutationResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((SharedResult *) self)->refs);

  return self;
}

void
inb_mutation_result_unref (InbMutationResult *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&((SharedResult *) self)->refs))
    return;

  g_free (self->id);
  g_ptr_array_unref (self->conflicts);
  g_free (self->code);
  g_free (self->message);
  g_free ((SharedResult *) self);
}

/**
 * inb_mutation_result_add_conflict:
 * @base: (nullable): what the user saw
 * @mine: (nullable): what the user wanted
 * @theirs: (nullable): what it is, and stays
 *
 * The column was not written; the status says so.
 */
void
inb_mutation_result_add_conflict (InbMutationResult *self,
                                  guint              column,
                                  const char        *base,
                                  const char        *mine,
                                  const char        *theirs)
{
  InbFieldConflict *conflict;

  g_return_if_fail (self != NULL);

  conflict = g_new0 (InbFieldConflict, 1);
  conflict->column = column;
  conflict->base = g_strdup (base);
  conflict->mine = g_strdup (mine);
  conflict->theirs = g_strdup (theirs);
  g_ptr_array_add (self->conflicts, conflict);
  self->status = INB_MUTATION_CONFLICT;
}

/**
 * inb_mutation_result_reject:
 * @message: what is wrong and what to do
 *
 * Nothing was written.
 */
void
inb_mutation_result_reject (InbMutationResult *self,
                            InbErrorCode       code,
                            const char        *message)
{
  g_return_if_fail (self != NULL && message != NULL);

  self->status = INB_MUTATION_REJECTED;
  g_free (self->code);
  g_free (self->message);
  self->code = g_strdup (inb_error_get_name (code));
  self->message = g_strdup (message);
  g_ptr_array_set_size (self->conflicts, 0);
}

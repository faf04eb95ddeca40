#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-tally.h"

#include "inb-json.h"

typedef enum { OUTCOME_NONE, OUTCOME_CHANGED, OUTCOME_UNCHANGED, OUTCOME_CONFLICT, OUTCOME_REJECTED, N_OUTCOMES } Outcome;

struct _InbEditTally {
  /* Owned */
  GByteArray *outcomes;  /* of each mutation */

  gboolean    tells_conflicts;
};

InbEditTally *
inb_edit_tally_new (guint    n_mutations,
                    gboolean tells_conflicts)
{
  InbEditTally *self = g_new0 (InbEditTally, 1);

  self->outcomes = g_byte_array_new_take (g_new0 (guint8, n_mutations), n_mutations);
  self->tells_conflicts = tells_conflicts;

  return self;
}

void
inb_edit_tally_free (InbEditTally *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->outcomes);
  g_free (self);
}

void
inb_edit_tally_take (InbEditTally            *self,
                     guint                    index,
                     const InbMutationResult *result)
{
  Outcome outcome = result->change_seq > 0 ? OUTCOME_CHANGED : OUTCOME_UNCHANGED;

  g_return_if_fail (index < self->outcomes->len);

  if (result->status == INB_MUTATION_REJECTED)
    outcome = OUTCOME_REJECTED;
  else if (result->status == INB_MUTATION_CONFLICT && self->tells_conflicts)
    outcome = OUTCOME_CONFLICT;
  self->outcomes->data[index] = (guint8) outcome;
}

void
inb_edit_tally_append (const InbEditTally *self,
                       GString            *json)
{
  gint64 counts[N_OUTCOMES] = { 0 };

  for (guint i = 0; i < self->outcomes->len; i++)
    counts[self->outcomes->data[i]]++;
  inb_json_append_member_integer (json, "matched", self->outcomes->len);
  inb_json_append_member_integer (json, "changed", counts[OUTCOME_CHANGED]);
  inb_json_append_member_integer (json, "unchanged", counts[OUTCOME_UNCHANGED]);
  if (self->tells_conflicts)
    inb_json_append_member_integer (json, "conflicts", counts[OUTCOME_CONFLICT]);
  inb_json_append_member_integer (json, "rejected", counts[OUTCOME_REJECTED]);
}

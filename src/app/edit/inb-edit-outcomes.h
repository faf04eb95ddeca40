/* What came of the groups that were handed to the outbox: asks until the server has answered all of a group, and says what the user would
 * not expect. */
#pragma once

#include "inb-outbox.h"

G_BEGIN_DECLS

#define INB_TYPE_EDIT_OUTCOMES (inb_edit_outcomes_get_type ())
G_DECLARE_FINAL_TYPE (InbEditOutcomes, inb_edit_outcomes, INB, EDIT_OUTCOMES, GObject)

/* Signals:
 * "reported" (const char *message): for the user.
 * "empty" (const char *group): there was nothing to change in it. */

InbEditOutcomes *inb_edit_outcomes_new   (InbReplica      *replica);
/* @is_undo: the group takes another one back. */
void             inb_edit_outcomes_watch (InbEditOutcomes *self,
                                          const char      *group,
                                          gboolean         is_undo);

/* What of an undo the user would not expect; NULL when all was taken back. (transfer full) */
char            *inb_edit_outcomes_describe_undo (const InbGroupOutcome *outcome);

G_END_DECLS

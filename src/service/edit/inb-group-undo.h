/* Takes back all that a user did in one group, an import or a bulk for example: a new group of undos, what was written last first.
 * Private to edit.
 */
#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

/* Answers @request when all is done; a client that goes meanwhile changes nothing of that. */
void inb_group_undo_start (InbApi         *api,
                           InbHttpRequest *request,
                           InbSession     *session,
                           const char     *group);

/* The id of the mutation that takes @mutation_id of @group back: always the same. (transfer full) */
char *inb_group_undo_make_id (const char     *mutation_id,
                              const char     *group);

G_END_DECLS

/* The body of POST /api/mutations and of its answer. */
#pragma once

#include "inb-mutation.h"

G_BEGIN_DECLS

/* (mutations: (element-type InbMutation)) (transfer full) */
GBytes    *inb_sync_answers_ask  (GPtrArray  *mutations);
/* (transfer full) (element-type InbMutationResult): one each, in their order. INB_ERROR_PROTOCOL when it is no such answer. */
GPtrArray *inb_sync_answers_read (GBytes     *body,
                                  GPtrArray  *mutations,
                                  GError    **error);

G_END_DECLS

/* The outbox's asynchronous methods, waited for, and what the sync client does with a model server. */
#pragma once

#include "inb-model-server.h"
#include "inb-outbox.h"

G_BEGIN_DECLS

#define INB_KIT_USER "01890000-0000-7000-8000-0000000000aa"
#define INB_KIT_OTHER_USER "01890000-0000-7000-8000-0000000000bb"

char      *inb_kit_edit          (InbReplica        *replica,
                                  InbEdit           *edit,
                                  GError           **error);
/* One column of one lead, as its editor does it. (transfer full): the group. */
char      *inb_kit_edit_lead     (InbReplica        *replica,
                                  const char        *lead_id,
                                  guint              column,
                                  const char        *value);
char      *inb_kit_undo          (InbReplica        *replica,
                                  const char        *group,
                                  GError           **error);
GPtrArray *inb_kit_peek          (InbReplica        *replica,
                                  guint              max);
void       inb_kit_answer        (InbReplica        *replica,
                                  GPtrArray         *results);
GPtrArray *inb_kit_list_outbox   (InbReplica        *replica,
                                  const char        *entity_id);
void       inb_kit_resolve       (InbReplica        *replica,
                                  const char        *mutation_id,
                                  GArray            *mine);
InbGroupOutcome inb_kit_get_group (InbReplica       *replica,
                                  const char        *group);
void       inb_kit_forget_outbox (InbReplica        *replica,
                                  gboolean           unsent_too);

/* Sends all that waits and takes the answers in; returns how many. */
guint      inb_kit_push          (InbReplica        *replica,
                                  InbModelServer    *server);
/* Takes in what the server has, @max rows at a time; starts anew when the epoch is another. */
void       inb_kit_pull          (InbReplica        *replica,
                                  InbModelServer    *server,
                                  guint              max);
/* Until the optimistic rows are all there. */
void       inb_kit_settle        (InbReplica        *replica);
/* The replica's rows are the server's, and nothing is kept of what they were. */
void       inb_kit_assert_equal  (InbReplica        *replica,
                                  const char        *folder,
                                  InbModelServer    *server);

G_END_DECLS

/* Why the server refused a change, in the user's language and in terms of what he did: the server's own words are a programmer's. */
#pragma once

#include "inb-outbox.h"
#include "inb-session.h"

G_BEGIN_DECLS

/* @entry: rejected. (transfer full): a sentence. */
char *inb_rejection_text_describe (InbSession           *session,
                                   const InbOutboxEntry *entry);

G_END_DECLS

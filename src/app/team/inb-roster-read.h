/* What the service answers about members, teams and tokens. */
#pragma once

#include "inb-roster.h"

G_BEGIN_DECLS

/* (transfer full) (element-type InbRow). INB_ERROR_PROTOCOL. */
GPtrArray *inb_roster_read_rows   (GBytes      *answer,
                                   const char  *name,
                                   InbKind      kind,
                                   GError     **error);
/* (transfer full) (element-type InbTokenInfo). */
GPtrArray *inb_roster_read_tokens (GBytes      *answer,
                                   GError     **error);
/* @data: an InbTokenInfo */
void       inb_token_info_free    (gpointer     data);

G_END_DECLS

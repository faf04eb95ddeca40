/* One change of the user's that the server did not take as it was: what others wrote meanwhile, field by field, or why it was refused;
 * and what shall become of it. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_SETTLE_CARD (inb_settle_card_get_type ())
G_DECLARE_FINAL_TYPE (InbSettleCard, inb_settle_card, INB, SETTLE_CARD, AdwBin)

/* @entry: in conflict or rejected; not kept. @has_open: with a button that opens the lead. */
GtkWidget *inb_settle_card_new (InbSession           *session,
                                const InbOutboxEntry *entry,
                                gboolean              has_open);

G_END_DECLS

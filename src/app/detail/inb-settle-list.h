/* What the server did not take as it was, of one lead or of all: a card each; nothing when all is settled. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_SETTLE_LIST (inb_settle_list_get_type ())
G_DECLARE_FINAL_TYPE (InbSettleList, inb_settle_list, INB, SETTLE_LIST, AdwBin)

/* Signals: "changed": the cards, or what waits, are others. */

GtkWidget *inb_settle_list_new        (InbSession    *session);
/* NULL: of all, with a button on each that opens the lead. Nothing is shown before this. */
void       inb_settle_list_set_lead   (InbSettleList *self,
                                       const char    *lead_id);
guint      inb_settle_list_get_n_cards (InbSettleList *self);
/* Whether that mutation has not been sent, or not been answered. */
gboolean   inb_settle_list_is_waiting (InbSettleList *self,
                                       const char    *mutation_id);

G_END_DECLS

/* In a workspace without a lead: a button to the people in it, when there are any. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_CONTACTS_OFFER (inb_contacts_offer_get_type ())
G_DECLARE_FINAL_TYPE (InbContactsOffer, inb_contacts_offer, INB, CONTACTS_OFFER, AdwBin)

/* NULL: none. Nothing is counted before it is asked to. */
void inb_contacts_offer_set_session (InbContactsOffer *self,
                                     InbSession       *session);
/* Counts anew. */
void inb_contacts_offer_update      (InbContactsOffer *self);

G_END_DECLS

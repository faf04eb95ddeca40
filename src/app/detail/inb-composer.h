/* Where it is written down what was done about a lead: a note, a call, a mail, an SMS, a meeting, an appointment. What is not saved
 * yet is kept for each lead while the program runs. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_COMPOSER (inb_composer_get_type ())
G_DECLARE_FINAL_TYPE (InbComposer, inb_composer, INB, COMPOSER, AdwBin)

/* Of inb_composer_open(). */
#define INB_COMPOSER_NOTE "note"
#define INB_COMPOSER_CALL "call"

/* Action: "edit.cancel". */

GtkWidget *inb_composer_new      (InbSession  *session);
/* Whose it is; @lead_id NULL for a contact by itself. */
void       inb_composer_set_lead (InbComposer *self,
                                  const char  *lead_id,
                                  const char  *contact_id);
/* @type: an activity_type that people write. */
void       inb_composer_open     (InbComposer *self,
                                  const char  *type);

G_END_DECLS

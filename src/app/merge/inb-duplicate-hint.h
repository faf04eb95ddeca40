/* A quiet line in the detail of somebody who may be here twice, with a way to compare. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_DUPLICATE_HINT (inb_duplicate_hint_get_type ())
G_DECLARE_FINAL_TYPE (InbDuplicateHint, inb_duplicate_hint, INB, DUPLICATE_HINT, AdwBin)

GtkWidget *inb_duplicate_hint_new  (InbSession       *session);
/* NULL: nobody. Also when something about the contact may have changed. */
void       inb_duplicate_hint_show (InbDuplicateHint *self,
                                    const char       *contact_id);

G_END_DECLS

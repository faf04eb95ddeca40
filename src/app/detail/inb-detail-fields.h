/* What the detail pane says of a lead and its contact, in the groups that people think in: what is filled, and on demand the rest, each
 * to be edited in its place. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_DETAIL_FIELDS (inb_detail_fields_get_type ())
G_DECLARE_FINAL_TYPE (InbDetailFields, inb_detail_fields, INB, DETAIL_FIELDS, AdwBin)

/* Signal: "copied" (const char *what): something was put on the clipboard. */

GtkWidget *inb_detail_fields_new         (InbSession          *session);
/* @detail: not kept. Another row than before ends what is being edited. */
void       inb_detail_fields_show        (InbDetailFields     *self,
                                          const InbLeadDetail *detail);

/* Whether fields that nobody has filled are there to be filled; takes effect when it shows something again. */
void       inb_detail_fields_set_show_empty (InbDetailFields  *self,
                                         gboolean             show_empty);

G_END_DECLS

/* "Views" at the end of the filter bar: the saved views to choose from, and what can be done with the one that is shown. It knows which
 * that is, and marks it when filter or table are not as saved any more. */
#pragma once

#include "inb-lead-table.h"

G_BEGIN_DECLS

#define INB_TYPE_VIEWS_BUTTON (inb_views_button_get_type ())
G_DECLARE_FINAL_TYPE (InbViewsButton, inb_views_button, INB, VIEWS_BUTTON, AdwBin)

/* Actions: "views.apply" (s: a view's id, "" = all leads; its state is the one shown), "views.save-as", "views.update", "views.edit",
 * "views.delete". */

/* @table: whose columns are kept and set; outlives the button. */
InbViewsButton *inb_views_button_new           (InbLeadTable   *table);
/* After the table's. */
void            inb_views_button_set_session   (InbViewsButton *self,
                                                InbSession     *session);
/* The first view is 1. */
void            inb_views_button_apply_number  (InbViewsButton *self,
                                                guint           number);
/* Without its name there. */
void            inb_views_button_set_narrow    (InbViewsButton *self,
                                                gboolean        narrow);

G_END_DECLS

/* One stage in the editor: name, colour, what it means, and where it stands. Writes what is typed into the row it was made for. */
#pragma once

#include "inb-row.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_STAGE_ROW (inb_stage_row_get_type ())
G_DECLARE_FINAL_TYPE (InbStageRow, inb_stage_row, INB, STAGE_ROW, AdwExpanderRow)

/* Signals:
 * "changed": the stage is another now.
 * "moved" (int by): it shall stand that many places further down.
 * "dropped" (InbStageRow *other): @other was let go upon it.
 * "removed": it shall go. */

/* @stage: of INB_KIND_STAGE; it is changed. @fixed: leads arrive in it, so it stays, and stays open. */
GtkWidget *inb_stage_row_new       (InbRow      *stage,
                                    gboolean     fixed);
InbRow    *inb_stage_row_get_stage (InbStageRow *self);
/* The end of the list that it is at, if any. */
void       inb_stage_row_set_place (InbStageRow *self,
                                    gboolean     is_first,
                                    gboolean     is_last);
void       inb_stage_row_focus_name (InbStageRow *self);

G_END_DECLS

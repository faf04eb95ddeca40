/* The queue: the leads as a table that is sorted by its headers, scrolls at the display's rate and never moves under the
 * eyes. As it gets narrower it shows fewer columns. */
#pragma once

#include "inb-clock.h"
#include "inb-lead-list.h"
#include "inb-stage.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_LEAD_TABLE (inb_lead_table_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadTable, inb_lead_table, INB, LEAD_TABLE, AdwBin)

/* Signals:
 * "selected" (const char *lead_id (nullable)): by key, by click or by inb_lead_table_select().
 * "opened" (const char *lead_id): Enter, or a click. */

/* @list NULL: nothing to show any more. */
void        inb_lead_table_set_list    (InbLeadTable *self,
                                        InbLeadList  *list,
                                        InbClock     *clock);
void        inb_lead_table_set_stages  (InbLeadTable *self,
                                        InbStageSet  *stages);
const char *inb_lead_table_get_lead_id (InbLeadTable *self);
void        inb_lead_table_select      (InbLeadTable *self,
                                        const char   *lead_id);
/* Selects the lead @by rows further down and shows it. */
void        inb_lead_table_move        (InbLeadTable *self,
                                        int           by);
/* A lead has come in: its row is tinted, and where it does not slide in, the pill says so. */
void        inb_lead_table_note_arrival (InbLeadTable *self,
                                         const char   *lead_id);
/* The keyboard to the selected row. */
void        inb_lead_table_focus       (InbLeadTable *self);

G_END_DECLS

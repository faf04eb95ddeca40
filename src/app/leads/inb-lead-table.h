/* The queue: the leads as a table that is sorted by its headers, scrolls at the display's rate and never moves under the
 * eyes. As it gets narrower it shows fewer columns. */
#pragma once

#include "inb-column-layout.h"
#include "inb-lead-selection.h"
#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_LEAD_TABLE (inb_lead_table_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadTable, inb_lead_table, INB, LEAD_TABLE, AdwBin)

/* Signals:
 * "selected" (const char *lead_id (nullable)): another lead is the current one, by key, by click or by inb_lead_table_select().
 * "opened" (const char *lead_id): Enter, or a click.
 * "contact-opened" (const char *contact_id): the same of a contact without a lead.
 * "layout-changed": columns or their order are others now; also with another session.
 * "copied" (const char *what): something was put on the clipboard, or a like remark. */

/* Where the columns are remembered; before the first session. */
void              inb_lead_table_set_settings  (InbLeadTable *self,
                                                GSettings    *settings);
/* NULL: nothing to show any more. */
void              inb_lead_table_set_session   (InbLeadTable *self,
                                                InbSession   *session);
/* Whether the rows are contacts without a lead; then the current "lead" is one of them. */
gboolean          inb_lead_table_get_contacts  (InbLeadTable *self);
/* The current lead. */
const char       *inb_lead_table_get_lead_id   (InbLeadTable *self);
void              inb_lead_table_select        (InbLeadTable *self,
                                                const char   *lead_id);
/* (transfer none) (nullable): which leads are selected; another object for each session. */
InbLeadSelection *inb_lead_table_get_selection (InbLeadTable *self);
/* More that can be done with the selection is offered here. (transfer none) */
GtkBox           *inb_lead_table_get_selection_actions (InbLeadTable *self);
/* (transfer none) (nullable): which columns the leads have and how they are sorted; valid until "layout-changed". */
const InbColumnLayout *inb_lead_table_get_layout (InbLeadTable     *self);
void              inb_lead_table_set_layout    (InbLeadTable          *self,
                                                const InbColumnLayout *layout);
/* Makes the lead @by rows further down the current one and shows it. */
void              inb_lead_table_move          (InbLeadTable *self,
                                                int           by);
/* A lead has come in: its row is tinted, and where it does not slide in, the pill says so. */
void              inb_lead_table_note_arrival  (InbLeadTable *self,
                                                const char   *lead_id);
/* (transfer none) (nullable): why the user may not change the selected leads, or the current one. */
const char       *inb_lead_table_get_refusal   (InbLeadTable *self);
/* The keyboard to the current row. */
void              inb_lead_table_focus         (InbLeadTable *self);

G_END_DECLS

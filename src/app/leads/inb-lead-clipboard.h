/* Rows of the lead table as text that can be pasted into a mail or a spreadsheet: a line each, tabs between the columns. */
#pragma once

#include "inb-lead-column.h"

G_BEGIN_DECLS

/* @columns (element-type InbLeadSort). */
void inb_lead_clipboard_append_titles (GString                    *text,
                                       GArray                     *columns);
void inb_lead_clipboard_append_row    (GString                    *text,
                                       GArray                     *columns,
                                       const InbLeadSummary       *lead,
                                       const InbLeadColumnContext *context);

G_END_DECLS

/* Where each value of a column comes when leads are sorted by it: stages as the pipeline has them, hot above warm above cold,
 * owners and teams by their names, others as the locale sorts them.
 */
#pragma once

#include "inb-lead-facts.h"
#include "inb-lead-query.h"

G_BEGIN_DECLS

gboolean  inb_lead_sort_has_ranks (InbLeadSort         sort,
                                   InbFilterField     *field);
guint32  *inb_lead_ranks_new      (const InbLeadFacts *facts,
                                   InbSqlite          *db,
                                   InbFilterField      field,
                                   GError            **error);
guint32  *inb_lead_ranks_new_by_locale (GPtrArray      *texts);

G_END_DECLS

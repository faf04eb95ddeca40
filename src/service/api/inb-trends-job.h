/* Reads what became of a scope's leads over time, for GET /api/trends: the same definitions as the replica's
 * inb-lead-figures.h.
 */
#pragma once

#include "inb-db.h"
#include "inb-lead-scope.h"

G_BEGIN_DECLS

typedef struct _InbTrendsJob InbTrendsJob;

/* Takes the filter's parameters and step, by, from, to, max_series. INB_ERROR_INVALID_ARGUMENT. @now: microseconds. */
InbTrendsJob *inb_trends_job_new  (const char  *workspace_id,
                                   GHashTable  *params,
                                   gint64       now,
                                   GError     **error);
void          inb_trends_job_free (gpointer     job);
/* An InbReadFunc: the answer's JSON as a GString. */
gpointer      inb_trends_job_run  (InbDb       *db,
                                   gpointer     job,
                                   GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTrendsJob, inb_trends_job_free)

G_END_DECLS

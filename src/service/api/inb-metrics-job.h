/* Reads the key figures of a scope, for GET /api/metrics: the same definitions as the replica's inb-lead-figures.h. */
#pragma once

#include "inb-db.h"
#include "inb-lead-scope.h"

G_BEGIN_DECLS

typedef struct _InbMetricsJob InbMetricsJob;

/* (scope: transfer full). @now: microseconds. */
InbMetricsJob *inb_metrics_job_new  (const char    *workspace_id,
                                     InbLeadScope  *scope,
                                     gint64         now);
void           inb_metrics_job_free (gpointer       job);
/* An InbReadFunc: the answer's JSON as a GString. */
gpointer       inb_metrics_job_run  (InbDb         *db,
                                     gpointer       job,
                                     GError       **error);

G_END_DECLS

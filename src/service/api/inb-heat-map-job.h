/* Reads a heat map of a scope, for GET /api/heatmap: the same definitions as the replica's inb-lead-figures.h. */
#pragma once

#include "inb-db.h"
#include "inb-lead-scope.h"

G_BEGIN_DECLS

#define INB_HEAT_MAP_DEFAULT_NAMES 200
#define INB_HEAT_MAP_MAX_NAMES 1000

typedef struct _InbHeatMapJob InbHeatMapJob;

/* Takes the filter's parameters and mode, measure, max_rows, max_columns. INB_ERROR_INVALID_ARGUMENT. @now: microseconds. */
InbHeatMapJob *inb_heat_map_job_new  (const char  *workspace_id,
                                      GHashTable  *params,
                                      gint64       now,
                                      GError     **error);
void           inb_heat_map_job_free (gpointer     job);
/* An InbReadFunc: the answer's JSON as a GString. */
gpointer       inb_heat_map_job_run  (InbDb       *db,
                                      gpointer     job,
                                      GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatMapJob, inb_heat_map_job_free)

G_END_DECLS

/* The facts of all leads and the reading connection that they are kept up with, on a thread of their own, so that no list waits
 * behind a scan. The writer's thread says what it changed; before each piece of work the facts take that in.
 */
#pragma once

#include "inb-lead-facts.h"
#include "inb-lead-order.h"
#include "inb-metrics.h"
#include "inb-replica-batch.h"

G_BEGIN_DECLS

typedef struct _InbReplicaAnalyst InbReplicaAnalyst;

InbReplicaAnalyst *inb_replica_analyst_new       (const char         *path);
void               inb_replica_analyst_free      (InbReplicaAnalyst  *self);
/* Any thread. */
void               inb_replica_analyst_stop      (InbReplicaAnalyst  *self);
gboolean           inb_replica_analyst_is_loaded (InbReplicaAnalyst  *self);
/* The writer's thread. */
void               inb_replica_analyst_note      (InbReplicaAnalyst  *self,
                                                  const InbReplicaBatch *batch);
void               inb_replica_analyst_suspend   (InbReplicaAnalyst  *self);
void               inb_replica_analyst_resume    (InbReplicaAnalyst  *self,
                                                  gboolean            is_usable);
/* The analysis thread. */
InbSqlite         *inb_replica_analyst_begin     (InbReplicaAnalyst  *self,
                                                  GError            **error);
void               inb_replica_analyst_end       (InbReplicaAnalyst  *self);
gboolean           inb_replica_analyst_read_ahead (InbReplicaAnalyst *self,
                                                  InbSqlite          *db,
                                                  GError            **error);
GArray            *inb_replica_analyst_query     (InbReplicaAnalyst  *self,
                                                  InbSqlite          *db,
                                                  const InbLeadQuery *query,
                                                  GCancellable       *cancellable,
                                                  GError            **error);
const InbLeadFacts *inb_replica_analyst_get_facts (InbReplicaAnalyst *self);
guint64           *inb_replica_analyst_select    (InbReplicaAnalyst  *self,
                                                  InbSqlite          *db,
                                                  const InbLeadFilter *filter,
                                                  gint64              now,
                                                  GCancellable       *cancellable,
                                                  GError            **error);
InbMetrics        *inb_replica_analyst_count_metrics (InbReplicaAnalyst *self,
                                                  InbSqlite          *db,
                                                  const guint64      *wanted,
                                                  gint64              now,
                                                  GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaAnalyst, inb_replica_analyst_free)

G_END_DECLS

/* A replica in a folder of its own, which is filled through the feed, and what it told of it. */
#pragma once

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

G_BEGIN_DECLS

#define INB_REPLICA_FIXTURE_NOW (1780000000 * INB_TIME_SECOND)
#define INB_REPLICA_FIXTURE_EPOCH "one"

typedef struct {
  char       *folder;
  InbReplica *replica;
  InbSample  *sample;
  GPtrArray  *changed;   /* lead ids told so far */
  guint       n_everything;
  guint       n_stages;
  guint       n_workspace;
} InbReplicaFixture;

void            inb_replica_fixture_set_up      (InbReplicaFixture *fixture,
                                                 gconstpointer      data);
void            inb_replica_fixture_tear_down   (InbReplicaFixture *fixture,
                                                 gconstpointer      data);
/* As the next page of the feed. (rows: transfer full) */
void            inb_replica_fixture_apply       (InbReplicaFixture *fixture,
                                                 GPtrArray         *rows);
void            inb_replica_fixture_apply_row   (InbReplicaFixture *fixture,
                                                 InbRow            *row);
/* Of the only lead there is. (transfer full) */
InbLeadSummary *inb_replica_fixture_get_summary (InbReplicaFixture *fixture);
guint           inb_replica_fixture_count_leads (InbReplicaFixture *fixture);

G_END_DECLS

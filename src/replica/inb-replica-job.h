/* What InbReplica hands to its threads, and what comes back. */
#pragma once

#include "inb-outbox-request.h"
#include "inb-replica-follow-ups.h"
#include "inb-replica-store.h"

G_BEGIN_DECLS

typedef enum {
  INB_REPLICA_WRITE_OPEN,
  INB_REPLICA_WRITE_SORT_AGAIN,
  INB_REPLICA_WRITE_REBUILD,
  INB_REPLICA_WRITE_RESET,
  INB_REPLICA_WRITE_APPLY,
  INB_REPLICA_WRITE_APPLY_SNAPSHOT,
  INB_REPLICA_WRITE_ADD,
  INB_REPLICA_WRITE_ADD_ORDER, /* the argument is a guint: which one */
  INB_REPLICA_WRITE_EDIT,      /* from here on the argument is an InbOutboxRequest */
  INB_REPLICA_WRITE_UNDO,
  INB_REPLICA_WRITE_ANSWER,
  INB_REPLICA_WRITE_RESOLVE,
  INB_REPLICA_WRITE_SET_ACTOR,
  INB_REPLICA_WRITE_FORGET,
  INB_REPLICA_WRITE_PEEK,
  INB_REPLICA_WRITE_LIST,
  INB_REPLICA_WRITE_COUNT_GROUP,
  INB_REPLICA_WRITE_OVERLAY    /* no argument */
} InbReplicaWriteVerb;

typedef struct {
  /* Owned */
  gpointer             argument; /* the epoch, changes, page or rows */
  GDestroyNotify       free_argument;

  /* Borrowed */
  InbReplicaStore     *store;

  InbReplicaWriteVerb  verb;
} InbReplicaWrite;

/* How a write left the replica. */
typedef struct {
  /* Owned */
  InbReplicaBatch *batch;      /* NULL when nothing was written */
  GError          *error;
  char            *epoch;
  char            *position;
  gpointer         value;      /* what was asked for, or NULL */
  GDestroyNotify   free_value;
  InbOutboxActor   actor;      /* after INB_REPLICA_WRITE_OPEN */

  InbReplicaStoreNews news;
  gint64           cursor;
  gint64           newest;
  gboolean         is_rebuilt; /* it was found damaged */
  gboolean         is_resorted;
} InbReplicaOutcome;

typedef enum {
  INB_REPLICA_READ_QUERY,
  INB_REPLICA_READ_SUMMARIES,
  INB_REPLICA_READ_DETAIL,
  INB_REPLICA_READ_CONTACT,
  INB_REPLICA_READ_METRICS,
  INB_REPLICA_READ_LIST,
  INB_REPLICA_READ_FOLLOW_UPS,
  INB_REPLICA_READ_TAGS,
  INB_REPLICA_READ_DUPLICATES,
  INB_REPLICA_READ_SHARES,
  INB_REPLICA_READ_FACTS,     /* nothing but the facts themselves */
  INB_REPLICA_READ_AHEAD,     /* what the first filter and search will need */
  INB_REPLICA_READ_HEAT_MAP,
  INB_REPLICA_READ_TRENDS,
  INB_REPLICA_READ_VALUES
} InbReplicaReadVerb;

/* What figures are asked for; each verb has its own part of it. */
typedef struct {
  InbDateRange        range;
  InbHeatMapMode      mode;
  InbTrendStep        step;
  InbTrendGroup       group;
  InbFilterField      field;
  guint               max_rows;     /* or series */
  guint               max_columns;
} InbReplicaFigures;

typedef struct {
  /* Owned */
  InbLeadQuery       *query;
  InbLeadFilter      *filter;
  GArray             *rowids;
  char               *id;         /* of a lead or contact */
  GStrv               ids;        /* of contacts */
  InbFollowUpWindow   follow_ups;

  /* Borrowed */
  InbReplicaReader   *reader;
  InbReplicaAnalyst  *analyst;    /* reads instead, or NULL */

  InbReplicaFigures   figures;
  gint64              now;
  InbKind             kind;
  InbReplicaReadVerb  verb;
} InbReplicaRead;

InbReplicaWrite *inb_replica_write_new      (InbReplicaStore     *store,
                                             InbReplicaWriteVerb  verb,
                                             gpointer             argument,
                                             GDestroyNotify       free_argument);
void             inb_replica_write_free     (InbReplicaWrite     *self);
void             inb_replica_write_run      (GTask               *task,
                                             gpointer             source_object,
                                             gpointer             task_data,
                                             GCancellable        *cancellable);
void             inb_replica_outcome_free   (InbReplicaOutcome   *self);

InbReplicaRead  *inb_replica_read_new       (InbReplicaReader    *reader,
                                             InbReplicaReadVerb   verb);
void             inb_replica_read_free      (InbReplicaRead      *self);
void             inb_replica_read_run       (GTask               *task,
                                             gpointer             source_object,
                                             gpointer             task_data,
                                             GCancellable        *cancellable);
GDestroyNotify   inb_replica_read_get_free  (InbReplicaReadVerb   verb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaOutcome, inb_replica_outcome_free)

G_END_DECLS

/* The working copy of one workspace on this computer: replica.db (SQLite, WAL), a cache of the server's truth that can be
 * thrown away and rebuilt. All its methods return at once: writes run on one worker thread that owns the file's writing
 * connection, reads on another with a read-only one, so that applying a large page never delays a scroll, and what has to look
 * at every lead on a third, which keeps their facts in memory. Callbacks and
 * signals come on the main context that the object was made in.
 */
#pragma once

#include "inb-lead-figures.h"
#include "inb-lead-query.h"
#include "inb-row.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a table row shows of a lead; immutable, reference counted. */
typedef struct {
  gatomicrefcount  refs;
  gint64           rowid;       /* of a contact without a lead: less than 0 */
  char            *id;          /* the lead's; of a contact without a lead the contact's */
  char            *name;        /* never NULL: the contact's name, else mail, else phone */
  char            *phone;       /* display form, or NULL */
  char            *email;
  char            *company;
  char            *source;
  char            *product;
  char            *stage;       /* key */
  char            *temperature;
  gint64           lead_score;  /* -1 = none */
  gint64           created_at;  /* microseconds */
  gint64           last_activity_at;
  gint64           next_follow_up_at;
  gint64           first_response_at;
  char            *owner;       /* user id */
  char            *team;        /* team id */
  char            *campaign;    /* utm_campaign */
  gint64           value;       /* hundredths: conversion_value of a converted lead, else estimated_value; INB_TIME_NONE = none */
  char            *currency;
  gboolean         is_converted;
  gboolean         is_test;         /* listed, but in no figure */
} InbLeadSummary;

/* When somebody wanted to come back to a lead. */
typedef struct {
  char   *lead_id;
  gint64  at;       /* microseconds */
} InbFollowUp;

void            inb_follow_up_free     (InbFollowUp    *self);

InbLeadSummary *inb_lead_summary_ref   (InbLeadSummary *self);
void            inb_lead_summary_unref (InbLeadSummary *self);

/* Everything of one lead. */
typedef struct {
  InbRow    *lead;          /* NULL when a contact without one was asked for */
  InbRow    *contact;       /* NULL while it has not arrived */
  GPtrArray *activities;    /* (element-type InbRow), newest first */
  guint      n_leads;       /* of the contact, without deleted ones */
} InbLeadDetail;

void inb_lead_detail_free (InbLeadDetail *self);

/* A page of the change feed as the sync client read it off the wire. */
typedef struct {
  char      *epoch;
  gint64     from;
  gint64     to;
  gint64     head;
  GPtrArray *rows;          /* (element-type InbRow) in order of change_seq */
} InbChanges;

InbChanges *inb_changes_new  (void);
void        inb_changes_free (InbChanges *self);

/* A page of the first sync: current rows of one kind, newest first. The last page carries no position: then the cursor
 * becomes @head and the feed takes over. */
typedef struct {
  char      *epoch;
  gint64     head;          /* where the feed stood when the first page was read */
  char      *position;      /* the caller's note of where to go on, kept until the next page; NULL = that was all */
  GPtrArray *rows;          /* (element-type InbRow) */
} InbSnapshotPage;

InbSnapshotPage *inb_snapshot_page_new  (void);
void             inb_snapshot_page_free (InbSnapshotPage *self);

#define INB_TYPE_REPLICA (inb_replica_get_type ())
G_DECLARE_FINAL_TYPE (InbReplica, inb_replica, INB, REPLICA, GObject)

/* Signals:
 * "changed" (GPtrArray *lead_ids (element-type utf8), gboolean everything): rows of these leads (or of their contacts or
 *   activities) changed, or contacts without a lead, by their ids; coalesced to one emission a batch; @everything when it was too many to name (first sync, rebuild).
 * "stages-changed", "workspace-changed".
 * "names-changed": members, teams or webhooks changed.
 * "views-changed": saved views changed.
 * "facts-ready": the facts of all leads have been read after the start: figures have their details now.
 * "rebuilt": the file was found damaged and made anew, cursor 0 and epoch "": the sync client starts from the beginning. */

/* @folder: of this server and workspace; made 0700 when missing. */
InbReplica    *inb_replica_new                (const char           *folder);

/* Locks the folder against a second process (INB_ERROR_LOCKED), opens or makes replica.db; a damaged file or one of another
 * schema version is set aside and made anew. */
void           inb_replica_open_async         (InbReplica           *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       inb_replica_open_finish        (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* Waits for the threads. Blocks briefly; also done on dispose. */
void           inb_replica_close              (InbReplica           *self);

/* The cursor and its epoch ("" before the first sync), as of open or the last apply that finished. */
gint64         inb_replica_get_cursor         (InbReplica           *self);
const char    *inb_replica_get_epoch          (InbReplica           *self);
/* When the newest lead was made, microseconds, as of then; INB_TIME_NONE while there is none or the first sync goes on. */
gint64         inb_replica_get_newest         (InbReplica           *self);

/* One transaction: rows and cursor. INB_ERROR_CONFLICT when @changes does not start at the cursor, INB_ERROR_RESYNC when the
 * epoch is another. (changes: transfer full). */
void           inb_replica_apply_async        (InbReplica           *self,
                                               InbChanges           *changes,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       inb_replica_apply_finish       (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* One transaction: rows and position. Only between reset and the first apply: INB_ERROR_CONFLICT when the cursor has left 0,
 * INB_ERROR_RESYNC when the epoch is another. (page: transfer full). */
void           inb_replica_apply_snapshot_async  (InbReplica           *self,
                                                  InbSnapshotPage      *page,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
gboolean       inb_replica_apply_snapshot_finish (InbReplica           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* The indexes that the last page of a first sync makes; each takes a while, and may be made before that page by itself. */
#define INB_REPLICA_N_ORDERS 12
void           inb_replica_add_order_async    (InbReplica           *self,
                                               guint                 number,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       inb_replica_add_order_finish   (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* Where an interrupted first sync goes on, or NULL. */
const char    *inb_replica_get_snapshot_position (InbReplica           *self);
/* Empties it and takes the new epoch with cursor 0. With "" also the damaged files that were set aside are deleted. */
void           inb_replica_reset_async        (InbReplica           *self,
                                               const char           *epoch,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       inb_replica_reset_finish       (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/* (transfer full) (element-type gint64): the matching rows' rowids, in order; deleted leads left out. Those of contacts
 * without a lead are less than 0. */
void           inb_replica_query_async        (InbReplica           *self,
                                               const InbLeadQuery   *query,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GArray        *inb_replica_query_finish       (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* (transfer full) (element-type InbLeadSummary): for each rowid its summary, NULL where the row has gone. */
void           inb_replica_load_async         (InbReplica           *self,
                                               const gint64         *rowids,
                                               guint                 n_rowids,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray     *inb_replica_load_finish        (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* INB_ERROR_NOT_FOUND. */
void           inb_replica_get_lead_async     (InbReplica           *self,
                                               const char           *lead_id,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
InbLeadDetail *inb_replica_get_lead_finish    (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* Everything of a contact that has no lead: its activities are those of no lead. The detail's lead is NULL, or the newest one that the
 * contact has meanwhile. INB_ERROR_NOT_FOUND. */
void           inb_replica_get_contact_async  (InbReplica           *self,
                                               const char           *contact_id,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
InbLeadDetail *inb_replica_get_contact_finish (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* The figures of the leads that @filter means. @now: microseconds, what "today" and relative ranges are relative to, in the
 * workspace's zone. While the facts are still being read after the start, an empty filter is answered from the stored counts,
 * without details; everything else waits for them. */
void           inb_replica_get_metrics_async  (InbReplica           *self,
                                               const InbLeadFilter  *filter,
                                               gint64                now,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
InbMetrics    *inb_replica_get_metrics_finish (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* Rows and columns past the limits are folded into "other"; 0 = no limit. */
void           inb_replica_get_heat_map_async  (InbReplica           *self,
                                                const InbLeadFilter  *filter,
                                                InbHeatMapMode        mode,
                                                guint                 max_rows,
                                                guint                 max_columns,
                                                gint64                now,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
InbHeatMap    *inb_replica_get_heat_map_finish (InbReplica           *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* @range: the days on the axis, besides what @filter says. */
void           inb_replica_get_trends_async    (InbReplica           *self,
                                                const InbLeadFilter  *filter,
                                                const InbDateRange   *range,
                                                InbTrendStep          step,
                                                InbTrendGroup         group,
                                                guint                 max_series,
                                                gint64                now,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
InbTrends     *inb_replica_get_trends_finish   (InbReplica           *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* How many of the leads that @filter means have each value of @field; what @filter says of @field itself is passed over. */
void           inb_replica_get_values_async    (InbReplica           *self,
                                                const InbLeadFilter  *filter,
                                                InbFilterField        field,
                                                gint64                now,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
InbValueCounts *inb_replica_get_values_finish  (InbReplica           *self,
                                                GAsyncResult         *result,
                                                GError              **error);
/* (transfer full) (element-type InbRow) of any small kind: stages by position, members, teams, webhooks, the workspace. */
void           inb_replica_list_async         (InbReplica           *self,
                                               InbKind               kind,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
GPtrArray     *inb_replica_list_finish        (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);
/* (transfer full) (element-type InbFollowUp): the follow-ups of open leads in (@after, @until], the earliest @max of them. @owner:
 * user id, or NULL for everybody's. */
void           inb_replica_get_follow_ups_async  (InbReplica           *self,
                                                  const char           *owner,
                                                  gint64                after,
                                                  gint64                until,
                                                  guint                 max,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GPtrArray     *inb_replica_get_follow_ups_finish (InbReplica           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* The tags of the newest leads, those in use most first. */
void           inb_replica_get_tags_async        (InbReplica           *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GStrv          inb_replica_get_tags_finish       (InbReplica           *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
/* Stores activities (and the lead and contact) that were fetched by themselves when a timeline was opened; no cursor moves,
 * and a row that is older than the stored one is passed over. */
void           inb_replica_store_async        (InbReplica           *self,
                                               GPtrArray            *rows,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean       inb_replica_store_finish       (InbReplica           *self,
                                               GAsyncResult         *result,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFollowUp, inb_follow_up_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadSummary, inb_lead_summary_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadDetail, inb_lead_detail_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbChanges, inb_changes_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSnapshotPage, inb_snapshot_page_free)

G_END_DECLS

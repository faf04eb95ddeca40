/* What the user did and the server has not confirmed: outbox.db beside the replica (synchronous=FULL). Its methods are the
 * replica's (inb_replica_…), as both files have one worker thread; no transaction ever writes both. Optimistic values are written
 * into the replica's rows, and what the server said of such a row is kept beside it ("shadow"), so that lists, search and figures
 * need to know nothing of them; when the replica is opened or rebuilt, they are made anew from the outbox.
 */
#pragma once

#include "inb-edit.h"
#include "inb-replica.h"
#include "inb-role.h"

G_BEGIN_DECLS

typedef enum {
  INB_OUTBOX_WAITING,   /* to be sent */
  INB_OUTBOX_ANSWERED,  /* applied; its rows have not arrived yet */
  INB_OUTBOX_CONFLICT,  /* the user has to say: mine or theirs */
  INB_OUTBOX_REJECTED,  /* the user has to see it: discard or send again */
  INB_OUTBOX_DONE       /* kept for undo only */
} InbOutboxState;

/* What is told of an entry; immutable. */
typedef struct {
  InbMutation       *mutation;
  InbMutationResult *result;    /* NULL while waiting */
  char              *label;     /* of the edit */
  gint64             number;    /* order */
  InbOutboxState     state;
} InbOutboxEntry;

typedef struct {
  guint n_waiting;    /* also those that were answered but have not arrived */
  guint n_conflicts;
  guint n_rejected;
} InbOutboxCounts;

void     inb_outbox_entry_free              (InbOutboxEntry       *self);

/* InbReplica signals besides its own:
 * "outbox-changed": the counts are others, or entries were added.
 * "outbox-salvaged" (guint n_entries): outbox.db was damaged; that many entries could be read and are kept, the damaged file lies
 *   beside it.
 * "actor-changed": who edits, or what he may do. */

/* Who edits: overlay rows and activities carry it. Kept in outbox.db, so that it is known offline. */
void     inb_replica_set_actor              (InbReplica           *self,
                                             const char           *user_id,
                                             const char           *name,
                                             InbRole               role);
InbRole  inb_replica_get_role               (InbReplica           *self);
const char *inb_replica_get_actor_id        (InbReplica           *self);
InbOutboxCounts inb_replica_get_outbox_counts (InbReplica         *self);
/* One transaction in outbox.db; finish says that it is durable, and the group's id (transfer full). The replica's "changed" follows
 * when the optimistic values are in. INB_ERROR_FORBIDDEN by role, INB_ERROR_UNPROCESSABLE, INB_ERROR_DISK_FULL, … : then nothing was done. */
void     inb_replica_edit_async             (InbReplica           *self,
                                             InbEdit              *edit,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
char    *inb_replica_edit_finish            (InbReplica           *self,
                                             GAsyncResult         *result,
                                             GError              **error);
/* A new group that takes a group back; the same finish. */
void     inb_replica_undo_async             (InbReplica           *self,
                                             const char           *group,
                                             const char           *label,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
/* The next entries to send, in order: (transfer full) (element-type InbMutation); at most @max and about @max_bytes of JSON. An
 * entity with an unresolved conflict or rejection does not hold up others, nor its own later entries. */
void     inb_replica_peek_outbox_async      (InbReplica           *self,
                                             guint                 max,
                                             gsize                 max_bytes,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray *inb_replica_peek_outbox_finish   (InbReplica           *self,
                                             GAsyncResult         *result,
                                             GError              **error);
/* @results: (element-type InbMutationResult) as the server answered; one transaction. An applied entry goes when the replica's stored
 * cursor has reached its change_seq. */
void     inb_replica_answer_outbox_async    (InbReplica           *self,
                                             GPtrArray            *results,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean inb_replica_answer_outbox_finish   (InbReplica           *self,
                                             GAsyncResult         *result,
                                             GError              **error);
/* (transfer full) (element-type InbOutboxEntry), oldest first; @lead_id or NULL for all; DONE ones left out. */
void     inb_replica_list_outbox_async      (InbReplica           *self,
                                             const char           *entity_id,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GPtrArray *inb_replica_list_outbox_finish   (InbReplica           *self,
                                             GAsyncResult         *result,
                                             GError              **error);
/* Ends a conflict or rejection. @mine: (element-type guint) columns that shall get the user's value after all (a new mutation whose
 * base is theirs); the others stay as they are. NULL = discard all. */
void     inb_replica_resolve_async          (InbReplica           *self,
                                             const char           *mutation_id,
                                             GArray               *mine,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean inb_replica_resolve_finish         (InbReplica           *self,
                                             GAsyncResult         *result,
                                             GError              **error);
/* How a group ended, for the report of an undo or a bulk change: */
typedef struct {
  guint n_applied;
  guint n_conflicts;  /* changed by someone else meanwhile, and kept */
  guint n_rejected;
  guint n_waiting;
} InbGroupOutcome;
void     inb_replica_get_group_async        (InbReplica           *self,
                                             const char           *group,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean inb_replica_get_group_finish       (InbReplica           *self,
                                             GAsyncResult         *result,
                                             InbGroupOutcome      *outcome,
                                             GError              **error);
/* Forgets what the server has, and what could be undone; with @unsent_too everything. */
void     inb_replica_forget_outbox_async    (InbReplica           *self,
                                             gboolean              unsent_too,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean inb_replica_forget_outbox_finish   (InbReplica           *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbOutboxEntry, inb_outbox_entry_free)

G_END_DECLS

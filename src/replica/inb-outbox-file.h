/* outbox.db: what the user did, each thing one transaction that is on the disk when its function returns. Used on the writer's
 * thread only. A damaged file is set aside, and what can be read of it goes into a new one: nothing is forgotten silently.
 */
#pragma once

#include "inb-outbox-item.h"

G_BEGIN_DECLS

#define INB_OUTBOX_SCHEMA_VERSION 1

/* How long what is over can be undone. */
#define INB_OUTBOX_KEPT_GROUPS 50
#define INB_OUTBOX_KEPT_ENTRIES 100000
#define INB_OUTBOX_KEPT_TIME (7 * G_TIME_SPAN_DAY)

typedef struct _InbOutboxFile InbOutboxFile;

/* What an entry that can be undone wrote. */
typedef struct {
  char    *id;
  char    *entity_id;
  char    *record;
  InbKind  kind;
} InbOutboxUndo;

typedef struct {
  char    *user_id;
  char    *name;
  InbRole  role;
} InbOutboxActor;

InbOutboxFile *inb_outbox_file_new        (const char          *folder);
void           inb_outbox_file_free       (InbOutboxFile       *self);
gboolean       inb_outbox_file_open       (InbOutboxFile       *self,
                                           GError             **error);
gboolean       inb_outbox_file_check      (InbOutboxFile       *self,
                                           GError             **error);
/* Sets the damaged file aside and opens a new one with what could be read of it. */
gboolean       inb_outbox_file_salvage    (InbOutboxFile       *self,
                                           guint               *n_saved,
                                           GError             **error);
void           inb_outbox_file_close      (InbOutboxFile       *self);

gboolean       inb_outbox_file_get_actor  (InbOutboxFile       *self,
                                           InbOutboxActor      *actor,
                                           GError             **error);
gboolean       inb_outbox_file_set_actor  (InbOutboxFile       *self,
                                           const InbOutboxActor *actor,
                                           GError             **error);
/* (transfer full) (element-type InbOutboxItem): that user's entries but those that are over. */
GPtrArray     *inb_outbox_file_load       (InbOutboxFile       *self,
                                           const char          *user_id,
                                           GError             **error);

/* Every change is between begin and commit; a failed one is rolled back by inb_outbox_file_end(). */
gboolean       inb_outbox_file_begin      (InbOutboxFile       *self,
                                           GError             **error);
gboolean       inb_outbox_file_end        (InbOutboxFile       *self,
                                           gboolean             succeeded,
                                           GError             **error);
/* Gives @item its number. */
gboolean       inb_outbox_file_add        (InbOutboxFile       *self,
                                           InbOutboxItem       *item,
                                           GError             **error);
gboolean       inb_outbox_file_set_undo   (InbOutboxFile       *self,
                                           const InbOutboxItem *item,
                                           GError             **error);
gboolean       inb_outbox_file_set_answer (InbOutboxFile       *self,
                                           const InbOutboxItem *item,
                                           InbOutboxState       state,
                                           const InbMutationResult *result,
                                           const char          *epoch,
                                           GError             **error);
gboolean       inb_outbox_file_unanswer   (InbOutboxFile       *self,
                                           const InbOutboxItem *item,
                                           GError             **error);
/* The entry is over and kept for undo. */
gboolean       inb_outbox_file_finish     (InbOutboxFile       *self,
                                           const InbOutboxItem *item,
                                           InbMutationStatus    status,
                                           GError             **error);
/* The entry was in vain. */
gboolean       inb_outbox_file_remove     (InbOutboxFile       *self,
                                           const InbOutboxItem *item,
                                           GError             **error);
gboolean       inb_outbox_file_prune      (InbOutboxFile       *self,
                                           gint64               now,
                                           GError             **error);
/* Forgets what the server has and what could be undone; with @unsent_too everything. Not within a transaction. */
gboolean       inb_outbox_file_forget     (InbOutboxFile       *self,
                                           gboolean             unsent_too,
                                           GError             **error);

/* (transfer full) (element-type InbOutboxUndo): what a group wrote, last things first. */
GPtrArray     *inb_outbox_file_list_undos (InbOutboxFile       *self,
                                           const char          *group,
                                           GError             **error);
gboolean       inb_outbox_file_count_done (InbOutboxFile       *self,
                                           const char          *group,
                                           InbGroupOutcome     *outcome,
                                           GError             **error);
void           inb_outbox_actor_clear     (InbOutboxActor      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbOutboxFile, inb_outbox_file_free)

G_END_DECLS

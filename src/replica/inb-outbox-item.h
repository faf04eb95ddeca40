/* An entry of the outbox on the writer's thread. */
#pragma once

#include "inb-outbox.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  InbMutation       *mutation;
  InbMutationResult *result;      /* NULL while waiting */
  char              *label;
  char              *actor;       /* user id */
  char              *undo;        /* what it wrote, until that is stored */
  char              *takes_back;  /* of an undo: what the undone one wrote */
  char              *epoch;       /* in which it was answered */
  GPtrArray         *rows;        /* keys (inb_outbox_key_new) of the rows that it concerns */

  gint64             number;      /* order; 0 until it is stored */
  InbOutboxState     state;
  gboolean           has_undo;    /* what it wrote is stored, or in @undo */
  gboolean           bears;       /* on the rows: they differ from the server's by it */
  gboolean           is_overlaid;
} InbOutboxItem;

InbOutboxItem  *inb_outbox_item_new      (InbMutation         *mutation,
                                          const char          *label);
void            inb_outbox_item_free     (InbOutboxItem       *self);
void            inb_outbox_item_add_row  (InbOutboxItem       *self,
                                          const char          *key);
/* Once, before it bears on them. */
void            inb_outbox_item_find_rows (InbOutboxItem      *self);
/* It will be told again when it is applied again. */
void            inb_outbox_item_drop_undo (InbOutboxItem      *self);
InbOutboxEntry *inb_outbox_item_tell     (const InbOutboxItem *self);

/* A row as text, so that rows of all kinds share one table. @kind INB_N_KINDS: the leads and activities of the contact @id. */
char           *inb_outbox_key_new       (InbKind              kind,
                                          const char          *id);
InbKind         inb_outbox_key_get_kind  (const char          *key);
const char     *inb_outbox_key_get_id    (const char          *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbOutboxItem, inb_outbox_item_free)

G_END_DECLS

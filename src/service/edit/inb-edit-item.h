/* One mutation on its way through a chunk: what it asks, what it came to, and the record of it. Private to edit. */
#pragma once

#include "inb-mutation-rules.h"
#include "inb-row-writer.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  InbMutation       *mutation;
  InbMutationResult *result;      /* once it is answered */
  char              *undo;        /* the record that takes it back; NULL when it wrote nothing */
  char              *lead_id;     /* what it concerned */
  char              *contact_id;

  /* Borrowed */
  const char        *undo_record; /* of the mutation that this one undoes, or NULL */

  guint              index;       /* in its job */
  gboolean           is_repeat;   /* answered from what is stored: it leaves no record */
} InbEditItem;

/* Whose mutations they are. All borrowed. */
typedef struct {
  const char *workspace_id;
  const char *user_id;
  gint64      now;
} InbEditRecordOf;

InbEditItem *inb_edit_item_new          (InbMutation           *mutation,
                                         guint                  index);
void         inb_edit_item_free         (InbEditItem           *self);
void         inb_edit_item_reject       (InbEditItem           *self,
                                         InbErrorCode           code,
                                         const char            *message);
/* What it concerns, read from the mutation and from the rows before it is applied. */
void         inb_edit_item_find_subject (InbEditItem           *self,
                                         InbRowSet             *rows);
gboolean     inb_edit_items_send        (GPtrArray             *items,
                                         const InbEditRecordOf *of,
                                         InbDb                 *db,
                                         guint                 *n_statements,
                                         GError               **error);

G_END_DECLS

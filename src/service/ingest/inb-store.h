/* The end of every transaction of the writer, in one trip: the rows of a write set, the roll-up, what belongs to them, the feed's new
 * head, and COMMIT with a look at its own result. Keeps what a connection prepared and knows.
 */
#pragma once

#include "inb-write-set.h"

G_BEGIN_DECLS

typedef struct _InbStore InbStore;

/* Sends more statements of the same transaction, counting each in @n_statements. */
typedef gboolean (*InbStoreExtra) (gpointer   data,
                                   InbDb     *db,
                                   guint     *n_statements,
                                   GError   **error);

InbStore *inb_store_new           (InbDb          *db);
void      inb_store_free          (InbStore       *self);
InbDb    *inb_store_get_db        (InbStore       *self);
gboolean  inb_store_commit        (InbStore       *self,
                                   const char     *workspace_id,
                                   InbWriteSet    *write_set,
                                   gint64          head,
                                   const char     *turn_id,
                                   InbStoreExtra   extra,
                                   gpointer        data,
                                   gboolean       *commit_unknown,
                                   GError        **error);
void      inb_store_roll_back     (InbStore       *self,
                                   const char     *workspace_id);
gboolean  inb_store_end           (InbDb          *db,
                                   guint           n_statements,
                                   GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbStore, inb_store_free)

G_END_DECLS

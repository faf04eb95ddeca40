/* The outbox in memory: its entries in order, by id, and by the rows that differ from the server's because of them. Used on the
 * writer's thread only.
 */
#pragma once

#include "inb-outbox-item.h"

G_BEGIN_DECLS

typedef struct _InbOutboxIndex InbOutboxIndex;

InbOutboxIndex *inb_outbox_index_new          (void);
void            inb_outbox_index_free         (InbOutboxIndex  *self);
void            inb_outbox_index_clear        (InbOutboxIndex  *self);
/* (item: transfer full), with a higher number than all before it. */
void            inb_outbox_index_add          (InbOutboxIndex  *self,
                                               InbOutboxItem   *item);
void            inb_outbox_index_remove       (InbOutboxIndex  *self,
                                               InbOutboxItem   *item);
InbOutboxItem  *inb_outbox_index_find         (InbOutboxIndex  *self,
                                               const char      *mutation_id);
/* In order; (element-type InbOutboxItem). */
const GList    *inb_outbox_index_get_items    (InbOutboxIndex  *self);
InbOutboxCounts inb_outbox_index_count        (InbOutboxIndex  *self);

/* Whether no row differs from the server's. */
gboolean        inb_outbox_index_is_idle      (InbOutboxIndex  *self);
void            inb_outbox_index_set_bears    (InbOutboxIndex  *self,
                                               InbOutboxItem   *item,
                                               gboolean         bears);
void            inb_outbox_index_add_row      (InbOutboxIndex  *self,
                                               InbOutboxItem   *item,
                                               const char      *key);
/* (transfer none) (element-type InbOutboxItem) (nullable): those that bear on the row. */
GPtrArray      *inb_outbox_index_find_row     (InbOutboxIndex  *self,
                                               const char      *key);
/* (transfer container) (element-type InbOutboxItem): the first @max that were not overlaid yet. */
GPtrArray      *inb_outbox_index_list_fresh   (InbOutboxIndex  *self,
                                               guint            max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbOutboxIndex, inb_outbox_index_free)

G_END_DECLS

/* Rows that depend on each other by the entries that concern them, as they are without those entries. */
#pragma once

#include "inb-outbox-index.h"
#include "inb-row-set.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  GHashTable *keys;       /* as a set */
  GPtrArray  *queue;      /* of keys (borrowed) */
  GHashTable *shadowed;   /* keys (owned) of those that have a shadow, as a set */
  GPtrArray  *items;      /* in order, each once (borrowed) */
  GHashTable *are_items;  /* the same as a set */
  InbRowSet  *rows;
} InbOverlayGroup;

InbOverlayGroup *inb_overlay_group_new     (void);
void             inb_overlay_group_free    (InbOverlayGroup  *self);
void             inb_overlay_group_add_key (InbOverlayGroup  *self,
                                            const char       *key);
/* All entries that concern the rows, all rows that those concern, and so on; their rows as the server has them. */
gboolean         inb_overlay_group_load    (InbOverlayGroup  *self,
                                            InbOutboxIndex   *index,
                                            InbSqlite        *db,
                                            GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbOverlayGroup, inb_overlay_group_free)

G_END_DECLS

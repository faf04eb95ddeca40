/* What is stored of mutations: the answers that repeats get, the records that undo needs, and what a group has touched so far.
 * Private to edit.
 */
#pragma once

#include "inb-db.h"
#include "inb-edit-item.h"

G_BEGIN_DECLS

typedef struct _InbEditLookup InbEditLookup;

InbEditLookup *inb_edit_lookup_new         (const char       *workspace_id,
                                            const char       *user_id);
void           inb_edit_lookup_free        (InbEditLookup    *self);
gboolean       inb_edit_lookup_load        (InbEditLookup    *self,
                                            InbDb            *db,
                                            GPtrArray        *items,
                                            gboolean          with_groups,
                                            GError          **error);
/* Whether the item is a repeat: then it has its answer. */
gboolean       inb_edit_lookup_answer      (InbEditLookup    *self,
                                            InbEditItem      *item);
/* Gives an undo the record of what it undoes, as far as that is known by now. */
void           inb_edit_lookup_find_undone (InbEditLookup    *self,
                                            InbEditItem      *item);
/* Whether the item's group would touch more than one lead or one contact with it. */
gboolean       inb_edit_lookup_is_bulk     (InbEditLookup    *self,
                                            InbEditItem      *item);
/* The item has its answer: later ones of the same transaction find it. */
void           inb_edit_lookup_note        (InbEditLookup    *self,
                                            InbEditItem      *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbEditLookup, inb_edit_lookup_free)

G_END_DECLS

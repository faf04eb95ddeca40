/* One thing a user did, before it is frozen into mutations: which rows, and what they shall be. The replica's thread looks up
 * what the user saw (the base values) and makes one mutation a row, all of one group. Filled in, then handed over: it must not be
 * changed afterwards.
 */
#pragma once

#include "inb-mutation.h"

G_BEGIN_DECLS

typedef struct _InbEdit InbEdit;

/* @label: what undo calls it, translated, e.g. "Stage of 12 leads". */
InbEdit    *inb_edit_new          (const char      *label);
InbEdit    *inb_edit_ref          (InbEdit         *self);
void        inb_edit_unref        (InbEdit         *self);
/* A complete mutation: create, delete, merge, or an update whose base the caller knows (what the editor showed). */
void        inb_edit_add          (InbEdit         *self,
                                   InbMutation     *mutation);
/* The same change for many leads, by rowid; base values are read when it is frozen. Rows that are gone by then, contacts
 * without a lead, and leads that have the value already, are passed over. (rowids: (element-type gint64)) */
void        inb_edit_set_rowids   (InbEdit         *self,
                                   GArray          *rowids);
void        inb_edit_set_value    (InbEdit         *self,
                                   guint            lead_column,
                                   const char      *value);
/* Tags that each of the leads gets or loses. */
void        inb_edit_add_tag      (InbEdit         *self,
                                   const char      *tag);
void        inb_edit_remove_tag   (InbEdit         *self,
                                   const char      *tag);
/* The leads of the rowids are deleted, and the contacts without a lead among them. */
void        inb_edit_set_deletes  (InbEdit         *self);
const char *inb_edit_get_label    (InbEdit         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbEdit, inb_edit_unref)

G_END_DECLS

/* Some mutations of one job in one transaction: found among the stored answers, or decided one after the other on the rows that they
 * need, and stored with their answers and with what takes them back. Private to edit.
 */
#pragma once

#include "inb-directory.h"
#include "inb-edit-item.h"
#include "inb-edit-rows.h"
#include "inb-writer-job.h"

G_BEGIN_DECLS

typedef struct _InbEditChunk InbEditChunk;

InbEditChunk *inb_edit_chunk_new       (InbWrite        *write,
                                        InbSession      *session,
                                        gboolean         is_atomic);
void          inb_edit_chunk_free      (InbEditChunk    *self);
/* @mutation: (transfer full) */
void          inb_edit_chunk_add       (InbEditChunk    *self,
                                        InbMutation     *mutation,
                                        guint            index);
/* Adds rows that somebody wants to see beside those that the mutations need; called again when they are loaded, with what there
 * is, for those that they lead to. */
typedef void (*InbEditMore)            (gpointer         data,
                                        InbRowSet       *rows,
                                        InbEditNeeds    *needs);
gboolean      inb_edit_chunk_run       (InbEditChunk    *self,
                                        InbEditMore      more,
                                        gpointer         data,
                                        GError         **error);
/* With the new head known: completes the answers and sends the records. */
gboolean      inb_edit_chunk_store     (InbEditChunk    *self,
                                        guint           *n_statements,
                                        GError         **error);
/* (element-type InbEditItem), in the order in which they were added; borrowed. */
GPtrArray    *inb_edit_chunk_get_items (InbEditChunk    *self);
InbRowSet    *inb_edit_chunk_get_rows  (InbEditChunk    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbEditChunk, inb_edit_chunk_free)

G_END_DECLS

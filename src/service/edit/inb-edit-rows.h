/* Loads the rows that mutations need, by multi-row statements in one trip. Private to edit. */
#pragma once

#include "inb-db.h"
#include "inb-row-set.h"

G_BEGIN_DECLS

/* What is to be loaded: sets of text. */
typedef struct {
  GHashTable *ids[INB_N_KINDS];
  GHashTable *contact_ids;  /* whose leads and activities are needed */
  GHashTable *crm_ids;      /* whoever has them */
} InbEditNeeds;

void     inb_edit_needs_init  (InbEditNeeds  *self);
void     inb_edit_needs_clear (InbEditNeeds  *self);
/* @db: in pipeline mode, inside the transaction. What was loaded before stays as it is. */
gboolean inb_edit_rows_load   (InbRowSet     *rows,
                               InbDb         *db,
                               const char    *workspace_id,
                               InbEditNeeds  *needs,
                               GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InbEditNeeds, inb_edit_needs_clear)

G_END_DECLS

/* What somebody saved under a name: which leads, in which columns, sorted by which. A value, as the replica's row has it; days that
 * are relative in it stay so. */
#pragma once

#include "inb-lead-filter.h"
#include "inb-row.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  char          *id;
  char          *name;
  InbLeadFilter *filter;
  char          *columns;     /* as inb_column_layout_dup_columns() makes it */
  char          *sort;        /* as inb_column_layout_dup_sort() makes it, or NULL */

  gint64         position;
  gboolean       is_own;
  gboolean       is_shared;
} InbSavedView;

/* @user_id: (nullable): who looks at it. A filter of a newer program that this one cannot read: NULL. */
InbSavedView *inb_saved_view_new_from_row (const InbRow        *row,
                                           const char          *user_id);
void          inb_saved_view_free         (InbSavedView        *self);
/* Own ones first, then by position and name. */
int           inb_saved_view_compare      (const InbSavedView  *a,
                                           const InbSavedView  *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSavedView, inb_saved_view_free)

G_END_DECLS

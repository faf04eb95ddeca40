/* What an edit is made of, for inb-edit-freeze.c. */
#pragma once

#include "inb-edit.h"

G_BEGIN_DECLS

struct _InbEdit {
  gatomicrefcount  refs;

  /* Owned */
  char            *label;
  GPtrArray       *mutations;    /* (element-type InbMutation) */
  GArray          *rowids;       /* gint64, or NULL */
  GPtrArray       *values;       /* (element-type InbFieldChange): of leads, without a base */
  GPtrArray       *added_tags;
  GPtrArray       *removed_tags;

  gboolean         deletes;
};

G_END_DECLS

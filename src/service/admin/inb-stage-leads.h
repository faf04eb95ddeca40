/* The leads of one stage, newest first, a chunk at a time: those that lists show, then the deleted ones and the tests. Private to
 * admin.
 */
#pragma once

#include "inb-admin.h"
#include "inb-stage.h"

G_BEGIN_DECLS

/* Where a walk stands; plain, so that a turn which is rolled back can begin again where it began. */
typedef struct {
  gint64    created_at;                 /* of the last lead; G_MAXINT64 = none yet */
  char      id[37];
  gboolean  is_hidden;                  /* the shown ones are done */
  gboolean  is_done;
} InbStageWalk;

void     inb_stage_walk_begin   (InbStageWalk  *self);
/* Changes up to @limit leads of the stage and puts them, @n of them were looked at. @to: the stage that they go to; NULL: they stay, and
 * follow what has become of their own. */
gboolean inb_stage_leads_change (InbAdmin      *admin,
                                 InbStageSet   *stages,
                                 const char    *key,
                                 const char    *to,
                                 InbStageWalk  *walk,
                                 guint          limit,
                                 guint         *n,
                                 GError       **error);

G_END_DECLS

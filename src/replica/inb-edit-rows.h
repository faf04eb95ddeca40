/* Which rows an edit is made on, before it is frozen: what was done to them has to be shown by then. Used on the writer's thread. */
#pragma once

#include "inb-edit.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

/* (transfer full) (element-type utf8): keys as of inb_outbox_key_new(). */
GPtrArray *inb_edit_list_rows (InbEdit    *edit,
                               InbSqlite  *db,
                               GError    **error);

G_END_DECLS

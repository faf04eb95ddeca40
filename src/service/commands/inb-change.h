/* One transaction by which a command changes a workspace: under the workspace's head like every write, each row with its
 * place in the feed, a line in the audit log, and the notifications once it is committed.
 */
#pragma once

#include "inb-admin.h"

G_BEGIN_DECLS

typedef struct _InbChange InbChange;

/* INB_ERROR_NOT_FOUND when there is no such workspace. */
InbChange *inb_change_begin            (InbDb              *db,
                                        const char         *workspace_id,
                                        GError            **error);
/* Of a workspace that this transaction makes; INB_ERROR_CONFLICT when there is one. */
InbChange *inb_change_begin_workspace  (InbDb              *db,
                                        const char         *workspace_id,
                                        GError            **error);
/* Rolls back unless it was committed. */
void       inb_change_free             (InbChange          *self);
/* What collects rows and audit lines until the commit; borrowed. */
InbAdmin  *inb_change_get_admin        (InbChange          *self);
const char *inb_change_get_workspace   (InbChange          *self);
/* The transaction's time, in wire form. */
const char *inb_change_get_now         (InbChange          *self);
/* The next row's place in the feed, valid until the next call. */
const char *inb_change_next_seq        (InbChange          *self);
PGresult  *inb_change_query            (InbChange          *self,
                                        const char         *sql_name,
                                        int                 n_params,
                                        const char * const *params,
                                        GError            **error);
/* Numbers and writes the rows of @set with their roll-up; @names and @writer may serve many changes. */
gboolean   inb_change_write            (InbChange          *self,
                                        InbWriteSet        *set,
                                        InbLeadCountNames  *names,
                                        InbRowWriter       *writer,
                                        GError            **error);
/* Writes what the admin collected, and commits. */
gboolean   inb_change_commit           (InbChange          *self,
                                        GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbChange, inb_change_free)

G_END_DECLS

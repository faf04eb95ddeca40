/* One turn of a job as one transaction. Private to the writer. */
#pragma once

#include "inb-changes.h"
#include "inb-store.h"
#include "inb-writer-job.h"

G_BEGIN_DECLS

/* How a turn that failed may have ended. */
typedef struct {
  gboolean  commit_unknown;
  gboolean  own_failure;     /* because of what the job wanted to write; the connection is sound */
  gboolean  by_database;     /* it was PostgreSQL that refused: its words are for the log only */
  char     *turn_id;         /* what the head is marked with if it is committed */
} InbWriteFailure;

InbChanges *inb_write_run             (InbStore         *store,
                                       InbWriterJob     *job,
                                       gboolean          with_rows,
                                       InbWriteFailure  *failure,
                                       GError          **error);
gboolean    inb_write_look_up         (InbStore         *store,
                                       InbWriterJob     *job,
                                       InbWriteFailure  *failure,
                                       gboolean         *is_stored,
                                       GError          **error);
void        inb_write_failure_clear   (InbWriteFailure  *failure);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InbWriteFailure, inb_write_failure_clear)

G_END_DECLS

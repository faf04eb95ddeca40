/* Work of one workspace that waits its turn at the writer behind the webhooks: a function that reads under the workspace's lock and
 * puts rows into the transaction's write set. A long one does a part a turn, so that it holds nobody up.
 */
#pragma once

#include "inb-stage.h"
#include "inb-write-set.h"

G_BEGIN_DECLS

/* The transaction of one turn. */
typedef struct {
  /* Borrowed */
  InbDb       *db;           /* in the transaction, under the lock, not in pipeline mode */
  InbWriteSet *write_set;    /* what is put here is numbered, stored, counted and told */
  const char  *workspace_id;
  InbStageSet *stages;
  GTimeZone   *timezone;     /* of the workspace, as region and currency */
  const char  *region;
  const char  *currency;

  gint64       now;          /* microseconds since 1970 UTC */
  gint64       from;         /* the feed's head before */
  gint64       to;           /* and after: known in store(), and kept when the job is done */
  gint64       last_turn;    /* how long the job's turn before this one took, microseconds; 0 = this is the first */
  guint        n_turns;      /* of the job that are committed */

  gboolean     again;        /* run() sets it: more is to be done, in a later turn */
} InbWrite;

typedef struct _InbWriterJob InbWriterJob;

typedef struct {
  /* On the writer thread. FALSE rolls back; the error goes to done() as it is. A turn whose connection is lost runs again, so
   * what it keeps of a turn must be made anew by the next. */
  gboolean (*run)    (gpointer        data,
                      InbWrite       *write,
                      GError        **error);
  /* On the writer thread, or NULL: sends statements of its own along with the rows, counting each in @n_statements. */
  gboolean (*store)  (gpointer        data,
                      InbWrite       *write,
                      guint          *n_statements,
                      GError        **error);
  /* On the writer thread, or NULL: the turn was rolled back because of what it tried to write. TRUE to run again with less. */
  gboolean (*failed) (gpointer        data,
                      const GError   *error);
  /* On the main loop, or NULL: a turn is committed, and there are more to come. The writer thread may have @data meanwhile. */
  void     (*went_on) (gpointer       data);
  /* On the main loop, once, after the desktops were told; @error NULL: all turns are committed. @head: of the feed. */
  void     (*done)   (gpointer        data,
                      gint64          head,
                      const GError   *error);
  GDestroyNotify free_data;
} InbWriterJobFuncs;

struct _InbWriterJob {
  /* Owned */
  char                    *workspace_id;
  gpointer                 data;
  GError                  *error;        /* how it ended */

  /* Borrowed */
  const InbWriterJobFuncs *funcs;

  gsize                    size;         /* about how much memory it holds while it waits, bytes */
  gint64                   head;         /* after its last turn */
  gint64                   turn_time;    /* of its last turn, microseconds */
  guint                    n_turns;      /* committed ones */
  gboolean                 again;        /* its last turn left something to do */
};

InbWriterJob *inb_writer_job_new  (const char              *workspace_id,
                                   const InbWriterJobFuncs *funcs,
                                   gpointer                 data,
                                   gsize                    size);
void          inb_writer_job_free (InbWriterJob            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWriterJob, inb_writer_job_free)

G_END_DECLS

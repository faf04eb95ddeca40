/* Mutations of one request, done by the writer in chunks of about 10 ms, so that webhooks pass between them. Where they come from
 * and where the answers go is the request's: an array in JSON, one lead's fields, or the same change for many leads.
 */
#pragma once

#include "inb-directory.h"
#include "inb-edit-rows.h"
#include "inb-mutation-rules.h"
#include "inb-writer-job.h"

G_BEGIN_DECLS

#define INB_EDIT_JOB_MAX_ATOMIC 16

typedef struct {
  /* All but `went_on`, `done` and `free_data` on the writer thread. */

  /* (transfer full): mutation number @index, or NULL when it has its answer already. May be asked again for the same one. */
  InbMutation *(*get)       (gpointer            data,
                             guint               index);
  /* May come again for the same one: the last one counts. */
  void         (*answer)    (gpointer            data,
                             guint               index,
                             InbMutationResult  *result);
  /* Or NULL; InbEditMore: rows that look() wants to find. */
  void         (*more)      (gpointer            data,
                             InbRowSet          *rows,
                             InbEditNeeds       *needs);
  /* Or NULL: the rows as the mutations left them, with their place in the feed. */
  void         (*look)      (gpointer            data,
                             InbRowSet          *rows);
  /* Or NULL: sends statements of its own with the first chunk. */
  gboolean     (*store)     (gpointer            data,
                             InbWrite           *write,
                             guint              *n_statements,
                             GError            **error);
  /* On the main loop, or NULL: some are done, and there are more to come. */
  void         (*went_on)   (gpointer            data);
  /* On the main loop, once. @error NULL: every mutation has its answer. */
  void         (*done)      (gpointer            data,
                             gint64              head,
                             const GError       *error);
  GDestroyNotify free_data;
  /* The few mutations are done all or none: one that is rejected or conflicts keeps the others from being written. */
  gboolean       is_atomic;
} InbEditFuncs;

/* @data: (transfer full), theirs; @size: about what it holds. */
InbWriterJob *inb_edit_job_new (InbSession          *session,
                                const InbEditFuncs  *funcs,
                                guint                n_mutations,
                                gpointer             data,
                                gsize                size);

G_END_DECLS

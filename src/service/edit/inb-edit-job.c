#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-job.h"

#include "inb-edit-chunk.h"
#include "inb-error.h"

#define CHUNK_TIME (10 * G_TIME_SPAN_MILLISECOND)
#define FIRST_CHUNK INB_EDIT_JOB_MAX_ATOMIC
#define MIN_CHUNK 16 /* a transaction has costs of its own, and a busy computer makes every turn long */
#define MAX_CHUNK 256

typedef struct {
  /* Owned */
  InbSession         *session;
  gpointer            data;
  InbEditChunk       *chunk;      /* of the current turn */

  /* Borrowed */
  const InbEditFuncs *funcs;

  guint               n_mutations;
  guint               next;       /* the first that no committed turn has done */
  guint               n_chunk;    /* how many from there the current turn does */
  guint               limit;      /* how many a turn may do */
  guint               one_by_one; /* up to here each in a turn of its own: one of them cannot be written */
  guint               n_turns;    /* committed ones, as far as noticed */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->chunk, inb_edit_chunk_free);
  if (self->funcs->free_data != NULL)
    self->funcs->free_data (self->data);
  inb_session_unref (self->session);
  g_free (self);
}

/* The next chunk shall take about the time that it may, going by the last one. */
static void
adapt_limit (Job      *self,
             InbWrite *write)
{
  gint64 wanted;

  if (write->last_turn <= 0 || self->n_chunk < self->limit)
    return;

  wanted = (gint64) self->n_chunk * CHUNK_TIME / write->last_turn;
  self->limit = (guint) CLAMP (wanted, MIN_CHUNK, MIN ((gint64) self->limit * 2, MAX_CHUNK));
}

static void
notice_commit (Job      *self,
               InbWrite *write)
{
  if (write->n_turns == self->n_turns)
    return;

  self->n_turns = write->n_turns;
  if (self->next >= self->one_by_one)
    adapt_limit (self, write);
  self->next += self->n_chunk;
}

static gboolean
job_run (gpointer   data,
         InbWrite  *write,
         GError   **error)
{
  Job *self = data;
  guint limit;

  g_clear_pointer (&self->chunk, inb_edit_chunk_free);
  notice_commit (self, write);
  limit = self->next < self->one_by_one ? 1 : self->limit;
  self->n_chunk = MIN (limit, self->n_mutations - self->next);
  self->chunk = inb_edit_chunk_new (write, self->session, self->funcs->is_atomic);
  for (guint i = self->next; i < self->next + self->n_chunk; i++)
    {
      InbMutation *mutation = self->funcs->get (self->data, i);

      if (mutation != NULL)
        inb_edit_chunk_add (self->chunk, mutation, i);
    }
  write->again = self->next + self->n_chunk < self->n_mutations;

  return inb_edit_chunk_run (self->chunk, self->funcs->more, self->data, error);
}

static gboolean
job_store (gpointer   data,
           InbWrite  *write,
           guint     *n_statements,
           GError   **error)
{
  Job *self = data;
  GPtrArray *items = inb_edit_chunk_get_items (self->chunk);

  if (!inb_edit_chunk_store (self->chunk, n_statements, error))
    return FALSE;
  if (self->next == 0 && self->funcs->store != NULL && !self->funcs->store (self->data, write, n_statements, error))
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (items, i);

      self->funcs->answer (self->data, item->index, item->result);
    }
  if (self->funcs->look != NULL)
    self->funcs->look (self->data, inb_edit_chunk_get_rows (self->chunk));

  return TRUE;
}

/* What cannot be written fails alone, and the others go on. */
static gboolean
job_failed (gpointer      data,
            const GError *error)
{
  Job *self = data;
  g_autoptr (InbMutation) mutation = NULL;
  g_autoptr (InbMutationResult) result = NULL;

  if (self->n_chunk == 0)
    return FALSE;
  if (self->n_chunk > 1)
    {
      self->one_by_one = self->next + self->n_chunk;
      return TRUE;
    }

  mutation = self->funcs->get (self->data, self->next);
  if (mutation == NULL)
    return FALSE;

  g_warning ("Mutation %s: %s", mutation->id, error->message);
  result = inb_mutation_result_new (mutation->id, INB_MUTATION_REJECTED);
  if (inb_error_get_code (error) == INB_ERROR_CONFLICT)
    inb_mutation_result_reject (result, INB_ERROR_CONFLICT, "Something of this id is there already");
  else
    inb_mutation_result_reject (result, INB_ERROR_INTERNAL, "This could not be stored as it is");
  self->funcs->answer (self->data, self->next, result);
  self->next++;
  self->n_chunk = 0;

  return TRUE;
}

static void
job_went_on (gpointer data)
{
  Job *self = data;

  if (self->funcs->went_on != NULL)
    self->funcs->went_on (self->data);
}

static void
job_done (gpointer      data,
          gint64        head,
          const GError *error)
{
  Job *self = data;

  self->funcs->done (self->data, head, error);
}

static const InbWriterJobFuncs job_funcs = {
  .run = job_run,
  .store = job_store,
  .failed = job_failed,
  .went_on = job_went_on,
  .done = job_done,
  .free_data = job_free,
};

/**
 * inb_edit_job_new:
 * @session: who edits; its role decides what is allowed
 * @n_mutations: that there are; of an atomic job at most %INB_EDIT_JOB_MAX_ATOMIC
 *
 * Returns: (transfer full): a job for inb_writer_push_job()
 */
InbWriterJob *
inb_edit_job_new (InbSession         *session,
                  const InbEditFuncs *funcs,
                  guint               n_mutations,
                  gpointer            data,
                  gsize               size)
{
  Job *self;

  g_return_val_if_fail (!funcs->is_atomic || n_mutations <= INB_EDIT_JOB_MAX_ATOMIC, NULL);

  self = g_new0 (Job, 1);
  self->session = inb_session_ref (session);
  self->funcs = funcs;
  self->data = data;
  self->n_mutations = n_mutations;
  self->limit = FIRST_CHUNK;

  return inb_writer_job_new (session->workspace_id, &job_funcs, self, size);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-writer-job.h"

/**
 * inb_writer_job_new:
 * @funcs: static
 * @data: (transfer full): theirs, freed by their `free_data` on the main loop
 * @size: about how many bytes @data holds
 *
 * Returns: (transfer full): a job for inb_writer_push_job()
 */
InbWriterJob *
inb_writer_job_new (const char              *workspace_id,
                    const InbWriterJobFuncs *funcs,
                    gpointer                 data,
                    gsize                    size)
{
  InbWriterJob *self;

  g_return_val_if_fail (workspace_id != NULL && funcs != NULL && funcs->run != NULL && funcs->done != NULL, NULL);

  self = g_new0 (InbWriterJob, 1);
  self->workspace_id = g_strdup (workspace_id);
  self->funcs = funcs;
  self->data = data;
  self->size = size;

  return self;
}

void
inb_writer_job_free (InbWriterJob *self)
{
  if (self == NULL)
    return;

  if (self->funcs->free_data != NULL)
    self->funcs->free_data (self->data);
  g_clear_error (&self->error);
  g_free (self->workspace_id);
  g_free (self);
}

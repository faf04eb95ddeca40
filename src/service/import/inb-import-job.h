/* An import through the writer: some lines a turn, webhooks pass between them, all of one group. */
#pragma once

#include "inb-import-run.h"

G_BEGIN_DECLS

typedef void (*InbImportJobDone) (gpointer      data,
                                  const GError *error);

/* A job for inb_writer_push_job(); @done is called on the main loop, once, if it was taken. (transfer full) */
InbWriterJob *inb_import_job_new (InbImportRun     *run,
                                  InbImportJobDone  done,
                                  gpointer          data);

G_END_DECLS

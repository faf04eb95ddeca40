/* A trial: every line is decided against what is stored and what the lines before it would have made, and nothing is written. */
#pragma once

#include "inb-import-run.h"
#include "inb-reader-pool.h"

G_BEGIN_DECLS

typedef void (*InbImportTrialDone) (gpointer      data,
                                    const GError *error);

/* On the main loop; @done is called there, once. */
void inb_import_trial_start (InbReaderPool      *readers,
                             InbImportRun       *run,
                             InbImportTrialDone  done,
                             gpointer            data);

G_END_DECLS

/* One import from the first line to the last: what the writer's job and the trial share, and what is told of it meanwhile. */
#pragma once

#include "inb-directory.h"
#include "inb-import-chunk.h"
#include "inb-writer-job.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  InbImportRequest *request;
  InbImportFile    *file;
  InbSession       *session;
  InbLeadRules     *rules;
  InbImportReport  *report;       /* of the lines that are done */
  GPtrArray        *pending;      /* (element-type InbImportLine): read, and not done yet */
  GTimer           *timer;

  int               n_done;       /* lines; atomic, as the next */
  int               is_cancelled; /* to end after what is under way */
} InbImportRun;

/* @request, @file: (transfer full) */
InbImportRun *inb_import_run_new     (InbImportRequest *request,
                                      InbImportFile    *file,
                                      InbSession       *session);
InbImportRun *inb_import_run_ref     (InbImportRun     *self);
void          inb_import_run_unref   (InbImportRun     *self);
/* Reads lines until there are @n pending ones, or no more. */
void          inb_import_run_fill    (InbImportRun     *self,
                                      guint             n);
/* The first @n pending lines are done, and @report says what became of them. */
void          inb_import_run_advance (InbImportRun     *self,
                                      guint             n,
                                      InbImportReport  *report);
/* The result's members. */
void          inb_import_run_append_json (InbImportRun *self,
                                      GString          *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportRun, inb_import_run_unref)

G_END_DECLS

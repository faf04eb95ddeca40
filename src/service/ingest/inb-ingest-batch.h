/* The state of one batch while it is loaded and decided. Private to ingest.
 */
#pragma once

#include "inb-candidates.h"
#include "inb-delivery.h"
#include "inb-write-set.h"

G_BEGIN_DECLS

typedef struct {
  /* Borrowed */
  InbDb         *db;
  InbWebhook    *webhook;     /* any of the batch: they share the workspace and what belongs to it */
  const char    *workspace_id;

  /* Owned */
  GPtrArray     *items;       /* InbIngestItem */
  GHashTable    *repeats;     /* what a repeat has in common with the first → InbIngestItem, of this batch */
  InbCandidates *candidates;
  InbCandidates *originals;   /* the rows as they are stored */
  InbWriteSet   *write_set;
  InbStageSet   *stages;      /* NULL: those that came with the webhooks are as they are */
  GPtrArray     *results;     /* PGresult that items borrow stored answers from */

  gint64         now;         /* microseconds since 1970 UTC */
  gint64         from;        /* the feed's head, under the lock */
  gint64         stages_seq;  /* of the last change of the stages */
} InbIngestBatch;

InbIngestBatch *inb_ingest_batch_new      (InbDb           *db,
                                           GPtrArray       *deliveries);
void            inb_ingest_batch_free     (InbIngestBatch  *batch);
gboolean        inb_ingest_batch_load     (InbIngestBatch  *batch,
                                           GError         **error);
void            inb_ingest_batch_decide   (InbIngestBatch  *batch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbIngestBatch, inb_ingest_batch_free)

G_END_DECLS

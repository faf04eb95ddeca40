/* A delivery inside a batch: what its event says, what was decided, and the record of it. Private to ingest. */
#pragma once

#include "inb-delivery.h"
#include "inb-row-writer.h"

G_BEGIN_DECLS

#define INB_INGEST_QUARANTINED "quarantined"
#define INB_INGEST_REFUSED "refused"
#define INB_INGEST_FAILED "failed"

typedef struct {
  /* Borrowed */
  InbDelivery *delivery;
  const char  *repeat_of;   /* the answer of an earlier delivery with the same key, valid for the batch */
  guint        repeat_status;

  /* Owned */
  InbIntake   *intake;      /* NULL when it was refused */
  InbDecision *decision;
  char        *body_hash;   /* hexadecimal SHA-256, only with a deduplication window */
} InbIngestItem;

InbIngestItem *inb_ingest_item_new           (InbDelivery    *delivery);
void           inb_ingest_item_free          (InbIngestItem  *self);
gboolean       inb_ingest_item_is_undecided  (InbIngestItem  *self);
void           inb_ingest_item_answer        (InbIngestItem  *self);
char          *inb_ingest_item_make_event    (InbIngestItem  *self);
gboolean       inb_ingest_items_send_records (GPtrArray      *items,
                                              InbDb          *db,
                                              gint64          now,
                                              guint          *n_statements,
                                              GError        **error);

G_END_DECLS

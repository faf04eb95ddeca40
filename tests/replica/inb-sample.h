/* Rows as a workspace has them, made from a seed: for tests, and for filling a replica to measure with. */
#pragma once

#include "inb-row.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_SAMPLE_WORKSPACE "demo"

typedef struct {
  /* Owned */
  GRand  *rand;

  gint64  seq;        /* of the last row made */
  guint   n_leads;
  guint   n_ids;
} InbSample;

InbSample *inb_sample_new          (guint32      seed);
void       inb_sample_free         (InbSample   *self);
void       inb_sample_add_small    (InbSample   *self,
                                    GPtrArray   *rows);
void       inb_sample_add_lead     (InbSample   *self,
                                    GPtrArray   *rows,
                                    gint64       created_at);
InbRow    *inb_sample_make_contact (InbSample   *self,
                                    gint64       created_at);
InbRow    *inb_sample_make_lead    (InbSample   *self,
                                    const char  *contact_id,
                                    gint64       created_at);
InbRow    *inb_sample_make_activity (InbSample  *self,
                                    const InbRow *lead);
InbRow    *inb_sample_make_tombstone (InbSample *self,
                                    InbKind      kind,
                                    const char  *id);
void       inb_sample_touch        (InbSample   *self,
                                    InbRow      *row);
/* A random one of the rows that are held, to be changed: it has its next place in the feed, and is put into the page. (transfer none) */
InbRow    *inb_sample_pick         (InbSample   *self,
                                    GPtrArray   *rows,
                                    GPtrArray   *page);
char      *inb_sample_make_id      (InbSample   *self,
                                    gint64       created_at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSample, inb_sample_free)

G_END_DECLS

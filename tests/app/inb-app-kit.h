/* A replica with sample leads, and a list or a window on it. */
#pragma once

#include "inb-lead-list.h"
#include "inb-replica-kit.h"
#include "inb-sample.h"

G_BEGIN_DECLS

#define INB_APP_KIT_EPOCH "epoch"

typedef struct {
  /* Owned */
  char       *folder;
  InbReplica *replica;
  InbSample  *sample;
  GPtrArray  *leads;      /* (element-type InbRow): every lead made, oldest first; none of them a test lead */

  gint64      now;        /* of the newest lead */
} InbWorld;

/* @replica NULL: a new one in a folder of its own. */
InbWorld *inb_world_new        (InbReplica      *replica,
                                guint            n_leads);
void      inb_world_free       (InbWorld        *self);
/* (rows: transfer full) made with the sample. */
void      inb_world_add        (InbWorld        *self,
                                GPtrArray       *rows);
/* @n_leads newer than any other, in one page of changes. */
void      inb_world_add_leads  (InbWorld        *self,
                                guint            n_leads);
/* Writes @lead again, which was changed by the caller. */
void      inb_world_change     (InbWorld        *self,
                                InbRow          *lead);

/* @text as in RFC 3339, to us. */
gint64    inb_app_kit_at       (const char      *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWorld, inb_world_free)

G_END_DECLS

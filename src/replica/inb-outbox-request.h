/* What is asked of the outbox's thread. */
#pragma once

#include "inb-outbox.h"

G_BEGIN_DECLS

/* Each verb has its own part of it; the rest stays 0. */
typedef struct {
  /* Owned */
  InbEdit    *edit;
  char       *id;          /* of a group, mutation or entity */
  char       *label;
  char       *user_id;
  char       *user_name;
  GPtrArray  *results;     /* (element-type InbMutationResult) */
  GArray     *columns;     /* guint; NULL = discard */

  gsize       max_bytes;
  guint       max;
  InbRole     role;
  gboolean    unsent_too;
} InbOutboxRequest;

InbOutboxRequest *inb_outbox_request_new  (void);
void              inb_outbox_request_free (InbOutboxRequest *self);

G_END_DECLS

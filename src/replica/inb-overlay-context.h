/* What mutations are applied with, read from replica.db and kept until it changes. */
#pragma once

#include "inb-mutation-rules.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  InbStageSet *stages;       /* NULL: to be read again */
  char        *workspace_id;
  char        *currency;
  char        *actor_id;
  char        *actor_name;
} InbOverlayContext;

void     inb_overlay_context_clear     (InbOverlayContext        *self);
void     inb_overlay_context_forget    (InbOverlayContext        *self);
void     inb_overlay_context_set_actor (InbOverlayContext        *self,
                                        const char               *user_id,
                                        const char               *name);
/* @context: borrows from @self. */
gboolean inb_overlay_context_fill      (InbOverlayContext        *self,
                                        InbSqlite                *db,
                                        InbMutationContext       *context,
                                        GError                  **error);

G_END_DECLS

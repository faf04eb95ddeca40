/* A session on a replica with sample leads, without a service, and the program's settings. */
#pragma once

#include "inb-app-kit.h"
#include "inb-session.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  char       *folder;
  GSettings  *settings;   /* as they are at first */
  InbSession *session;
  InbWorld   *world;
} InbSessionKit;

void inb_session_kit_start (InbSessionKit *self,
                            guint          n_leads);
/* Nothing shows the session any more. */
void inb_session_kit_stop  (InbSessionKit *self);

G_END_DECLS

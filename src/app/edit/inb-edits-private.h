/* What the parts of InbEdits share: inb-edits.c does, inb-edits-undo.c takes back. */
#pragma once

#include "inb-edit-outcomes.h"
#include "inb-edit-steps.h"
#include "inb-edits.h"

G_BEGIN_DECLS

struct _InbEdits {
  GObject          parent_instance;

  /* Owned */
  InbReplica      *replica;
  InbEditOutcomes *outcomes;
  InbEditSteps    *steps;
  InbSyncClient   *client;      /* NULL: nothing can be done at the service */
  GHashTable      *at_service;  /* the groups of what was done there */
};

/* What is being done. */
typedef struct {
  /* Owned */
  char     *label;
  char     *undoes;   /* group, or NULL */

  gboolean  quiet;
} InbEditsDeed;

void  inb_edits_deed_free (InbEditsDeed *deed);
void  inb_edits_push_step (InbEdits     *self,
                           const char   *group,
                           const char   *label);
char *inb_edits_take_step (InbEdits     *self,
                           const char   *group);
void  inb_edits_fail      (InbEdits     *self,
                           const GError *error);

G_END_DECLS

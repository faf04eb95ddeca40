/* What the users of simulated desktops do: a random edit of what is shown, from few columns and values, so that they meet. */
#pragma once

#include "inb-sample.h"
#include "inb-sim-desktop.h"

G_BEGIN_DECLS

/* All that there is or was, in the order of its making: what is chosen from does not depend on random ids. Borrowed by edits. */
typedef struct {
  /* Owned */
  InbSample *sample;
  GPtrArray *ids[INB_N_KINDS];  /* (element-type utf8) of contacts, leads, and notes */
} InbSimPeople;

InbSimPeople *inb_sim_people_new   (guint32          seed);
void          inb_sim_people_free  (InbSimPeople    *self);
/* Any of that kind, or NULL. */
const char   *inb_sim_people_pick  (InbSimPeople    *self,
                                    InbKind          kind);
/* A column of a lead or contact that is edited, and a value for it. */
guint         inb_sim_pick_column  (InbSimPeople    *self,
                                    InbKind          kind,
                                    const char     **value);
/* One edit, or none if what was picked is not there. */
void          inb_sim_edit         (InbSimPeople    *self,
                                    InbSimDesktop   *desktop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSimPeople, inb_sim_people_free)

G_END_DECLS

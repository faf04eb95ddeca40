/* A simulation: a server, the desktops around it, and what has become of each mutation. */
#pragma once

#include "inb-model-server.h"
#include "inb-sim-edits.h"
#include "inb-time.h"

G_BEGIN_DECLS

#define INB_SIM_NOW (1780000000 * INB_TIME_SECOND)
#define INB_SIM_MAX_DESKTOPS 4

typedef struct {
  /* Owned */
  InbSimPeople   *people;
  InbModelServer *server;
  InbModelServer *backup;     /* NULL: none was made */
  InbSimDesktop  *desktops[INB_SIM_MAX_DESKTOPS];
  GHashTable     *answered;   /* mutation id → InbMutationStatus, of any epoch */
  char           *where;      /* for messages */

  /* Borrowed */
  GRand          *rand;

  guint           n_desktops;
  guint           n_epochs;
  guint           seed;
  guint           step;
  gboolean        is_told;
} InbSimWorld;

/* The same for the same seed; @is_told: what happens is told as it does. */
InbSimWorld *inb_sim_world_new        (guint          seed,
                                       gboolean       is_told);
void         inb_sim_world_free       (InbSimWorld   *world);
/* Below @n. */
guint        inb_sim_world_roll       (InbSimWorld   *world,
                                       guint          n);
char        *inb_sim_world_make_epoch (InbSimWorld   *world);
/* For messages, what is being done by which desktop. */
void         inb_sim_world_say        (InbSimWorld   *world,
                                       guint          desktop,
                                       const char    *what);
void         inb_sim_world_check      (InbSimWorld   *world,
                                       InbSimDesktop *desktop);
void         inb_sim_world_start_anew (InbSimWorld   *world,
                                       InbSimDesktop *desktop);
/* The server's answers, which may be lost on their way. (transfer full) (element-type InbMutationResult) */
GPtrArray   *inb_sim_world_commit     (InbSimWorld   *world,
                                       InbSimDesktop *desktop,
                                       GPtrArray     *mutations);
/* Says something to the first edit that asks for it; not @is_patient: gives it up. */
gboolean     inb_sim_world_resolve    (InbSimWorld   *world,
                                       InbSimDesktop *desktop,
                                       gboolean       is_patient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSimWorld, inb_sim_world_free)

G_END_DECLS

/* Folds leads that come in one after another into one announcement that counts up, so that a burst is told once; contacts without
 * a lead are counted by themselves. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct {
  guint       count;        /* of this burst, contacts included */
  gint64      since;        /* when the first of them was made, microseconds */
  const char *lead_id;      /* of the newest one; NULL for a contact without a lead */
  const char *name;
  const char *source;
  guint       contacts;     /* of them, those without a lead */
} InbArrival;

/* How often a burst is told of, in milliseconds. */
typedef struct {
  guint interval;           /* from the first announcement to the next */
  guint longest_interval;   /* each interval is twice the one before, up to this */
  guint settle;             /* when none came for so long, the rest is told at once */
  guint quiet;              /* when none came for so long, the burst is over */
} InbArrivalPace;

#define INB_TYPE_ARRIVALS (inb_arrivals_get_type ())
G_DECLARE_FINAL_TYPE (InbArrivals, inb_arrivals, INB, ARRIVALS, GObject)

/* Signal: "announce" (const InbArrival *arrival), at once for the first of a burst, then at the pace. */

InbArrivals *inb_arrivals_new   (const InbArrivalPace *pace);
void         inb_arrivals_add   (InbArrivals *self,
                                 const char  *lead_id,
                                 const char  *name,
                                 const char  *source,
                                 gint64       created_at);
/* They were seen: the next one begins a new burst. */
void         inb_arrivals_clear (InbArrivals *self);
/* Whether the next one begins a new burst. */
gboolean     inb_arrivals_is_over (InbArrivals *self);

G_END_DECLS

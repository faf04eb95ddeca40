/* Folds leads that come in one after another into one announcement that counts up, so that a burst is told once. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct {
  guint       count;        /* of this burst */
  const char *lead_id;      /* of the newest one; NULL for a contact without a lead */
  const char *name;
  const char *source;
} InbArrival;

#define INB_TYPE_ARRIVALS (inb_arrivals_get_type ())
G_DECLARE_FINAL_TYPE (InbArrivals, inb_arrivals, INB, ARRIVALS, GObject)

/* Signal: "announce" (const InbArrival *arrival), at once for the first of a burst, then at most once an interval. */

/* @interval_msec: between two announcements; @quiet_msec: a burst is over when none came for so long. */
InbArrivals *inb_arrivals_new (guint        interval_msec,
                               guint        quiet_msec);
void         inb_arrivals_add (InbArrivals *self,
                               const char  *lead_id,
                               const char  *name,
                               const char  *source);

G_END_DECLS

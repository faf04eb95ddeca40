/* Runs something at once when it is asked for, but not again before some time is over: however many leads arrive, what shows their
 * figures is not busy with them alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*InbPaceFunc) (gpointer owner);

typedef struct {
  /* Borrowed */
  gpointer     owner;
  InbPaceFunc  func;

  guint        interval;    /* milliseconds */
  guint        timer;
  gint64       last;        /* monotonic */
} InbPace;

/* A field of @owner, which has to clear it. */
void inb_pace_init  (InbPace     *self,
                     guint        interval,
                     InbPaceFunc  func,
                     gpointer     owner);
void inb_pace_clear (InbPace     *self);
void inb_pace_ask   (InbPace     *self);

G_END_DECLS

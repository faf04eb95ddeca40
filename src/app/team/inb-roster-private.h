/* What the roster's parts share: inb-roster.c reads it and sends changes, inb-roster-find.c looks things up in it. */
#pragma once

#include "inb-roster.h"

G_BEGIN_DECLS

struct _InbRoster {
  GObject       parent_instance;

  /* Owned */
  InbSession   *session;
  GCancellable *cancellable;
  GPtrArray    *members;      /* (element-type InbRow) */
  GPtrArray    *former;
  GPtrArray    *teams;
  GPtrArray    *tokens;       /* (element-type InbTokenInfo) */
  GHashTable   *owned;        /* user id → gint64: leads */
  GHashTable   *of_teams;     /* team id → gint64 */
  GError       *error;        /* of the reading that goes on */

  guint         count_timer;
  guint         use_timer;
  guint         n_reading;    /* requests of one reading */
  guint         n_writing;
  gboolean      dirty;        /* changed while it was read */
  gboolean      known;
};

G_END_DECLS

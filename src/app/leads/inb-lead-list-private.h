/* Shared by the files of InbLeadList only: its rows as they change, and what stands where in them. */
#pragma once

#include "inb-lead-list.h"
#include "inb-lead-loader.h"

G_BEGIN_DECLS

struct _InbLeadList {
  GObject       parent_instance;

  /* Owned */
  InbReplica   *replica;
  InbLeadCache *cache;
  InbLeadLoader *loader;
  InbLeadQuery *query;
  GArray       *rowids;
  GArray       *next;         /* the answer that waits for what the screen will show of it */
  GCancellable *cancellable;
  guint         timer;

  guint         first;
  guint         n_visible;
  guint         next_first;
  gboolean      at_top;

  gboolean      ready;
  gboolean      querying;
  gboolean      dirty;
  gboolean      resting;      /* nothing shows it */
  gboolean      missed;       /* something changed meanwhile */
  gboolean      reset;        /* the answer is another query's: show it from the top */
  gint64        query_started;
  gint64        quiet_until;
};

G_END_DECLS

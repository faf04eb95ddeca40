/* What is kept for a time only: the raw bodies of deliveries (their rows stay), and the stored answers of mutations. One run
 * goes through all workspaces in short transactions, a bounded number of them; the next run goes on where it stopped. How long
 * is a workspace's setting: "delivery_body_days" (default 90) and "mutation_days" (default 180), 0 to keep for ever.
 * Used by one thread at a time.
 */
#pragma once

#include "inb-db.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_RETENTION_BODY_DAYS 90
#define INB_RETENTION_MUTATION_DAYS 180

typedef struct {
  guint n_bodies;    /* cleared */
  guint n_mutations; /* deleted */
  guint n_steps;     /* transactions that it took */
} InbRetentionReport;

typedef struct _InbRetention InbRetention;

InbRetention *inb_retention_new  (void);
void          inb_retention_free (InbRetention        *self);
gboolean      inb_retention_run  (InbRetention        *self,
                                  InbDb               *db,
                                  gint64               now,
                                  guint                max_steps,
                                  GCancellable        *cancellable,
                                  InbRetentionReport  *report,
                                  GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbRetention, inb_retention_free)

G_END_DECLS

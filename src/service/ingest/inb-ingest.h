/* One batch of deliveries of one workspace as one transaction: lock, load what it may concern, decide each in order, write,
 * commit. Writer thread only.
 */
#pragma once

#include "inb-changes.h"
#include "inb-delivery.h"
#include "inb-store.h"

G_BEGIN_DECLS

typedef struct _InbIngest InbIngest;

InbIngest        *inb_ingest_new          (InbStore      *store);
void              inb_ingest_free         (InbIngest     *self);
InbChanges       *inb_ingest_run          (InbIngest     *self,
                                           GPtrArray     *deliveries,
                                           gboolean       with_rows,
                                           gboolean      *commit_unknown,
                                           GError       **error);
gboolean          inb_ingest_note_failure (InbIngest     *self,
                                           InbDelivery   *delivery,
                                           const GError  *failure,
                                           GError       **error);
gboolean          inb_ingest_look_up      (InbIngest     *self,
                                           GPtrArray     *deliveries,
                                           GHashTable    *stored,
                                           GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbIngest, inb_ingest_free)

G_END_DECLS

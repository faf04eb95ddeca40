/* One batch of deliveries of one workspace as one transaction: lock, load what it may concern, decide each in order, write,
 * commit. Writer thread only.
 */
#pragma once

#include "inb-delivery.h"

G_BEGIN_DECLS

/* What a committed batch changed. */
typedef struct {
  gint64     from;       /* the feed's head before */
  gint64     to;         /* and after; equal when only deliveries were noted */
  GString   *rows;       /* inb_write_set_to_json(), or NULL when too long or not wanted */
  GPtrArray *events;     /* (element-type utf8): "webhook:contact_created" texts */
} InbIngestChanges;

typedef struct _InbIngest InbIngest;

InbIngest        *inb_ingest_new          (InbDb         *db);
void              inb_ingest_free         (InbIngest     *self);
InbIngestChanges *inb_ingest_run          (InbIngest     *self,
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
void              inb_ingest_changes_free (InbIngestChanges *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbIngest, inb_ingest_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbIngestChanges, inb_ingest_changes_free)

G_END_DECLS

/* The database that `serve` and the commands work with: the data directory's private cluster, started when nobody else has,
 * or the server that --database names. Also where root's rights end.
 */
#pragma once

#include "inb-data-dir.h"
#include "inb-db.h"
#include "inb-settings.h"

G_BEGIN_DECLS

typedef struct _InbBackend InbBackend;

/* Blocks until the database can be used by the service's role. The private cluster is migrated; a foreign database has to
 * be up to date. */
InbBackend *inb_backend_open         (InbSettings  *settings,
                                      GError      **error);
/* Brings the schema of either up to date; the --database of a foreign one is its owner's. */
gboolean    inb_backend_migrate      (InbSettings  *settings,
                                      guint        *n_applied,
                                      GError      **error);
/* A dead private server is started again from now on. */
void        inb_backend_watch        (InbBackend   *self);
/* Stops the private server if nobody else uses it. Blocks. */
gboolean    inb_backend_close        (InbBackend   *self,
                                      GError      **error);
void        inb_backend_free         (InbBackend   *self);
const char *inb_backend_get_conninfo (InbBackend   *self);
InbDataDir *inb_backend_get_data_dir (InbBackend   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbBackend, inb_backend_free)

G_END_DECLS

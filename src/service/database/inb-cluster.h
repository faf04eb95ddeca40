/* The private PostgreSQL cluster of a data directory: joined on start, left on stop, watched while serve runs. The last
 * process that leaves stops it.
 */
#pragma once

#include "inb-data-dir.h"

G_BEGIN_DECLS

#define INB_TYPE_CLUSTER (inb_cluster_get_type ())
G_DECLARE_FINAL_TYPE (InbCluster, inb_cluster, INB, CLUSTER, GObject)

InbCluster *inb_cluster_new          (InbDataDir  *data_dir);
/* Starts or adopts the server. Blocks until it takes connections; the first start makes the cluster. */
gboolean    inb_cluster_start        (InbCluster  *self,
                                      GError     **error);
/* From now on a dead server is started again, with backoff, without blocking the main loop. */
void        inb_cluster_watch        (InbCluster  *self);
/* Blocks until the server has stopped, if this was the last process to use it. */
gboolean    inb_cluster_stop         (InbCluster  *self,
                                      GError     **error);
/* @role: "postgres", "inbound_owner", "inbound_service"; @database: NULL for the service's own. */
char       *inb_cluster_get_conninfo (InbCluster  *self,
                                      const char  *role,
                                      const char  *database);
const char *inb_cluster_get_socket_folder (InbCluster *self);

G_END_DECLS

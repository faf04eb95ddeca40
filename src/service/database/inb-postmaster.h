/* The server process of the private cluster: found, started and stopped. All calls block and belong into a transition. */
#pragma once

#include "inb-cluster-files.h"

G_BEGIN_DECLS

/* The process that serves the cluster, or 0. */
GPid     inb_postmaster_find  (InbClusterFiles  *files);
/* Starts it, or waits for the one that is starting; until it takes connections. */
gboolean inb_postmaster_start (InbClusterFiles  *files,
                               GPid             *pid,
                               GError          **error);
/* Fast shutdown: sessions are ended, everything is on the disk. */
gboolean inb_postmaster_stop  (InbClusterFiles  *files,
                               GError          **error);

G_END_DECLS

/* The roles and the database of the private cluster. */
#pragma once

#include "inb-cluster.h"

G_BEGIN_DECLS

gboolean inb_bootstrap_run (InbCluster  *cluster,
                            GError     **error);

G_END_DECLS

/* The files of the private cluster: made once by initdb, configured anew at every start. */
#pragma once

#include "inb-data-dir.h"

G_BEGIN_DECLS

typedef struct {
  char *folder;        /* the cluster itself */
  char *programs;      /* where its version's programs are */
  char *socket_folder; /* private, and short enough for a socket's address */
  char *log_folder;
} InbClusterFiles;

InbClusterFiles *inb_cluster_files_prepare (InbDataDir      *data_dir,
                                            GError         **error);
void             inb_cluster_files_free    (InbClusterFiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbClusterFiles, inb_cluster_files_free)

G_END_DECLS

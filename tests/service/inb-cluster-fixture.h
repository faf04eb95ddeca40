/* A private cluster in a temporary folder, with roles and schema, for tests against a real PostgreSQL. Every failure ends the test. */
#pragma once

#include "inb-cluster.h"
#include "inb-db.h"

G_BEGIN_DECLS

typedef struct {
  InbDataDir *data_dir;
  InbCluster *cluster;
  char       *owner;    /* how the schema's owner connects */
  char       *service;  /* how the service does */
} InbClusterFixture;

/* (transfer full): a new temporary folder. As root the test goes on as the account that PostgreSQL runs as, which gets it. */
char  *inb_cluster_fixture_make_folder   (const char        *template);
void   inb_cluster_fixture_remove_folder (const char        *folder);
void   inb_cluster_fixture_start         (InbClusterFixture *self,
                                          const char        *folder);
void   inb_cluster_fixture_stop          (InbClusterFixture *self);
/* (transfer full): as the writer does, with its session's settings. */
InbDb *inb_cluster_fixture_connect       (InbClusterFixture *self);

G_END_DECLS

/* A stand-in server, a replica and a sync client between them. */
#pragma once

#include "inb-fake-server.h"
#include "inb-sample.h"
#include "inb-sync-client.h"
#include "inb-time.h"

G_BEGIN_DECLS

#define INB_SYNC_FIXTURE_NOW (1780000000 * INB_TIME_SECOND)

typedef struct {
  char           *folder;
  InbFakeServer  *server;
  InbReplica     *replica;
  InbSyncAccount *account;
  InbSyncClient  *client;
  InbSample      *sample;
  GPtrArray      *arrived;
  InbSyncState    wanted;
  guint           n_offline;
  guint           n_syncing;
} InbSyncFixture;

/* Before anything else: what would go by way of a proxy is lost, though the stand-in is on this computer. */
void        inb_sync_fixture_refuse_proxies   (void);
void        inb_sync_fixture_make_client      (InbSyncFixture *fixture,
                                               guint           keepalive);
void        inb_sync_fixture_set_up           (InbSyncFixture *fixture,
                                               gconstpointer   data);
void        inb_sync_fixture_drop_client      (InbSyncFixture *fixture);
void        inb_sync_fixture_tear_down        (InbSyncFixture *fixture,
                                               gconstpointer   data);
GPtrArray  *inb_sync_fixture_add_leads        (InbSyncFixture *fixture,
                                               guint           n_leads);
void        inb_sync_fixture_wait_for_state   (InbSyncFixture *fixture,
                                               InbSyncState    state);
void        inb_sync_fixture_wait_until_equal (InbSyncFixture *fixture);
gboolean    inb_sync_fixture_was_offline      (gpointer        data);

G_END_DECLS

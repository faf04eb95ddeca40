/* What the client is made of, for the files that it is made of. */
#pragma once

#include "inb-sync-arrivals.h"
#include "inb-sync-backoff.h"
#include "inb-sync-client.h"
#include "inb-sync-link.h"
#include "inb-sync-me.h"
#include "inb-sync-outbox.h"

G_BEGIN_DECLS

struct _InbSyncClient {
  GObject          parent_instance;

  /* Owned */
  InbReplica      *replica;
  InbSyncAccount  *account;
  InbSyncHttp     *http;
  InbSyncArrivals *arrivals;
  InbSyncLink     *link;        /* NULL between two tries */
  InbSyncOutbox   *outbox;
  GNetworkMonitor *monitor;
  char            *last_error;
  char            *user_id;
  char            *role;
  GCancellable    *asking;      /* whose token it is; NULL when nobody asks */
  InbSyncBackoff   backoff;
  guint            retry_source;
  guint            ask_source;

  InbSyncState     state;
  double           progress;
  gint64           pending;
  gint64           last_sync;
  gint64           retry_at;
  guint            keepalive_seconds;
  guint            n_refusals;  /* in a row, of a token of this computer */
  gboolean         is_running;
  gboolean         is_known;    /* whose token it is, since this connection */
};

void     inb_sync_client_set_state          (InbSyncClient *self,
                                             InbSyncState   state);
void     inb_sync_client_set_last_error     (InbSyncClient *self,
                                             const char    *text);
void     inb_sync_client_set_retry_at       (InbSyncClient *self,
                                             gint64         retry_at);
void     inb_sync_client_set_progress       (InbSyncClient *self,
                                             double         progress,
                                             gint64         pending);
void     inb_sync_client_note_sync          (InbSyncClient *self);
void     inb_sync_client_set_me             (InbSyncClient   *self,
                                             const InbSyncMe *me);
void     inb_sync_client_install_properties (GObjectClass  *object_class);
void     inb_sync_client_connect            (InbSyncClient *self);
void     inb_sync_client_disconnect         (InbSyncClient *self);
gboolean inb_sync_client_read_local_token   (InbSyncClient *self,
                                             GError       **error);
void     inb_sync_client_ask_who            (InbSyncClient *self);
void     inb_sync_client_stop_asking        (InbSyncClient *self);
char    *inb_sync_client_add_workspace      (InbSyncClient *self,
                                             const char    *path);

G_END_DECLS

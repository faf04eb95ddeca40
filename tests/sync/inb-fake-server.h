/* A stand-in for the service: the feed, snapshots, one lead and the WebSocket of one workspace, on a thread of its own, with
 * every fault that a test asks for. Methods are called on the test's thread.
 */
#pragma once

#include "inb-row.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_FAKE_TOKEN "token-of-the-fake"
#define INB_FAKE_WORKSPACE "demo"

typedef enum {
  INB_FAKE_FAULT_NONE,
  INB_FAKE_FAULT_UNAUTHORIZED,  /* 401 everywhere */
  INB_FAKE_FAULT_UNAVAILABLE,   /* 503 with Retry-After: 2 on the WebSocket */
  INB_FAKE_FAULT_GARBAGE,       /* pages that are no JSON */
  INB_FAKE_FAULT_WRONG_FROM,    /* pages of somewhere else */
  INB_FAKE_FAULT_ENDLESS,       /* a page without end */
  INB_FAKE_FAULT_NO_SNAPSHOT,   /* 404 on snapshots */
  INB_FAKE_FAULT_BAD_EVENT,     /* a hello that is no JSON */
  INB_FAKE_FAULT_NO_HELLO
} InbFakeFault;

typedef struct _InbFakeServer InbFakeServer;

InbFakeServer *inb_fake_server_new            (const char     *socket_path);
void           inb_fake_server_free           (InbFakeServer  *self);
char          *inb_fake_server_get_url        (InbFakeServer  *self);
void           inb_fake_server_set_fault      (InbFakeServer  *self,
                                               InbFakeFault    fault);
void           inb_fake_server_set_epoch      (InbFakeServer  *self,
                                               const char     *epoch);
void           inb_fake_server_clear          (InbFakeServer  *self);
void           inb_fake_server_set_page_size  (InbFakeServer  *self,
                                               guint           n_rows);
/* Takes the rows in as they are; @seq is the last one's place in the feed. */
void           inb_fake_server_add            (InbFakeServer  *self,
                                               GPtrArray      *rows,
                                               gint64          seq);
/* Tells the clients of everything after @from, with or without the rows. */
void           inb_fake_server_tell           (InbFakeServer  *self,
                                               gint64          from,
                                               gboolean        with_rows);
void           inb_fake_server_send           (InbFakeServer  *self,
                                               const char     *text);
void           inb_fake_server_drop           (InbFakeServer  *self);
/* How often the path was asked for, "/api/changes". */
guint          inb_fake_server_count_requests (InbFakeServer  *self,
                                               const char     *path);
/* Stops answering anything until @frozen is FALSE again. */
void           inb_fake_server_freeze         (InbFakeServer  *self,
                                               gboolean        frozen);

G_END_DECLS

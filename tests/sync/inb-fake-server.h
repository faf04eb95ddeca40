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

/* What becomes of a POST to /api/mutations. */
typedef enum {
  INB_FAKE_PUSH_DONE,
  INB_FAKE_PUSH_LOST,         /* done, and the answer does not arrive */
  INB_FAKE_PUSH_DROPPED,      /* not done, and no answer */
  INB_FAKE_PUSH_UNAVAILABLE,  /* 503 */
  INB_FAKE_PUSH_INTERNAL,     /* 500 */
  INB_FAKE_PUSH_GARBAGE,      /* done, and the answer is none */
  INB_FAKE_PUSH_FORBIDDEN,    /* 403 */
  INB_FAKE_PUSH_UNAUTHORIZED, /* 401 */
  INB_N_FAKE_PUSHES
} InbFakePush;

#define INB_FAKE_USER "01890000-0000-7000-8000-0000000000cc"

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
/* For the next @n_requests; then they are done again. */
void           inb_fake_server_set_push       (InbFakeServer  *self,
                                               InbFakePush     push,
                                               guint           n_requests);
/* A request with a mutation of that entity is answered so as a whole; NULL: none. */
void           inb_fake_server_set_poison     (InbFakeServer  *self,
                                               const char     *entity_id,
                                               guint           status);
/* The largest number of such requests at the same time. */
guint          inb_fake_server_get_most_pushes (InbFakeServer *self);
/* (transfer full) (element-type utf8): ids of the mutations that were done, in order. */
GPtrArray     *inb_fake_server_list_done      (InbFakeServer  *self);
/* The row as it is there, or NULL. (transfer full) */
InbRow        *inb_fake_server_find           (InbFakeServer  *self,
                                               InbKind         kind,
                                               const char     *id);
gint64         inb_fake_server_get_head       (InbFakeServer  *self);

G_END_DECLS

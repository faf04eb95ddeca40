/* The places for connections: how many there may be in all and from one address, and how long each phase may last.
 * One sweep over queues that are ordered by deadline replaces a timer per connection.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_HTTP_PHASE_OUT,       /* in no queue */
  INB_HTTP_PHASE_IDLE,      /* nothing of a request has come yet */
  INB_HTTP_PHASE_RECEIVING, /* the request is still coming */
  INB_HTTP_PHASE_ANSWERING, /* it is being handled */
  INB_HTTP_PHASE_SENDING,   /* the client does not take its answer at once; the time runs from its last step on */
  INB_HTTP_PHASE_LINGERING, /* answered; what the peer still sends is thrown away, so that it can read the answer */
  INB_HTTP_PHASE_UPGRADED,  /* a WebSocket: no deadline */
  INB_HTTP_N_PHASES
} InbHttpPhase;

typedef struct {
  guint max_connections;
  guint max_per_peer;
  guint receive_timeout; /* milliseconds, for the whole request, and without one */
  guint answer_timeout;  /* milliseconds */
  gsize max_buffered;    /* bytes of request bodies in all */
  guint grace;           /* milliseconds that a connection has before it gives way */
} InbHttpLimits;

/* A connection's place; a member of it. */
typedef struct {
  GList         link;
  InbHttpPhase  phase;
  gint64        deadline; /* monotonic microseconds */
  gsize         n_buffered;
  gboolean      counted;
  const char   *peer;
  gpointer      owner;
} InbHttpTicket;

typedef struct _InbHttpPool InbHttpPool;
typedef void (*InbHttpExpired) (gpointer     owner,
                                InbHttpPhase phase);

/* Told of what was refused before any route had it, under the pattern "other". */
typedef void (*InbHttpRefused) (const char  *pattern,
                                guint        status,
                                gint64       microseconds,
                                gpointer     user_data);

/* @limits may change later. */
InbHttpPool *inb_http_pool_new      (const InbHttpLimits  *limits,
                                     InbHttpExpired        expired);
void         inb_http_pool_free     (InbHttpPool          *self);
/* Puts the ticket among the idle.  FALSE (and it is in, to be refused) when there are too many: at the limit the oldest
 * that had its grace and has no whole request gives way, else the new one. */
gboolean     inb_http_pool_enter    (InbHttpPool          *self,
                                     InbHttpTicket        *ticket,
                                     GError              **error);
void         inb_http_pool_move     (InbHttpPool          *self,
                                     InbHttpTicket        *ticket,
                                     InbHttpPhase          phase);
void         inb_http_pool_leave    (InbHttpPool          *self,
                                     InbHttpTicket        *ticket);
/* Reserves memory for a body, until it is released or the ticket leaves. */
gboolean     inb_http_pool_reserve  (InbHttpPool          *self,
                                     InbHttpTicket        *ticket,
                                     gsize                 n_bytes,
                                     GError              **error);
void         inb_http_pool_release  (InbHttpPool          *self,
                                     InbHttpTicket        *ticket);
guint        inb_http_pool_count    (InbHttpPool          *self,
                                     InbHttpPhase          phase);
void         inb_http_pool_set_refused (InbHttpPool       *self,
                                        InbHttpRefused     refused,
                                        gpointer           user_data);
void         inb_http_pool_tell_refused (InbHttpPool      *self,
                                         guint             status,
                                         gint64            microseconds);
/* No more requests on the connections that are there. */
void         inb_http_pool_set_draining (InbHttpPool       *self);
gboolean     inb_http_pool_is_draining (InbHttpPool        *self);
/* The oldest of a phase, or NULL. */
gpointer     inb_http_pool_get_oldest (InbHttpPool        *self,
                                       InbHttpPhase        phase);

G_END_DECLS

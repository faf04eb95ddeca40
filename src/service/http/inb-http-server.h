/* The HTTP front: own acceptors (TCP and the local Unix socket), connection caps and deadlines, the early refusals, routes.
 * Handlers see only InbHttpRequest, never libsoup. Everything here runs on the main loop.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbHttpRequest InbHttpRequest;

/* A request whose head and whole body have arrived within the limits. The handler answers now or later (keep a reference);
 * exactly one answer; an answer to a client that has gone is dropped. */
typedef void (*InbHttpHandler) (InbHttpRequest *request,
                                gpointer        user_data);

typedef enum {
  INB_HTTP_ROUTE_NONE = 0,
  INB_HTTP_ROUTE_CORS = 1 << 0,      /* answers preflights and sends Access-Control-Allow-Origin: webhooks only */
  INB_HTTP_ROUTE_ANY_HOST = 1 << 1,  /* not refused for an unknown Host name: webhooks and health checks */
  INB_HTTP_ROUTE_WEBSOCKET = 1 << 2, /* the handler may call inb_http_request_upgrade() */
  INB_HTTP_ROUTE_LATE_BODY = 1 << 3, /* the handler is called when the head is there, and asks for the body if it wants it */
} InbHttpRouteFlags;

/* Told of every answer of a route: its pattern, the status, and the time since the request's first byte; and of what was
 * refused before it came to a route, under the pattern "other". */
typedef void (*InbHttpObserver) (const char *pattern,
                                 guint       status,
                                 gint64      microseconds,
                                 gpointer    user_data);

#define INB_TYPE_HTTP_SERVER (inb_http_server_get_type ())
G_DECLARE_FINAL_TYPE (InbHttpServer, inb_http_server, INB, HTTP_SERVER, GObject)

InbHttpServer  *inb_http_server_new              (void);
/* @pattern: "/api/inbound-leads/{id}/activities"; a literal segment wins over {name}. */
void            inb_http_server_add_route        (InbHttpServer     *self,
                                                  const char        *method,
                                                  const char        *pattern,
                                                  InbHttpRouteFlags  flags,
                                                  InbHttpHandler     handler,
                                                  gpointer           user_data);
/* Host names besides loopback addresses and localhost that this service answers to. */
void            inb_http_server_add_host         (InbHttpServer     *self,
                                                  const char        *host);
/* For counting; one at most. */
void            inb_http_server_set_observer     (InbHttpServer     *self,
                                                  InbHttpObserver    observer,
                                                  gpointer           user_data);
guint           inb_http_server_get_n_connections (InbHttpServer    *self);
/* "127.0.0.1:8787", "[::1]:0". */
gboolean        inb_http_server_listen           (InbHttpServer     *self,
                                                  const char        *address,
                                                  GError           **error);
/* Mode 0600, only peers of @uid; replaces a stale socket, refuses a living one (INB_ERROR_LOCKED). */
gboolean        inb_http_server_listen_local     (InbHttpServer     *self,
                                                  const char        *path,
                                                  uid_t              uid,
                                                  GError           **error);
/* "http://127.0.0.1:40123" of the first TCP listener. */
char           *inb_http_server_get_url          (InbHttpServer     *self);
/* No new connections; the callback runs when every request under way was answered (bounded by its deadline). */
void            inb_http_server_drain_async      (InbHttpServer     *self,
                                                  GAsyncReadyCallback callback,
                                                  gpointer           user_data);
gboolean        inb_http_server_drain_finish     (InbHttpServer     *self,
                                                  GAsyncResult      *result,
                                                  GError           **error);

InbHttpRequest *inb_http_request_ref             (InbHttpRequest    *self);
void            inb_http_request_unref           (InbHttpRequest    *self);
const char     *inb_http_request_get_method      (InbHttpRequest    *self);
const char     *inb_http_request_get_path        (InbHttpRequest    *self);
/* The path's {name}, decoded; NULL if the pattern has none. */
const char     *inb_http_request_get_segment     (InbHttpRequest    *self,
                                                  const char        *name);
/* A query parameter, decoded; NULL if absent. A repeated one is refused before the handler (400). */
const char     *inb_http_request_get_param       (InbHttpRequest    *self,
                                                  const char        *name);
/* All of them, name → value (utf8), so that a handler can refuse those it does not know; NULL when there is none. */
GHashTable     *inb_http_request_get_params      (InbHttpRequest    *self);
const char     *inb_http_request_get_header      (InbHttpRequest    *self,
                                                  const char        *name);
GBytes         *inb_http_request_get_body        (InbHttpRequest    *self);
/* On a route with LATE_BODY, once, before the answer: reads a body of up to @max_size bytes, however long it takes as long as it comes
 * steadily. It does not count against the memory for all bodies: the handler sees to it that there are few. @received is called once,
 * with (transfer none) @body, or NULL and what went wrong, which may be answered. */
typedef void  (*InbHttpBodyReceived)             (InbHttpRequest    *request,
                                                  GBytes            *body,
                                                  const GError      *error,
                                                  gpointer           user_data);
void            inb_http_request_receive_body    (InbHttpRequest    *self,
                                                  gsize              max_size,
                                                  InbHttpBodyReceived received,
                                                  gpointer           user_data);
/* "127.0.0.1", "::1", or "local" for the Unix socket. */
const char     *inb_http_request_get_peer        (InbHttpRequest    *self);
gboolean        inb_http_request_is_local_socket (InbHttpRequest    *self);
/* When the request's first byte was accepted, microseconds since 1970. */
gint64          inb_http_request_get_received_at (InbHttpRequest    *self);

/* @body: (transfer full). @content_type is static text. */
void            inb_http_request_respond         (InbHttpRequest    *self,
                                                  guint              status,
                                                  const char        *content_type,
                                                  GBytes            *body);
void            inb_http_request_respond_json    (InbHttpRequest    *self,
                                                  guint              status,
                                                  GString           *json); /* (transfer full) */
/* problem+json (RFC 9457) with the error's code; for /webhooks/ paths the reference's {"success":false,"error":{…}} form.
 * 429 and 503 carry Retry-After. */
void            inb_http_request_respond_error   (InbHttpRequest    *self,
                                                  const GError      *error);
/* An answer in pieces, whose length is not known yet. @next is asked for the next piece whenever those before it are out, so that
 * a slow client holds no more than one; with @is_open FALSE the client has gone, and it is not asked again. @first is
 * (transfer full) and not empty. */
typedef void  (*InbHttpNext)                     (InbHttpRequest    *request,
                                                  gboolean           is_open,
                                                  gpointer           user_data);
void            inb_http_request_begin           (InbHttpRequest    *self,
                                                  guint              status,
                                                  const char        *content_type,
                                                  GString           *first,
                                                  InbHttpNext        next,
                                                  gpointer           user_data);
/* Once each time @next was asked while open, then or later: a piece, (transfer full); the end; or, when it cannot go on, the
 * connection breaks, and the client sees that something is missing. */
void            inb_http_request_send_piece      (InbHttpRequest    *self,
                                                  GString           *piece);
void            inb_http_request_end             (InbHttpRequest    *self);
void            inb_http_request_break           (InbHttpRequest    *self);
/* The answer takes long, but is worked on: the time for it begins anew. */
void            inb_http_request_extend          (InbHttpRequest    *self);
void            inb_http_request_add_header      (InbHttpRequest    *self,
                                                  const char        *name,
                                                  const char        *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHttpRequest, inb_http_request_unref)

G_END_DECLS

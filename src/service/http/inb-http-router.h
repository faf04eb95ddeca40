/* Which handler takes a path.  Patterns are literal segments and {names}; a literal wins over a name. */
#pragma once

#include "inb-http-server.h"

G_BEGIN_DECLS

#define INB_HTTP_MAX_SEGMENTS 12

typedef struct {
  InbHttpObserver  func; /* or NULL */
  gpointer         user_data;
} InbHttpWatcher;

typedef struct {
  /* Owned */
  char              *method;
  char             **segments; /* of the pattern */
  char              *pattern;
  guint              n_segments;
  InbHttpRouteFlags  flags;

  /* Borrowed */
  InbHttpHandler     handler;
  gpointer           user_data;
  const InbHttpWatcher *watcher; /* the router's */
} InbHttpRoute;

typedef struct _InbHttpRouter InbHttpRouter;

/* Of one request; lives as long as it, and keeps the router. */
typedef struct {
  InbHttpRouter      *router;                          /* (owned) */
  const InbHttpRoute *route;                           /* NULL if the path has none for this method */
  char               *segments[INB_HTTP_MAX_SEGMENTS]; /* of the path, decoded (owned) */
  guint               n_segments;
  InbHttpRouteFlags   path_flags;                      /* of all of the path's routes, whatever the method */
  gboolean            found;                           /* whether any method has a route here */
} InbHttpMatch;

InbHttpRouter *inb_http_router_new         (void);
InbHttpRouter *inb_http_router_ref         (InbHttpRouter      *self);
void           inb_http_router_unref       (InbHttpRouter      *self);
void           inb_http_router_add         (InbHttpRouter      *self,
                                            const char         *method,
                                            const char         *pattern,
                                            InbHttpRouteFlags   flags,
                                            InbHttpHandler      handler,
                                            gpointer            user_data);
void           inb_http_router_set_observer (InbHttpRouter    *self,
                                             InbHttpObserver   observer,
                                             gpointer          user_data);
/* FALSE with INB_ERROR_BAD_REQUEST for a path that is no path.  HEAD takes the routes of GET. */
gboolean       inb_http_router_match       (InbHttpRouter      *self,
                                            const char         *method,
                                            const char         *raw_path,
                                            InbHttpMatch       *match,
                                            GError            **error);
void           inb_http_match_clear        (InbHttpMatch       *match);
/* "GET, HEAD, POST" */
char          *inb_http_router_get_allowed (InbHttpRouter      *self,
                                            const InbHttpMatch *match);

G_END_DECLS

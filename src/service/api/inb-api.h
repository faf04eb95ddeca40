/* The REST API and the WebSocket's door: routes, who may use them, and the context that their handlers get. Handlers run on
 * the main loop and read on the pool. Everything named here must live until the server was drained.
 */
#pragma once

#include "inb-counters.h"
#include "inb-directory.h"
#include "inb-http-server.h"
#include "inb-hub.h"
#include "inb-live.h"
#include "inb-reader-pool.h"
#include "inb-token-clock.h"
#include "inb-token-uses.h"
#include "inb-writer.h"

G_BEGIN_DECLS

typedef struct _InbApi InbApi;

struct _InbApi {
  /* Borrowed */
  InbReaderPool *readers;
  InbDirectory  *directory;
  InbHub        *hub;
  InbWriter     *writer;
  InbLive       *live;
  InbCounters   *counters;
  InbTokenUses  *uses;
  InbHttpServer *server; /* after inb_api_attach() */
  const char    *base_url; /* where others reach the service, as it was told; or NULL */

  /* Owned */
  GPtrArray     *routes;
  InbTokenClock *clock;  /* of the tokens that have sockets */
  GHashTable    *undos;  /* of groups, under way: by workspace, user and group */
  gulong         revoked_handler;
  guint          use_timer; /* of the tokens that have sockets */

  guint          n_bulks; /* whose bodies are here or on their way */
  guint          n_imports;  /* under way: each holds a large file */
};

/* A request by someone known; the session's workspace is the one that was asked for. */
typedef void (*InbApiHandler) (InbApi         *api,
                               InbHttpRequest *request,
                               InbSession     *session);
/* The same for several routes with one handler: @data is the route's. */
typedef void (*InbApiDataHandler) (InbApi         *api,
                                   InbHttpRequest *request,
                                   InbSession     *session,
                                   gconstpointer   data);

InbApi *inb_api_new      (InbReaderPool   *readers,
                          InbDirectory    *directory,
                          InbHub          *hub,
                          InbWriter       *writer,
                          InbLive         *live,
                          InbCounters     *counters,
                          InbTokenUses    *uses);
void    inb_api_free     (InbApi          *self);
/* Before any route is added. */
void    inb_api_attach   (InbApi          *self,
                          InbHttpServer   *server);

/* For the handlers. A route whose requests carry a token of at least @role. */
void    inb_api_add      (InbApi            *self,
                          InbHttpServer     *server,
                          const char        *method,
                          const char        *pattern,
                          InbHttpRouteFlags  flags,
                          InbRole            role,
                          InbApiHandler      handler);
/* @data: static. */
void    inb_api_add_with_data (InbApi            *self,
                          InbHttpServer     *server,
                          const char        *method,
                          const char        *pattern,
                          InbHttpRouteFlags  flags,
                          InbRole            role,
                          InbApiDataHandler  handler,
                          gconstpointer      data);
/* Runs @func on the pool; its result is the answer's JSON (GString), its error the answer's problem. */
void    inb_api_read     (InbApi            *self,
                          InbHttpRequest    *request,
                          InbReadFunc        func,
                          gpointer           data,
                          GDestroyNotify     free_data);

/* Where the service can be reached, as far as it knows: what it was told, else where this request came to. (transfer full) */
char   *inb_api_get_public_url (InbApi       *self,
                          InbHttpRequest     *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbApi, inb_api_free)

G_END_DECLS

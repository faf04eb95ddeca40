/* A request that administers: a function run under the workspace's lock in the writer's transaction, once it is certain there that
 * its user still may; and its answer. Routes and bodies too.
 */
#pragma once

#include "inb-admin.h"
#include "inb-api.h"

G_BEGIN_DECLS

#define INB_ADMIN_MAX_BODY (128 * 1024)

typedef struct {
  /* On the writer thread, perhaps more than once for a turn whose connection is lost: reads, decides, puts. */
  gboolean (*run)    (gpointer   data,
                      InbAdmin  *admin,
                      InbWrite  *write,
                      GError   **error);
  /* On the writer thread, when the rows have their change_seq: the answer's JSON (transfer full). */
  GString *(*answer) (gpointer   data,
                      InbAdmin  *admin,
                      InbWrite  *write);
  GDestroyNotify free_data;
} InbAdminFuncs;

/* @status: of the answer when it succeeds. @data: (transfer full) */
void        inb_admin_write      (InbApi               *api,
                                  InbHttpRequest       *request,
                                  InbSession           *session,
                                  InbRight              right,
                                  guint                 status,
                                  const InbAdminFuncs  *funcs,
                                  gpointer              data);
/* A route whose requests carry a token that has the right. */
void        inb_admin_add_route  (InbApi               *api,
                                  InbHttpServer        *server,
                                  const char           *method,
                                  const char           *pattern,
                                  InbRight              right,
                                  InbApiHandler         handler);
/* The request's body as one JSON object with no other members than @allowed (NULL: none is asked for), its only parameter workspace_id.
 * NULL when the request was answered with what is wrong. (transfer full) */
JsonNode   *inb_admin_read_body  (InbHttpRequest       *request,
                                  const char * const   *allowed);
/* For requests without a body. */
gboolean    inb_admin_check_params (InbHttpRequest     *request);

G_END_DECLS

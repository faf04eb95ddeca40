/* What a request makes of one member, team or token: its body, the id in its path, and the row that came of it. */
#pragma once

#include "inb-admin-write.h"

G_BEGIN_DECLS

typedef struct _InbAdminEntity      InbAdminEntity;
typedef struct _InbAdminEntityRoute InbAdminEntityRoute;

struct _InbAdminEntity {
  /* Owned */
  JsonNode   *body;  /* an object, or NULL */
  char       *id;    /* of the path, or NULL */
  char       *server; /* where others reach this service: a link leads there */
  InbRow     *row;   /* as it was put, or is */
  GString    *token; /* a new token's JSON, or NULL */

  /* Borrowed */
  const InbAdminEntityRoute *route;
};

/* What the path's {id} is. */
typedef enum {
  INB_ADMIN_ID_NONE,
  INB_ADMIN_ID_TEXT,
  INB_ADMIN_ID_UUID  /* anything else is not found */
} InbAdminId;

/* On the writer thread, as InbAdminFuncs tells; the answer (transfer full). */
typedef gboolean (*InbAdminEntityRun)    (InbAdminEntity  *self,
                                          InbAdmin        *admin,
                                          GError         **error);
typedef GString *(*InbAdminEntityAnswer) (InbAdminEntity  *self,
                                          InbAdmin        *admin);

/* A POST that succeeds answers 201, anything else 200. */
struct _InbAdminEntityRoute {
  const char           *method;
  const char           *pattern;
  const char * const   *members; /* of the body; NULL: it has none */
  InbAdminId            id;
  InbRight              right;
  InbAdminEntityRun     run;
  InbAdminEntityAnswer  answer;  /* NULL: the row's JSON */
};

/* What comes by them is read and handed to the writer. @routes: static. */
void            inb_admin_entity_add_routes (InbApi                    *api,
                                             InbHttpServer             *server,
                                             const InbAdminEntityRoute *routes,
                                             guint                      n_routes);
/* (transfer full): in the place of one of a turn that was run before. */
void            inb_admin_entity_take_row   (InbAdminEntity *self,
                                             InbRow         *row);
void            inb_admin_entity_take_token (InbAdminEntity *self,
                                             GString        *token);
/* (transfer none) */
JsonObject     *inb_admin_entity_get_body (InbAdminEntity *self);

G_END_DECLS

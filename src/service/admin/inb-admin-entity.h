/* What a request makes of one member, team or token: its body, the id in its path, and the row that came of it. */
#pragma once

#include "inb-admin-write.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  JsonNode   *body;  /* an object, or NULL */
  char       *id;    /* of the path, or NULL */
  char       *server; /* where others reach this service: a link leads there */
  InbRow     *row;   /* as it was put, or is */
  GString    *token; /* a new token's JSON, or NULL */
} InbAdminEntity;

/* What the path's {id} is. */
typedef enum {
  INB_ADMIN_ID_NONE,
  INB_ADMIN_ID_TEXT,
  INB_ADMIN_ID_UUID  /* anything else is not found */
} InbAdminId;

typedef struct {
  const char         *method;
  const char         *pattern;
  const char * const *members; /* of the body; NULL: it has none */
  InbAdminId          id;
  InbAdminFuncs       funcs;   /* get an InbAdminEntity and free it */
} InbAdminEntityRoute;

/* What comes by them is read and handed to the writer. @routes: static. */
void            inb_admin_entity_add_routes (InbApi                    *api,
                                             InbHttpServer             *server,
                                             const InbAdminEntityRoute *routes,
                                             guint                      n_routes);
void            inb_admin_entity_free   (gpointer     self);
/* (transfer full): in the place of one of a turn that was run before. */
void            inb_admin_entity_take_row   (InbAdminEntity *self,
                                             InbRow         *row);
void            inb_admin_entity_take_token (InbAdminEntity *self,
                                             GString        *token);
/* An InbAdminFuncs answer: the row's JSON. */
GString        *inb_admin_entity_answer (gpointer     self,
                                         InbAdmin    *admin,
                                         InbWrite    *write);
/* (transfer none) */
JsonObject     *inb_admin_entity_get_body (InbAdminEntity *self);
G_END_DECLS

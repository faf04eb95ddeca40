/* What a request makes of one member, team or token: its body, the id in its path, and the row that came of it. */
#pragma once

#include "inb-admin-write.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  JsonNode   *body;  /* an object, or NULL */
  char       *id;    /* of the path, or NULL */
  InbRow     *row;   /* as it was put, or is */
  GString    *token; /* a new token's JSON, or NULL */

  /* Borrowed */
  InbApi     *api;
} InbAdminEntity;

/* @body: (transfer full) (nullable). @id: copied */
InbAdminEntity *inb_admin_entity_new    (InbApi      *api,
                                         JsonNode    *body,
                                         const char  *id);
void            inb_admin_entity_free   (gpointer     self);
/* An InbAdminFuncs answer: the row's JSON. */
GString        *inb_admin_entity_answer (gpointer     self,
                                         InbAdmin    *admin,
                                         InbWrite    *write);
/* (transfer none) */
JsonObject     *inb_admin_entity_get_body (InbAdminEntity *self);
/* The path's {id} as a UUID (transfer full); NULL when the request was answered with 404. @what: "user". */
char           *inb_admin_read_id       (InbHttpRequest *request,
                                         const char     *what);

G_END_DECLS

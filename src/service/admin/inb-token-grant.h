/* A new token for a member: what the request asks for, and what is shown of it once. */
#pragma once

#include "inb-member-admin.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  char    *name;
  char    *expires_at;  /* wire form; NULL: never */

  InbRole  role;        /* INB_ROLE_NONE: the member's */
} InbTokenGrant;

void     inb_token_grant_clear (InbTokenGrant  *self);
/* From the members @name, @role and "expires_at" of a body. INB_ERROR_UNPROCESSABLE. */
gboolean inb_token_grant_read  (InbTokenGrant  *self,
                                JsonObject     *body,
                                const char     *name,
                                const char     *role,
                                gint64          now,
                                GError        **error);
/* Makes it; its role is not above the member's. @server: "https://leads.example.org". Returns (transfer full) {"id","token","link",…}. */
GString *inb_token_grant_make  (InbTokenGrant  *self,
                                InbAdmin       *admin,
                                const InbRow   *member,
                                const char     *server,
                                GError        **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InbTokenGrant, inb_token_grant_clear)

G_END_DECLS

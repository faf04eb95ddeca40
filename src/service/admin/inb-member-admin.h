/* Members and their tokens, as the API, the commands and the service's own start make and unmake them. */
#pragma once

#include "inb-admin.h"
#include "inb-role.h"

G_BEGIN_DECLS

/* A person or a program that may work in the workspace. @email: NULL for a program. @team_id: or NULL. Returns (transfer full) the
 * member's row, which was put; someone who is known by @email already keeps their id, and what other workspaces call them.
 * INB_ERROR_CONFLICT for a member. */
InbRow  *inb_member_create       (InbAdmin    *admin,
                                  const char  *name,
                                  const char  *email,
                                  InbRole      role,
                                  const char  *team_id,
                                  GError     **error);
/* (transfer full) the row of someone who is a member now. INB_ERROR_NOT_FOUND. */
InbRow  *inb_member_find         (InbAdmin    *admin,
                                  const char  *user_id,
                                  GError     **error);
InbRow  *inb_member_find_by_mail (InbAdmin    *admin,
                                  const char  *email,
                                  GError     **error);
/* Puts the changed row; sessions of the member's tokens begin anew, so that a new role counts at once. INB_ERROR_CONFLICT when the
 * workspace would be left without an owner, or to programs alone unless it is one of them that acts. */
gboolean inb_member_change       (InbAdmin    *admin,
                                  InbRow      *before,
                                  InbRow      *member,
                                  GError     **error);
/* Ends the membership and its tokens. The row stays, for the name. Returns (transfer full) the row that was put. */
InbRow  *inb_member_remove       (InbAdmin    *admin,
                                  InbRow      *member,
                                  GError     **error);
/* @expires_at: wire form, NULL for never. @token_id: (out) (transfer full) (optional). Returns (transfer full) the token itself, which
 * only its hash is kept of. */
char    *inb_member_make_token   (InbAdmin    *admin,
                                  const char  *user_id,
                                  const char  *name,
                                  InbRole      role,
                                  const char  *expires_at,
                                  char       **token_id);
/* INB_ERROR_NOT_FOUND when it is none, or revoked. */
gboolean inb_member_revoke_token (InbAdmin    *admin,
                                  const char  *token_id,
                                  GError     **error);

G_END_DECLS

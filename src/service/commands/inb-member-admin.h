/* Members and their tokens, as the commands and the service's own start make them. */
#pragma once

#include "inb-change.h"
#include "inb-directory.h"

G_BEGIN_DECLS

/* A person or a program that may work in the change's workspace. @email: NULL for a program. Returns (transfer full) the
 * user's id; someone who is known by @email already keeps their id. INB_ERROR_CONFLICT for a member. */
char    *inb_member_create     (InbChange   *change,
                                const char  *name,
                                const char  *email,
                                InbRole      role,
                                GError     **error);
/* A member's id by mail, and their role. INB_ERROR_NOT_FOUND. */
char    *inb_member_find       (InbChange   *change,
                                const char  *email,
                                InbRole     *role,
                                GError     **error);
/* @expires_at: wire form, NULL for never. @token_id: (out) (transfer full) (optional). Returns (transfer full) the token itself, which only its hash is kept of. */
char    *inb_member_make_token (InbChange   *change,
                                const char  *user_id,
                                const char  *name,
                                InbRole      role,
                                const char  *expires_at,
                                char       **token_id,
                                GError     **error);

G_END_DECLS

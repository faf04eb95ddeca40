/* What the commands about a workspace share. */
#pragma once

#include "inb-command.h"
#include "inb-directory.h"

G_BEGIN_DECLS

/* A whole command: prints the rows of @statement, whose only parameter is --workspace, as @name. */
gboolean inb_workspace_list_run (InbInvocation  *invocation,
                                 const char     *name,
                                 const char     *statement,
                                 GError        **error);
/* Wrong usage without --@name. */
gboolean inb_require_option     (const char     *name,
                                 const char     *value,
                                 GError        **error);
/* NULL leaves @role as it is. */
gboolean inb_parse_role         (const char     *name,
                                 InbRole        *role,
                                 GError        **error);
/* The canonical form of an id that was typed. */
char    *inb_parse_id           (const char     *text,
                                 GError        **error);

G_END_DECLS

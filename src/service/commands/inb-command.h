/* The commands of the program. Each is a row of the table in inb-command.c; its function declares its options, parses them
 * with inb_invocation_parse() and does the work.
 */
#pragma once

#include "inb-invocation.h"

G_BEGIN_DECLS

typedef gboolean (*InbCommandFunc) (InbInvocation  *invocation,
                                    GError        **error);

typedef struct {
  const char     *name;      /* "workspace create" */
  const char     *arguments; /* "ID", or NULL */
  const char     *summary;
  InbCommandFunc  run;
} InbCommand;

/* Runs what the arguments ask for. Returns the exit code: 0, 1 when it failed, 2 for wrong usage. */
int      inb_command_main             (int             argc,
                                       char          **argv);

gboolean inb_command_demo             (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_migrate          (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_serve            (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_token_create     (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_token_list       (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_token_revoke     (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_user_create      (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_user_list        (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_webhook_create   (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_webhook_disable  (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_webhook_list     (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_webhook_rotate   (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_workspace_create (InbInvocation  *invocation,
                                       GError        **error);
gboolean inb_command_workspace_list   (InbInvocation  *invocation,
                                       GError        **error);

G_END_DECLS

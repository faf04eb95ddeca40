/* Answers with all rows of a small kind that a statement selects, as they are in the feed. */
#pragma once

#include "inb-api.h"

G_BEGIN_DECLS

/* {"@member":[{…}]}. @sql_name: has {columns} of @kind for the alias t; its parameters are the workspace and, with @for_user, the user
 * who asks. Refuses parameters besides workspace_id. */
void inb_admin_list (InbApi         *api,
                     InbHttpRequest *request,
                     InbSession     *session,
                     const char     *sql_name,
                     InbKind         kind,
                     const char     *member,
                     gboolean        for_user);

G_END_DECLS

/* The tokens of "This computer": one a workspace, made once, kept in the data directory, and shown to whoever may open the
 * local socket's folder.
 */
#pragma once

#include "inb-data-dir.h"
#include "inb-db.h"

G_BEGIN_DECLS

/* Makes the tokens that are missing. Returns (transfer full) the credentials: {"url","socket","workspaces":[{"id","name",
 * "token"}]}. Blocks. */
char *inb_local_access_prepare (InbDb       *db,
                                InbDataDir  *data_dir,
                                const char  *url,
                                const char  *socket,
                                GError     **error);

G_END_DECLS

/* What `serve` refuses to run with: a role that row level security does not hold, a table that it does not cover. */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

gboolean inb_self_check_run (InbDb   *db,
                             GError **error);

G_END_DECLS

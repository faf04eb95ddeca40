/* What belongs to contacts that are to be merged. */
#pragma once

#include "inb-duplicate.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

GPtrArray *inb_contact_share_read (InbSqlite           *db,
                                   const char * const  *contact_ids,
                                   GError             **error);

G_END_DECLS

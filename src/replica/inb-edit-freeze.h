/* Makes entries of the outbox of what the user did: looks up what the edit's rows are now, which is what the user saw, and tries it
 * on them. Used on the writer's thread.
 */
#pragma once

#include "inb-outbox-file.h"
#include "inb-overlay-context.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

/* (transfer full) (element-type InbOutboxItem), all of @group; none when nothing would change. INB_ERROR_FORBIDDEN,
 * INB_ERROR_UNPROCESSABLE, INB_ERROR_NOT_FOUND … : the edit cannot be. */
GPtrArray *inb_edit_freeze      (InbEdit               *edit,
                                 const char            *group,
                                 const InbOutboxActor  *actor,
                                 InbOverlayContext     *settings,
                                 InbSqlite             *db,
                                 GError               **error);
/* The same for what takes a group back. @undos: (element-type InbOutboxUndo) */
GPtrArray *inb_edit_freeze_undo (GPtrArray             *undos,
                                 const char            *group,
                                 const char            *label,
                                 const InbOutboxActor  *actor);

G_END_DECLS

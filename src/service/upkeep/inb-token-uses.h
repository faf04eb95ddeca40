/* When tokens were last used, to the minute: noted on the main loop, where it costs a look into a table, and stored by a thread of its
 * own on a connection of its own, so that no request waits for it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InbTokenUses InbTokenUses;

InbTokenUses *inb_token_uses_new  (const char   *conninfo);
/* Stops it if need be. */
void          inb_token_uses_free (InbTokenUses *self);
/* Stores what is noted, and blocks until then; nothing is noted any more. */
void          inb_token_uses_stop (InbTokenUses *self);
/* Main loop only. A token that was noted within the minute is not noted again. */
void          inb_token_uses_note (InbTokenUses *self,
                                   const char   *workspace_id,
                                   const char   *token_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTokenUses, inb_token_uses_free)

G_END_DECLS

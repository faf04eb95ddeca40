/* Counts wrong keys per guesser (an address at a webhook), in bounded memory, so that who keeps guessing is told to go slow.
 * It never stands in the way of a right key: behind a proxy all senders share one address, and a stranger must not be able
 * to shut them out.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_KEY_GUARD_MAX_WRONG 30
#define INB_KEY_GUARD_PERIOD (60 * G_TIME_SPAN_SECOND)
#define INB_KEY_GUARD_MAX_GUESSERS 4096

typedef struct _InbKeyGuard InbKeyGuard;

InbKeyGuard *inb_key_guard_new      (void);
void         inb_key_guard_free     (InbKeyGuard *self);
guint        inb_key_guard_note     (InbKeyGuard *self,
                                     const char  *guesser,
                                     gint64       now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbKeyGuard, inb_key_guard_free)

G_END_DECLS

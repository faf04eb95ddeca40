/* Tells when tokens with open sockets expire. Main loop only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InbTokenClock InbTokenClock;
typedef void (*InbTokenExpired) (const char *token_id,
                                 gpointer    user_data);

InbTokenClock *inb_token_clock_new   (InbTokenExpired   expired,
                                      gpointer          user_data);
void           inb_token_clock_free  (InbTokenClock    *self);
/* @expires_at: microseconds since 1970; INB_TIME_NONE: never. */
void           inb_token_clock_watch (InbTokenClock    *self,
                                      const char       *token_id,
                                      gint64            expires_at);

G_END_DECLS

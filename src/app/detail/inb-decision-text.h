/* Why a lead was made or updated, from the reason that the service stored with it, in words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @metadata: the lead's, JSON or NULL. (transfer full): sentences on lines of their own; NULL when it has no reason. */
char *inb_decision_text_describe (const char *metadata);

G_END_DECLS

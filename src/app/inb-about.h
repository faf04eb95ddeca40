/* The About window, with what somebody who helps has to know. */
#pragma once

#include "inb-latency.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* (transfer full): versions, place and size of the working copy, state of the connection; nothing secret. @size: bytes, or -1. */
char *inb_about_describe (InbSession *session,
                          gint64      size);
void  inb_about_show     (GtkWindow  *parent,
                          InbSession *session);

G_END_DECLS

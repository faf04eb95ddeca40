/* Tells systemd, or whoever set NOTIFY_SOCKET, how far the service is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @state: "READY=1", "STOPPING=1". */
void inb_notify_supervisor (const char *state);

G_END_DECLS

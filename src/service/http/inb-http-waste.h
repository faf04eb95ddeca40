/* What a peer sends after its answer: read and thrown away, for a socket closed with unread bytes resets the connection
 * and the peer never sees the answer.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether unread bytes are there. */
gboolean inb_http_waste_is_waiting (GSocket *socket);
/* Reads some.  FALSE when the peer has ended or was given enough; @n_read: counts, 0 at first. */
gboolean inb_http_waste_read       (GSocket *socket,
                                    gsize   *n_read);

G_END_DECLS

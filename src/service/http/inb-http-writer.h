/* An answer on its way: head and body in as few segments as the socket takes. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbHttpWriter InbHttpWriter;

/* Takes both over; @body may be NULL. */
InbHttpWriter *inb_http_writer_new         (GString        *head,
                                            GBytes         *body);
void           inb_http_writer_free        (InbHttpWriter  *self);
/* Writes what the socket takes.  FALSE with an error, G_IO_ERROR_WOULD_BLOCK when it takes no more. */
gboolean       inb_http_writer_write       (InbHttpWriter  *self,
                                            GSocket        *socket,
                                            GError        **error);
gboolean       inb_http_writer_is_done     (InbHttpWriter  *self);
/* A Date field, with CR LF. */
void           inb_http_writer_append_date (GString        *head,
                                            gint64          seconds);

G_END_DECLS

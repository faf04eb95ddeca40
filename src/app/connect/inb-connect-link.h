/* "inbound-leads://leads.example.org/workspace#token": what an administrator sends to a colleague. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *server;         /* https, but http for this computer itself */
  char *workspace_id;   /* NULL: the token's own */
  char *token;          /* NULL: to be typed */
} InbConnectLink;

/* INB_ERROR_INVALID_ARGUMENT. */
InbConnectLink *inb_connect_link_parse (const char      *text,
                                        GError         **error);
void            inb_connect_link_free  (InbConnectLink  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbConnectLink, inb_connect_link_free)

G_END_DECLS

/* A workspace that the person has connected to: enough to find it again, nothing secret. A value type. */
#pragma once

#include "inb-sync-account.h"

G_BEGIN_DECLS

typedef struct {
  char *server;         /* NULL: the service on this computer */
  char *workspace_id;
  char *name;           /* as the workspace calls itself; never NULL */
} InbConnection;

#define INB_TYPE_CONNECTION (inb_connection_get_type ())
GType           inb_connection_get_type (void);
InbConnection  *inb_connection_new      (const char           *server,
                                         const char           *workspace_id,
                                         const char           *name);
InbConnection  *inb_connection_copy     (const InbConnection  *self);
void            inb_connection_free     (InbConnection        *self);
/* The account's key: names the replica's folder. */
char           *inb_connection_get_key  (const InbConnection  *self);
/* "leads.example.org"; NULL for this computer. */
char           *inb_connection_get_host (const InbConnection  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbConnection, inb_connection_free)

G_END_DECLS

#define G_LOG_DOMAIN "inb-app"

#include "inb-connection.h"

G_DEFINE_BOXED_TYPE (InbConnection, inb_connection, inb_connection_copy, inb_connection_free)

/**
 * inb_connection_new:
 * @server: (nullable): %NULL for the service on this computer
 * @name: (nullable): %NULL when it is not known yet
 */
InbConnection *
inb_connection_new (const char *server,
                    const char *workspace_id,
                    const char *name)
{
  InbConnection *self;

  g_return_val_if_fail (workspace_id != NULL, NULL);

  self = g_new0 (InbConnection, 1);
  self->server = g_strdup (server);
  self->workspace_id = g_strdup (workspace_id);
  self->name = g_strdup (name != NULL && *name != '\0' ? name : workspace_id);

  return self;
}

InbConnection *
inb_connection_copy (const InbConnection *self)
{
  return inb_connection_new (self->server, self->workspace_id, self->name);
}

void
inb_connection_free (InbConnection *self)
{
  if (self == NULL)
    return;

  g_free (self->server);
  g_free (self->workspace_id);
  g_free (self->name);
  g_free (self);
}

char *
inb_connection_get_key (const InbConnection *self)
{
  InbSyncAccount account = { self->server, NULL, self->workspace_id, NULL };

  return inb_sync_account_get_key (&account);
}

char *
inb_connection_get_host (const InbConnection *self)
{
  g_autoptr (GUri) uri = self->server != NULL ? g_uri_parse (self->server, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

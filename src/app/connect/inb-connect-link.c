#define G_LOG_DOMAIN "inb-app"

#include "inb-connect-link.h"

#include "inb-error.h"
#include "inb-sync-account.h"

#include <string.h>

void
inb_connect_link_free (InbConnectLink *self)
{
  if (self == NULL)
    return;

  g_free (self->server);
  g_free (self->workspace_id);
  g_free (self->token);
  g_free (self);
}

static gboolean
is_this_computer (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * inb_connect_link_parse:
 * @text: "inbound-leads://HOST[:PORT][/WORKSPACE][#TOKEN]"
 *
 * Returns: (transfer full): its parts, or %NULL with %INB_ERROR_INVALID_ARGUMENT
 */
InbConnectLink *
inb_connect_link_parse (const char  *text,
                        GError     **error)
{
  g_autoptr (InbConnectLink) self = g_new0 (InbConnectLink, 1);
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  const char *workspace;

  if (host == NULL || *host == '\0' || strcmp (g_uri_get_scheme (uri), "inbound-leads") != 0 ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "This is no link like inbound-leads://leads.example.org/workspace");
      return NULL;
    }

  self->server = g_uri_join (G_URI_FLAGS_NONE, is_this_computer (host) ? "http" : "https", NULL, host, g_uri_get_port (uri), "",
                             NULL, NULL);
  workspace = g_uri_get_path (uri);
  while (*workspace == '/')
    workspace++;
  if (strchr (workspace, '/') != NULL || !inb_sync_account_check_server (self->server, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "\"%s\" is no workspace", workspace);
      return NULL;
    }
  self->workspace_id = *workspace != '\0' ? g_strdup (workspace) : NULL;
  if (g_uri_get_fragment (uri) != NULL && *g_uri_get_fragment (uri) != '\0')
    {
      if (!inb_sync_account_check_token (g_uri_get_fragment (uri), error))
        return NULL;
      self->token = g_strdup (g_uri_get_fragment (uri));
    }

  return g_steal_pointer (&self);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-http-request-struct.h"

#include "inb-error.h"

#include <string.h>

/* A page of another site can open a WebSocket here with what the browser knows; programs send no Origin. */
static gboolean
is_own_origin (InbHttpRequest *self)
{
  const char *origin = inb_http_request_get_header (self, "origin");
  const char *host = inb_http_request_get_header (self, "host");
  const char *name = origin == NULL ? NULL : strstr (origin, "://");

  return origin == NULL || (host != NULL && name != NULL && g_str_has_prefix (origin, "http") &&
                            g_ascii_strcasecmp (name + 3, host) == 0);
}

static gboolean
check_handshake (InbHttpRequest  *self,
                 GError         **error)
{
  const char *key = inb_http_request_get_header (self, "sec-websocket-key");
  gsize n_key = 0;
  g_autofree guchar *decoded = key == NULL ? NULL : g_base64_decode (key, &n_key);

  if ((self->match.route->flags & INB_HTTP_ROUTE_WEBSOCKET) == 0 || !inb_http_head_is_upgrade (self->head) ||
      n_key != 16 || g_strcmp0 (inb_http_request_get_header (self, "sec-websocket-version"), "13") != 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_REQUEST, "This is no WebSocket handshake");
      return FALSE;
    }
  if (!is_own_origin (self))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_FORBIDDEN, "A page of another site may not listen here");
      return FALSE;
    }

  return TRUE;
}

/* RFC 6455, 4.2.2. */
static char *
make_accept_key (const char *key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", -1);
  g_checksum_get_digest (checksum, digest, &length);

  return g_base64_encode (digest, length);
}

/**
 * inb_http_request_upgrade:
 *
 * Makes the connection a WebSocket, if the request is a handshake and not one of another site's page.
 *
 * Returns: (transfer full) (nullable): the WebSocket; %NULL after an error was answered, or when the client has gone
 */
SoupWebsocketConnection *
inb_http_request_upgrade (InbHttpRequest *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (InbHttpStream) stream = NULL;
  g_autofree char *accept_key = NULL;
  g_autofree char *head = NULL;

  if (!check_handshake (self, &error))
    {
      inb_http_request_respond_error (self, error);
      return NULL;
    }
  if (!inb_http_request_begin_answer (self, 101))
    return NULL;

  accept_key = make_accept_key (inb_http_request_get_header (self, "sec-websocket-key"));
  head = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\n\r\n", accept_key);
  stream = inb_http_connection_upgrade (self->connection, head);
  if (stream == NULL)
    return NULL;

  /* Asked for by libsoup; nothing looks at it. */
  uri = g_uri_build (G_URI_FLAGS_NONE, "ws", NULL, "localhost", -1, "/", NULL, NULL);

  return soup_websocket_connection_new (G_IO_STREAM (stream), uri, SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-http-gate.h"

#include "inb-error.h"
#include "inb-http-request-private.h"
#include "inb-protocol.h"

#include <string.h>

#define CORS_FIELDS "content-type, idempotency-key, webhook-id, webhook-signature, webhook-timestamp, " \
  "x-webhook-key, x-workspace-id"

struct _InbHttpGate {
  InbHttpRouter *router;
  GHashTable    *hosts;
};

InbHttpGate *
inb_http_gate_new (void)
{
  InbHttpGate *self = g_new0 (InbHttpGate, 1);

  self->router = inb_http_router_new ();
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
inb_http_gate_free (InbHttpGate *self)
{
  inb_http_router_unref (self->router);
  g_hash_table_unref (self->hosts);
  g_free (self);
}

InbHttpRouter *
inb_http_gate_get_router (InbHttpGate *self)
{
  return self->router;
}

void
inb_http_gate_add_host (InbHttpGate *self,
                        const char  *host)
{
  g_hash_table_add (self->hosts, g_ascii_strdown (host, -1));
}

static gboolean
is_loopback_name (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *bare = NULL;

  if (strcmp (host, "localhost") == 0)
    return TRUE;

  bare = *host == '[' ? g_strndup (host + 1, strlen (host) - 2) : g_strdup (host);
  address = g_inet_address_new_from_string (bare);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* A page on the web can give its own name our address (DNS rebinding); the Host field betrays it. */
static gboolean
knows_host (InbHttpGate       *self,
            InbHttpConnection *connection)
{
  const char *host = inb_http_head_get_host (inb_http_connection_get_head (connection));

  return inb_http_connection_is_local (connection) || host == NULL || g_hash_table_contains (self->hosts, host) ||
         is_loopback_name (host);
}

static gboolean
check_body_fields (const InbHttpHead  *head,
                   const InbHttpMatch *match,
                   GError            **error)
{
  gboolean is_late = match->route != NULL && (match->route->flags & INB_HTTP_ROUTE_LATE_BODY) != 0;
  const char *encoding = inb_http_head_get_field (head, "content-encoding");

  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNSUPPORTED, "Compressed bodies are not taken");
      return FALSE;
    }
  if (!is_late && inb_http_head_get_length (head) > INB_PROTOCOL_MAX_BODY)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE, "The body is over %d bytes", INB_PROTOCOL_MAX_BODY);
      return FALSE;
    }

  return TRUE;
}

static void
answer_preflight (InbHttpGate        *self,
                  InbHttpConnection  *connection,
                  const InbHttpMatch *match)
{
  g_autofree char *allowed = inb_http_router_get_allowed (self->router, match);
  GString *head = g_string_new ("HTTP/1.1 204 No Content\r\n"
                                "Access-Control-Allow-Origin: *\r\n"
                                "Access-Control-Allow-Headers: " CORS_FIELDS "\r\n"
                                "Access-Control-Max-Age: 86400\r\n");

  g_string_append_printf (head, "Access-Control-Allow-Methods: %s\r\nAllow: %s\r\n", allowed, allowed);
  inb_http_connection_answer (connection, head, NULL);
}

static void
refuse_method (InbHttpGate        *self,
               InbHttpConnection  *connection,
               const InbHttpMatch *match)
{
  g_autofree char *allowed = inb_http_router_get_allowed (self->router, match);
  g_autofree char *field = g_strdup_printf ("Allow: %s\r\n", allowed);
  g_autoptr (GError) error = NULL;

  g_set_error (&error, INB_ERROR, INB_ERROR_METHOD_NOT_ALLOWED, "Only %s here", allowed);
  inb_http_connection_refuse (connection, error, field);
}

static gboolean
check_request (InbHttpGate        *self,
               InbHttpConnection  *connection,
               InbHttpMatch       *match,
               GError            **error)
{
  const InbHttpHead *head = inb_http_connection_get_head (connection);

  if (!inb_http_router_match (self->router, inb_http_head_get_method (head), inb_http_head_get_raw_path (head), match,
                              error))
    return FALSE;
  if ((match->path_flags & INB_HTTP_ROUTE_ANY_HOST) == 0 && !knows_host (self, connection))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_MISDIRECTED, "This service does not answer to that host name");
      return FALSE;
    }
  if (!match->found)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is nothing at this path");
      return FALSE;
    }

  return check_body_fields (head, match, error);
}

static InbHttpRequest *
admit (InbHttpGate       *self,
       InbHttpConnection *connection,
       InbHttpMatch      *match)
{
  const char *method = inb_http_head_get_method (inb_http_connection_get_head (connection));
  g_autoptr (GError) error = NULL;
  InbHttpRequest *request;

  if (!check_request (self, connection, match, &error))
    {
      inb_http_connection_refuse (connection, error, NULL);
      return NULL;
    }
  if (strcmp (method, "OPTIONS") == 0 && (match->path_flags & INB_HTTP_ROUTE_CORS) != 0)
    {
      answer_preflight (self, connection, match);
      return NULL;
    }
  if (match->route == NULL)
    {
      refuse_method (self, connection, match);
      return NULL;
    }

  request = inb_http_request_new (connection, match, &error);
  if (request == NULL)
    inb_http_connection_refuse (connection, error, NULL);

  return request;
}

/**
 * inb_http_gate_admit:
 * @connection: whose head has arrived
 *
 * Decides everything that can be known from the head.
 *
 * Returns: (transfer full) (nullable): the request that passed; %NULL if the connection was answered
 */
InbHttpRequest *
inb_http_gate_admit (InbHttpGate       *self,
                     InbHttpConnection *connection)
{
  InbHttpMatch match = { 0 };
  InbHttpRequest *request = admit (self, connection, &match);

  inb_http_match_clear (&match);

  return request;
}

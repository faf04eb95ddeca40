#define G_LOG_DOMAIN "inb-service"

#include "inb-http-request-struct.h"

gboolean
inb_http_request_is_late (InbHttpRequest *self)
{
  return (self->match.route->flags & INB_HTTP_ROUTE_LATE_BODY) != 0;
}

static void
on_body_arrived (GBytes       *body,
                 const GError *error,
                 gpointer      user_data)
{
  g_autoptr (InbHttpRequest) self = user_data;

  self->received (self, body, error, self->received_data);
}

/**
 * inb_http_request_receive_body:
 * @max_size: bytes
 * @received: called once, perhaps at once
 *
 * Asks for the body on a route with %INB_HTTP_ROUTE_LATE_BODY. The request is kept meanwhile.
 */
void
inb_http_request_receive_body (InbHttpRequest      *self,
                               gsize                max_size,
                               InbHttpBodyReceived  received,
                               gpointer             user_data)
{
  g_return_if_fail (inb_http_request_is_late (self) && self->received == NULL && !self->answered);

  self->received = received;
  self->received_data = user_data;
  inb_http_connection_receive (self->connection, max_size, on_body_arrived, inb_http_request_ref (self));
}

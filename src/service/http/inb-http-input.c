#define G_LOG_DOMAIN "inb-service"

#include "inb-http-input.h"

#include <string.h>

#define THROTTLE_BURST (8 * 1024)
#define THROTTLE_RATE 128 /* bytes a second */

struct _InbHttpInput {
  GInputStream  parent_instance;

  /* Owned */
  GSocket      *socket;
  GBytes       *first;

  gsize         offset; /* in first */
  gboolean      stopped;
  gboolean      throttled;
  gint64        allowance; /* bytes, times a second in microseconds */
  gint64        refilled_at;
};

static void inb_http_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbHttpInput, inb_http_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, inb_http_input_pollable_init))

static gsize
get_n_first (InbHttpInput *self)
{
  return g_bytes_get_size (self->first) - self->offset;
}

/* SoupWebsocketConnection takes in whatever the peer sends, without a bound (fragments, or one read after another). */
static gboolean
spend (InbHttpInput  *self,
       gsize          n_bytes,
       GError       **error)
{
  gint64 now = g_get_monotonic_time ();

  self->allowance += (now - self->refilled_at) * THROTTLE_RATE;
  self->allowance = MIN (self->allowance, (gint64) THROTTLE_BURST * G_USEC_PER_SEC);
  self->refilled_at = now;
  self->allowance -= (gint64) n_bytes * G_USEC_PER_SEC;
  if (self->allowance >= 0)
    return TRUE;

  self->stopped = TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "The peer sends too much");

  return FALSE;
}

static gssize
inb_http_input_read_nonblocking (GPollableInputStream  *pollable,
                                 void                  *buffer,
                                 gsize                  count,
                                 GError               **error)
{
  InbHttpInput *self = INB_HTTP_INPUT (pollable);
  gsize n_first = get_n_first (self);
  gssize n_read;

  if (self->stopped)
    return 0;
  if (n_first > 0)
    {
      gsize n = MIN (n_first, count);

      memcpy (buffer, (const char *) g_bytes_get_data (self->first, NULL) + self->offset, n);
      self->offset += n;
      return (gssize) n;
    }

  n_read = g_socket_receive_with_blocking (self->socket, buffer, count, FALSE, NULL, error);
  if (n_read > 0 && self->throttled && !spend (self, (gsize) n_read, error))
    return -1;

  return n_read;
}

static gssize
inb_http_input_read (GInputStream  *stream,
                     void          *buffer,
                     gsize          count,
                     GCancellable  *cancellable,
                     GError       **error)
{
  return inb_http_input_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer, count, error);
}

static gboolean
inb_http_input_is_readable (GPollableInputStream *pollable)
{
  InbHttpInput *self = INB_HTTP_INPUT (pollable);

  return self->stopped || get_n_first (self) > 0 || g_socket_condition_check (self->socket, G_IO_IN) != 0;
}

static GSource *
inb_http_input_create_source (GPollableInputStream *pollable,
                              GCancellable         *cancellable)
{
  InbHttpInput *self = INB_HTTP_INPUT (pollable);
  g_autoptr (GSource) source = NULL;

  if (self->stopped || get_n_first (self) > 0)
    source = g_timeout_source_new (0);
  else
    source = g_socket_create_source (self->socket, G_IO_IN, NULL);

  return g_pollable_source_new_full (self, source, cancellable);
}

static void
inb_http_input_finalize (GObject *object)
{
  InbHttpInput *self = INB_HTTP_INPUT (object);

  g_clear_object (&self->socket);
  g_clear_pointer (&self->first, g_bytes_unref);

  G_OBJECT_CLASS (inb_http_input_parent_class)->finalize (object);
}

static void
inb_http_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = inb_http_input_is_readable;
  iface->create_source = inb_http_input_create_source;
  iface->read_nonblocking = inb_http_input_read_nonblocking;
}

static void
inb_http_input_class_init (InbHttpInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_http_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = inb_http_input_read;
}

static void
inb_http_input_init (InbHttpInput *self)
{
}

/**
 * inb_http_input_new:
 * @first: what is read before the socket
 *
 * Returns: (transfer full): the stream, which never blocks
 */
InbHttpInput *
inb_http_input_new (GSocket *socket,
                    GBytes  *first)
{
  InbHttpInput *self = g_object_new (INB_TYPE_HTTP_INPUT, NULL);

  self->socket = g_object_ref (socket);
  self->first = g_bytes_ref (first);

  return self;
}

void
inb_http_input_stop (InbHttpInput *self)
{
  self->stopped = TRUE;
}

void
inb_http_input_throttle (InbHttpInput *self)
{
  self->throttled = TRUE;
  self->refilled_at = g_get_monotonic_time ();
  self->allowance = (gint64) THROTTLE_BURST * G_USEC_PER_SEC;
}

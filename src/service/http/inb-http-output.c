#define G_LOG_DOMAIN "inb-service"

#include "inb-http-output.h"

struct _InbHttpOutput {
  GOutputStream   parent_instance;

  /* Owned */
  GSocket        *socket;

  /* Borrowed */
  InbHttpWritten  notify;
  gpointer        user_data;

  guint64         written;
  gboolean        discarding;
};

static void inb_http_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbHttpOutput, inb_http_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, inb_http_output_pollable_init))

static gssize
inb_http_output_write (GOutputStream  *stream,
                       const void     *buffer,
                       gsize           count,
                       GCancellable   *cancellable,
                       GError        **error)
{
  InbHttpOutput *self = INB_HTTP_OUTPUT (stream);
  gssize n_written;

  if (self->discarding)
    return (gssize) count;

  n_written = g_socket_send_with_blocking (self->socket, buffer, count, FALSE, NULL, error);
  if (n_written > 0)
    {
      self->written += (guint64) n_written;
      if (self->notify != NULL)
        self->notify (self->user_data);
    }

  return n_written;
}

static gssize
inb_http_output_write_nonblocking (GPollableOutputStream  *pollable,
                                   const void             *buffer,
                                   gsize                   count,
                                   GError                **error)
{
  return inb_http_output_write (G_OUTPUT_STREAM (pollable), buffer, count, NULL, error);
}

static gboolean
inb_http_output_is_writable (GPollableOutputStream *pollable)
{
  InbHttpOutput *self = INB_HTTP_OUTPUT (pollable);

  return self->discarding || g_socket_condition_check (self->socket, G_IO_OUT) != 0;
}

static GSource *
inb_http_output_create_source (GPollableOutputStream *pollable,
                               GCancellable          *cancellable)
{
  InbHttpOutput *self = INB_HTTP_OUTPUT (pollable);
  g_autoptr (GSource) source = NULL;

  if (self->discarding)
    source = g_timeout_source_new (0);
  else
    source = g_socket_create_source (self->socket, G_IO_OUT, NULL);

  return g_pollable_source_new_full (self, source, cancellable);
}

static void
inb_http_output_finalize (GObject *object)
{
  InbHttpOutput *self = INB_HTTP_OUTPUT (object);

  g_clear_object (&self->socket);

  G_OBJECT_CLASS (inb_http_output_parent_class)->finalize (object);
}

static void
inb_http_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = inb_http_output_is_writable;
  iface->create_source = inb_http_output_create_source;
  iface->write_nonblocking = inb_http_output_write_nonblocking;
}

static void
inb_http_output_class_init (InbHttpOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_http_output_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = inb_http_output_write;
}

static void
inb_http_output_init (InbHttpOutput *self)
{
}

/**
 * inb_http_output_new:
 * @socket: must not be blocking
 *
 * Returns: (transfer full): the stream
 */
InbHttpOutput *
inb_http_output_new (GSocket *socket)
{
  InbHttpOutput *self = g_object_new (INB_TYPE_HTTP_OUTPUT, NULL);

  self->socket = g_object_ref (socket);

  return self;
}

void
inb_http_output_discard (InbHttpOutput *self)
{
  self->discarding = TRUE;
}

guint64
inb_http_output_get_written (InbHttpOutput *self)
{
  return self->written;
}

void
inb_http_output_set_notify (InbHttpOutput  *self,
                            InbHttpWritten  written,
                            gpointer        user_data)
{
  self->notify = written;
  self->user_data = user_data;
}

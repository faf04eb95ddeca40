#define G_LOG_DOMAIN "inb-service"

#include "inb-http-stream.h"

struct _InbHttpStream {
  GIOStream       parent_instance;

  /* Owned */
  InbHttpInput   *input;
  InbHttpOutput  *output;
  gpointer        user_data;

  /* Borrowed */
  InbHttpClosed   closed;
  GDestroyNotify  destroy;
};

G_DEFINE_FINAL_TYPE (InbHttpStream, inb_http_stream, G_TYPE_IO_STREAM)

static void
tell_closed (InbHttpStream *self)
{
  InbHttpClosed closed = g_steal_pointer (&self->closed);
  gpointer user_data = g_steal_pointer (&self->user_data);

  if (closed == NULL)
    return;

  inb_http_output_set_notify (self->output, NULL, NULL);
  closed (user_data);
  if (self->destroy != NULL)
    self->destroy (user_data);
}

static gboolean
inb_http_stream_close (GIOStream     *stream,
                       GCancellable  *cancellable,
                       GError       **error)
{
  tell_closed (INB_HTTP_STREAM (stream));

  return TRUE;
}

/* The parent class would close in a thread. */
static void
inb_http_stream_close_async (GIOStream           *stream,
                             int                  io_priority,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  tell_closed (INB_HTTP_STREAM (stream));
  g_task_return_boolean (task, TRUE);
}

static gboolean
inb_http_stream_close_finish (GIOStream     *stream,
                              GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static GInputStream *
inb_http_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (INB_HTTP_STREAM (stream)->input);
}

static GOutputStream *
inb_http_stream_get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (INB_HTTP_STREAM (stream)->output);
}

static void
inb_http_stream_finalize (GObject *object)
{
  InbHttpStream *self = INB_HTTP_STREAM (object);

  tell_closed (self);
  g_clear_object (&self->input);
  g_clear_object (&self->output);

  G_OBJECT_CLASS (inb_http_stream_parent_class)->finalize (object);
}

static void
inb_http_stream_class_init (InbHttpStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_http_stream_finalize;
  stream_class->get_input_stream = inb_http_stream_get_input_stream;
  stream_class->get_output_stream = inb_http_stream_get_output_stream;
  stream_class->close_fn = inb_http_stream_close;
  stream_class->close_async = inb_http_stream_close_async;
  stream_class->close_finish = inb_http_stream_close_finish;
}

static void
inb_http_stream_init (InbHttpStream *self)
{
}

/**
 * inb_http_stream_new:
 * @first: what is read before the socket
 * @closed: called once, when the stream is closed or finalized
 * @user_data: (transfer full): for @closed, then given to @destroy
 *
 * Returns: (transfer full): the stream
 */
InbHttpStream *
inb_http_stream_new (GSocket        *socket,
                     GBytes         *first,
                     InbHttpClosed   closed,
                     gpointer        user_data,
                     GDestroyNotify  destroy)
{
  InbHttpStream *self = g_object_new (INB_TYPE_HTTP_STREAM, NULL);

  self->input = inb_http_input_new (socket, first);
  self->output = inb_http_output_new (socket);
  self->closed = closed;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}

InbHttpInput *
inb_http_stream_get_input (InbHttpStream *self)
{
  return self->input;
}

InbHttpOutput *
inb_http_stream_get_output (InbHttpStream *self)
{
  return self->output;
}

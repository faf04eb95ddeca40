#define G_LOG_DOMAIN "inb-service"

#include "inb-http-server.h"

#include "inb-error.h"
#include "inb-http-connection.h"
#include "inb-http-gate.h"
#include "inb-http-listener.h"
#include "inb-http-request-private.h"

#include <sys/resource.h>

struct _InbHttpServer {
  GObject        parent_instance;

  /* Owned */
  InbHttpGate   *gate;
  InbHttpPool   *pool;
  GPtrArray     *listeners;
  GTask         *drain;

  InbHttpLimits  limits;
};

enum {
  PROP_MAX_CONNECTIONS = 1,
  PROP_MAX_PER_PEER,
  PROP_RECEIVE_TIMEOUT,
  PROP_ANSWER_TIMEOUT,
  PROP_MAX_BUFFERED,
  PROP_GRACE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (InbHttpServer, inb_http_server, G_TYPE_OBJECT)

static void
on_head_arrived (InbHttpConnection *connection,
                 gpointer           user_data)
{
  InbHttpServer *self = user_data;

  InbHttpRequest *request = inb_http_gate_admit (self->gate, connection);

  if (request == NULL)
    return;
  if (inb_http_request_is_late (request))
    inb_http_connection_admit_head (connection, request);
  else
    inb_http_connection_admit (connection, request);
}

static guint
count_unanswered (InbHttpServer *self)
{
  return inb_http_pool_count (self->pool, INB_HTTP_PHASE_RECEIVING) +
         inb_http_pool_count (self->pool, INB_HTTP_PHASE_ANSWERING) +
         inb_http_pool_count (self->pool, INB_HTTP_PHASE_SENDING) +
         inb_http_pool_count (self->pool, INB_HTTP_PHASE_LINGERING);
}

static void
check_drained (InbHttpServer *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->drain == NULL || count_unanswered (self) > 0)
    return;

  task = g_steal_pointer (&self->drain);
  g_task_return_boolean (task, TRUE);
}

static void
on_connection_gone (gpointer user_data)
{
  check_drained (user_data);
}

static void
on_accepted (GSocket  *socket,
             char     *peer,
             gboolean  local,
             gpointer  user_data)
{
  InbHttpServer *self = user_data;
  g_autoptr (InbHttpConnection) connection = inb_http_connection_new (socket, peer, local, self->pool);

  inb_http_connection_start (connection, on_head_arrived, on_connection_gone, self);
}

static void
inb_http_server_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  InbHttpServer *self = INB_HTTP_SERVER (object);

  switch (id)
    {
    case PROP_MAX_CONNECTIONS:
      self->limits.max_connections = g_value_get_uint (value);
      break;
    case PROP_MAX_PER_PEER:
      self->limits.max_per_peer = g_value_get_uint (value);
      break;
    case PROP_RECEIVE_TIMEOUT:
      self->limits.receive_timeout = g_value_get_uint (value);
      break;
    case PROP_ANSWER_TIMEOUT:
      self->limits.answer_timeout = g_value_get_uint (value);
      break;
    case PROP_MAX_BUFFERED:
      self->limits.max_buffered = g_value_get_uint (value);
      break;
    case PROP_GRACE:
      self->limits.grace = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
inb_http_server_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  InbHttpServer *self = INB_HTTP_SERVER (object);

  switch (id)
    {
    case PROP_MAX_CONNECTIONS:
      g_value_set_uint (value, self->limits.max_connections);
      break;
    case PROP_MAX_PER_PEER:
      g_value_set_uint (value, self->limits.max_per_peer);
      break;
    case PROP_RECEIVE_TIMEOUT:
      g_value_set_uint (value, self->limits.receive_timeout);
      break;
    case PROP_ANSWER_TIMEOUT:
      g_value_set_uint (value, self->limits.answer_timeout);
      break;
    case PROP_MAX_BUFFERED:
      g_value_set_uint (value, (guint) self->limits.max_buffered);
      break;
    case PROP_GRACE:
      g_value_set_uint (value, self->limits.grace);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
close_all (InbHttpServer *self,
           InbHttpPhase   phase)
{
  InbHttpConnection *connection;

  while ((connection = inb_http_pool_get_oldest (self->pool, phase)) != NULL)
    inb_http_connection_close (connection);
}

static void
inb_http_server_dispose (GObject *object)
{
  InbHttpServer *self = INB_HTTP_SERVER (object);

  g_clear_pointer (&self->listeners, g_ptr_array_unref);
  inb_http_router_set_observer (inb_http_gate_get_router (self->gate), NULL, NULL);
  if (self->pool != NULL)
    {
      for (InbHttpPhase phase = INB_HTTP_PHASE_IDLE; phase < INB_HTTP_N_PHASES; phase++)
        close_all (self, phase);
    }
  g_clear_pointer (&self->pool, inb_http_pool_free);

  G_OBJECT_CLASS (inb_http_server_parent_class)->dispose (object);
}

static void
inb_http_server_finalize (GObject *object)
{
  InbHttpServer *self = INB_HTTP_SERVER (object);

  inb_http_gate_free (self->gate);

  G_OBJECT_CLASS (inb_http_server_parent_class)->finalize (object);
}

static void
add_uint_prop (GObjectClass *klass,
               guint         id,
               const char   *name,
               guint         fallback)
{
  props[id] = g_param_spec_uint (name, NULL, NULL, 1, G_MAXINT, fallback,
                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (klass, id, props[id]);
}

static void
inb_http_server_class_init (InbHttpServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = inb_http_server_set_property;
  object_class->get_property = inb_http_server_get_property;
  object_class->dispose = inb_http_server_dispose;
  object_class->finalize = inb_http_server_finalize;

  /* InbHttpServer:max-connections: in all, WebSockets included. */
  add_uint_prop (object_class, PROP_MAX_CONNECTIONS, "max-connections", 1024);
  /* InbHttpServer:max-per-peer: from one address. */
  add_uint_prop (object_class, PROP_MAX_PER_PEER, "max-per-peer", 768);
  /* InbHttpServer:receive-timeout: milliseconds for a whole request to arrive. */
  add_uint_prop (object_class, PROP_RECEIVE_TIMEOUT, "receive-timeout", 10 * 1000);
  /* InbHttpServer:answer-timeout: milliseconds for handling it. */
  add_uint_prop (object_class, PROP_ANSWER_TIMEOUT, "answer-timeout", 120 * 1000);
  /* InbHttpServer:max-buffered: bytes of request bodies held in memory, of all requests together. */
  add_uint_prop (object_class, PROP_MAX_BUFFERED, "max-buffered", 16 * 1024 * 1024);
  /* InbHttpServer:grace: milliseconds that a connection without a whole request has before it gives way at a cap. */
  add_uint_prop (object_class, PROP_GRACE, "grace", 1000);
}

static void
inb_http_server_init (InbHttpServer *self)
{
  self->gate = inb_http_gate_new ();
  self->pool = inb_http_pool_new (&self->limits, inb_http_connection_expire);
  self->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_http_listener_free);
}

/**
 * inb_http_server_new:
 *
 * Returns: (transfer full): a server that listens nowhere yet
 */
InbHttpServer *
inb_http_server_new (void)
{
  return g_object_new (INB_TYPE_HTTP_SERVER, NULL);
}

void
inb_http_server_add_route (InbHttpServer     *self,
                           const char        *method,
                           const char        *pattern,
                           InbHttpRouteFlags  flags,
                           InbHttpHandler     handler,
                           gpointer           user_data)
{
  g_return_if_fail (INB_IS_HTTP_SERVER (self));

  inb_http_router_add (inb_http_gate_get_router (self->gate), method, pattern, flags, handler, user_data);
}

void
inb_http_server_add_host (InbHttpServer *self,
                          const char    *host)
{
  g_return_if_fail (INB_IS_HTTP_SERVER (self));

  inb_http_gate_add_host (self->gate, host);
}

/* The usual soft limit of 1,024 would be met before our own, which refuses politely. */
static void
raise_descriptor_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= 8192)
    return;

  limit.rlim_cur = MIN (limit.rlim_max, 8192);
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    g_info ("Raising the limit of open files: %s", g_strerror (errno));
}

/**
 * inb_http_server_listen:
 * @address: an IP address and a port, 0 for a free one
 *
 * Returns: whether it listens; otherwise with an error that names the address
 */
gboolean
inb_http_server_listen (InbHttpServer  *self,
                        const char     *address,
                        GError        **error)
{
  InbHttpListener *listener;

  g_return_val_if_fail (INB_IS_HTTP_SERVER (self), FALSE);

  raise_descriptor_limit ();
  listener = inb_http_listener_new (address, on_accepted, self, error);
  if (listener == NULL)
    return FALSE;
  g_ptr_array_add (self->listeners, listener);

  return TRUE;
}

/**
 * inb_http_server_listen_local:
 * @path: of the Unix socket
 * @uid: whose programs may connect
 *
 * Returns: whether it listens; %INB_ERROR_LOCKED when another process does there
 */
gboolean
inb_http_server_listen_local (InbHttpServer  *self,
                              const char     *path,
                              uid_t           uid,
                              GError        **error)
{
  InbHttpListener *listener;

  g_return_val_if_fail (INB_IS_HTTP_SERVER (self), FALSE);

  raise_descriptor_limit ();
  listener = inb_http_listener_new_local (path, uid, on_accepted, self, error);
  if (listener == NULL)
    return FALSE;
  g_ptr_array_add (self->listeners, listener);

  return TRUE;
}

/**
 * inb_http_server_get_url:
 *
 * Returns: (transfer full) (nullable): the URL of the first TCP listener, without a final slash
 */
char *
inb_http_server_get_url (InbHttpServer *self)
{
  g_return_val_if_fail (INB_IS_HTTP_SERVER (self), NULL);

  for (guint i = 0; i < self->listeners->len; i++)
    {
      const char *url = inb_http_listener_get_url (self->listeners->pdata[i]);

      if (url != NULL)
        return g_strdup (url);
    }

  return NULL;
}

/**
 * inb_http_server_drain_async:
 *
 * Stops listening, and calls back when everything that has begun to arrive was answered; WebSockets are the hub's to
 * close.
 */
void
inb_http_server_drain_async (InbHttpServer       *self,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (INB_IS_HTTP_SERVER (self) && self->drain == NULL);

  self->drain = g_task_new (self, NULL, callback, user_data);
  g_ptr_array_set_size (self->listeners, 0);
  inb_http_pool_set_draining (self->pool);
  close_all (self, INB_HTTP_PHASE_IDLE);
  check_drained (self);
}

gboolean
inb_http_server_drain_finish (InbHttpServer  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
inb_http_server_set_observer (InbHttpServer   *self,
                              InbHttpObserver  observer,
                              gpointer         user_data)
{
  g_return_if_fail (INB_IS_HTTP_SERVER (self));

  inb_http_router_set_observer (inb_http_gate_get_router (self->gate), observer, user_data);
  inb_http_pool_set_refused (self->pool, observer, user_data);
}

guint
inb_http_server_get_n_connections (InbHttpServer *self)
{
  guint n = 0;

  g_return_val_if_fail (INB_IS_HTTP_SERVER (self), 0);

  for (InbHttpPhase phase = INB_HTTP_PHASE_IDLE; phase < INB_HTTP_N_PHASES; phase++)
    n += inb_http_pool_count (self->pool, phase);

  return n;
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-http-listener.h"

#include "inb-error.h"

#include <gio/gunixcredentialsmessage.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 512
#define ACCEPTS_PER_TURN 32
#define PAUSE 100 /* milliseconds, when the process is out of descriptors */

struct _InbHttpListener {
  /* Owned */
  GSocket         *socket;
  GSource         *source;
  char            *path; /* of a local socket */
  char            *url;
  guint            pause;

  /* Borrowed */
  InbHttpAccepted  accepted;
  gpointer         user_data;

  uid_t            uid;
  ino_t            inode;
  dev_t            device;
};

static gboolean on_connections (GSocket      *socket,
                                GIOCondition  condition,
                                gpointer      user_data);

static void
watch (InbHttpListener *self)
{
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_connections), self, NULL);
  g_source_attach (self->source, NULL);
}

static gboolean
on_pause_over (gpointer user_data)
{
  InbHttpListener *self = user_data;

  self->pause = 0;
  watch (self);

  return G_SOURCE_REMOVE;
}

static gboolean
is_allowed_peer (InbHttpListener *self,
                 GSocket         *socket)
{
  struct ucred credentials;
  socklen_t length = sizeof credentials;

  if (getsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0)
    return FALSE;

  return credentials.uid == self->uid || credentials.uid == geteuid () || credentials.uid == 0;
}

static char *
get_peer (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (socket, NULL);

  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return NULL;

  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static void
take (InbHttpListener *self,
      GSocket         *socket)
{
  char *peer;

  if (self->path != NULL)
    {
      if (is_allowed_peer (self, socket))
        self->accepted (socket, g_strdup ("local"), TRUE, self->user_data);
      else
        g_message ("Another user's connection to %s was refused", self->path);
      return;
    }

  peer = get_peer (socket);
  if (peer == NULL) /* gone already */
    return;
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->accepted (socket, peer, FALSE, self->user_data);
}

static gboolean
on_connections (GSocket      *listening,
                GIOCondition  condition,
                gpointer      user_data)
{
  InbHttpListener *self = user_data;

  for (guint i = 0; i < ACCEPTS_PER_TURN; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, &error);

      if (socket != NULL)
        {
          take (self, socket);
          continue;
        }
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES) ||
          g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        {
          /* The socket stays readable: without a pause this would spin. */
          g_warning ("Accepting a connection: %s", error->message);
          g_clear_pointer (&self->source, g_source_unref);
          self->pause = g_timeout_add (PAUSE, on_pause_over, self);
          return G_SOURCE_REMOVE;
        }
      g_debug ("Accepting a connection: %s", error->message);
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
open_socket (InbHttpListener  *self,
             GSocketAddress   *address,
             GError          **error)
{
  gboolean local = G_IS_UNIX_SOCKET_ADDRESS (address);

  self->socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                               error);
  if (self->socket == NULL)
    return FALSE;

  g_socket_set_blocking (self->socket, FALSE);
  g_socket_set_listen_backlog (self->socket, BACKLOG);
  if (!g_socket_bind (self->socket, address, !local, error))
    return FALSE;

  return TRUE;
}

/**
 * inb_http_listener_new:
 * @address: an IP address and a port; port 0 takes a free one
 *
 * Returns: (transfer full) (nullable): the listener, or %NULL with an error
 */
InbHttpListener *
inb_http_listener_new (const char       *address,
                       InbHttpAccepted   accepted,
                       gpointer          user_data,
                       GError          **error)
{
  InbHttpListener *self = g_new0 (InbHttpListener, 1);
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (address, 0, NULL);
  g_autoptr (GSocketAddress) wanted = NULL;
  g_autoptr (GSocketAddress) bound = NULL;
  g_autofree char *ip = NULL;
  gboolean is_v6;

  self->accepted = accepted;
  self->user_data = user_data;
  if (parsed != NULL && strchr (address, ':') != NULL)
    wanted = g_inet_socket_address_new_from_string (g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)),
                                                    g_network_address_get_port (G_NETWORK_ADDRESS (parsed)));
  if (wanted == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                   "Listening on %s: an IP address and a port are needed, as 127.0.0.1:8787", address);
      inb_http_listener_free (self);
      return NULL;
    }
  if (!open_socket (self, wanted, error) || !g_socket_listen (self->socket, error) ||
      (bound = g_socket_get_local_address (self->socket, error)) == NULL)
    {
      g_prefix_error (error, "Listening on %s: ", address);
      inb_http_listener_free (self);
      return NULL;
    }

  ip = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (bound)));
  is_v6 = strchr (ip, ':') != NULL;
  self->url = g_strdup_printf ("http://%s%s%s:%u", is_v6 ? "[" : "", ip, is_v6 ? "]" : "",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  watch (self);

  return self;
}

/* Somebody answers there. */
static gboolean
is_alive (GSocketAddress *address)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GError) error = NULL;

  if (socket == NULL)
    return FALSE;
  g_socket_set_blocking (socket, FALSE);

  /* A full backlog is a sign of life too. */
  return g_socket_connect (socket, address, NULL, &error) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static gboolean
clear_path (const char      *path,
            GSocketAddress  *address,
            GError         **error)
{
  struct stat status;

  if (lstat (path, &status) != 0)
    return TRUE;
  if (!S_ISSOCK (status.st_mode))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_LOCKED, "%s is no socket", path);
      return FALSE;
    }
  if (is_alive (address))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_LOCKED, "%s is in use by another process", path);
      return FALSE;
    }
  if (unlink (path) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "Removing %s: %s", path, g_strerror (code));
      return FALSE;
    }

  return TRUE;
}

static gboolean
bind_local (InbHttpListener  *self,
            GSocketAddress   *address,
            GError          **error)
{
  struct stat status;
  mode_t mask;
  gboolean bound;
  gboolean give_away = self->uid != geteuid () && self->uid != 0; /* root may connect in any case */

  /* From its first moment on nobody else may connect. */
  mask = umask (0177);
  bound = open_socket (self, address, error);
  umask (mask);
  if (!bound)
    return FALSE;
  if (chmod (self->path, 0600) != 0
      || (give_away && chown (self->path, self->uid, (gid_t) -1) != 0)
      || stat (self->path, &status) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s", g_strerror (code));
      unlink (self->path);
      return FALSE;
    }

  self->inode = status.st_ino;
  self->device = status.st_dev;

  return g_socket_listen (self->socket, error);
}

/**
 * inb_http_listener_new_local:
 * @path: at most 107 bytes
 * @uid: whose programs may connect, besides root's and this process's own user's
 *
 * Returns: (transfer full) (nullable): the listener, or %NULL; with %INB_ERROR_LOCKED when another process listens there
 */
InbHttpListener *
inb_http_listener_new_local (const char       *path,
                             uid_t             uid,
                             InbHttpAccepted   accepted,
                             gpointer          user_data,
                             GError          **error)
{
  InbHttpListener *self;
  g_autoptr (GSocketAddress) address = NULL;

  if (strlen (path) >= sizeof (((struct sockaddr_un *) NULL)->sun_path))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Listening on %s: the path is too long", path);
      return NULL;
    }

  address = g_unix_socket_address_new (path);
  if (!clear_path (path, address, error))
    {
      g_prefix_error_literal (error, "Listening locally: ");
      return NULL;
    }

  self = g_new0 (InbHttpListener, 1);
  self->accepted = accepted;
  self->user_data = user_data;
  self->uid = uid;
  self->path = g_strdup (path);
  if (!bind_local (self, address, error))
    {
      g_prefix_error (error, "Listening on %s: ", path);
      inb_http_listener_free (self);
      return NULL;
    }
  watch (self);

  return self;
}

void
inb_http_listener_free (InbHttpListener *self)
{
  struct stat status;

  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);
  /* Only our own file: another process may have taken the place meanwhile. */
  if (self->path != NULL && self->inode != 0 && lstat (self->path, &status) == 0 && status.st_ino == self->inode &&
      status.st_dev == self->device)
    unlink (self->path);
  g_free (self->path);
  g_free (self->url);
  g_free (self);
}

const char *
inb_http_listener_get_url (InbHttpListener *self)
{
  return self->url;
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-notify-supervisor.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void
inb_notify_supervisor (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length = path == NULL ? 0 : strlen (path);
  int fd;

  if (length == 0 || length >= sizeof address.sun_path)
    return;

  memcpy (address.sun_path, path, length);
  if (path[0] == '@') /* an abstract socket */
    address.sun_path[0] = '\0';

  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0
      || sendto (fd, state, strlen (state), MSG_NOSIGNAL, (struct sockaddr *) &address,
                 (socklen_t) (G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + length)) < 0)
    g_debug ("Telling the supervisor %s: %s", state, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}

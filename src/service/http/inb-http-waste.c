#define G_LOG_DOMAIN "inb-service"

#include "inb-http-waste.h"

#include <sys/socket.h>

#define MAX_WASTE (4 * 1024 * 1024) /* bytes */
#define READS_PER_TURN 16           /* before other connections get theirs */
#define READ_SIZE (16 * 1024)

gboolean
inb_http_waste_is_waiting (GSocket *socket)
{
  char byte;

  return recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

/**
 * inb_http_waste_read:
 * @n_read: (inout): bytes thrown away so far
 *
 * Returns: whether to wait for more
 */
gboolean
inb_http_waste_read (GSocket *socket,
                     gsize   *n_read)
{
  char waste[READ_SIZE];

  for (guint i = 0; i < READS_PER_TURN; i++)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (socket, waste, sizeof waste, NULL, &error);

      if (n < 0)
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
      *n_read += (gsize) n;
      if (n == 0 || *n_read > MAX_WASTE)
        return FALSE;
    }

  return TRUE;
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-local-door.h"

#include "inb-error.h"
#include "inb-privileges.h"
#include "inb-protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

struct _InbLocalDoor {
  /* Owned */
  char  *socket;
  char  *own_path;
  char  *credentials;
  int    folder_fd;

  uid_t  uid;
};

void
inb_local_door_free (InbLocalDoor *self)
{
  if (self == NULL)
    return;

  if (self->folder_fd >= 0)
    close (self->folder_fd);
  g_free (self->socket);
  g_free (self->own_path);
  g_free (self->credentials);
  g_free (self);
}

InbLocalDoor *
inb_local_door_open (const char  *socket,
                     const char  *account,
                     GError     **error)
{
  g_autoptr (InbLocalDoor) self = g_new0 (InbLocalDoor, 1);
  g_autofree char *folder = g_path_get_dirname (socket);
  g_autofree char *name = g_path_get_basename (socket);

  self->uid = geteuid ();
  self->socket = g_strdup (socket);
  self->folder_fd = -1;
  if (g_mkdir_with_parents (folder, 0700) != 0
      || (self->folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) < 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Opening the folder %s: %s", folder, g_strerror (errno));
      return NULL;
    }
  if (!inb_privileges_give (account, self->folder_fd, error))
    return NULL;

  /* A descriptor's link leads to the folder itself, whatever the folders above allow. */
  self->own_path = g_strdup_printf ("/proc/self/fd/%d/%s", self->folder_fd, name);
  self->credentials = g_strdup_printf ("/proc/self/fd/%d/%s", self->folder_fd, INB_PROTOCOL_CREDENTIALS_NAME);

  return g_steal_pointer (&self);
}

const char *
inb_local_door_get_socket (InbLocalDoor *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->socket;
}

const char *
inb_local_door_get_own_path (InbLocalDoor *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->own_path;
}

uid_t
inb_local_door_get_uid (InbLocalDoor *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->uid;
}

gboolean
inb_local_door_put_credentials (InbLocalDoor  *self,
                                const char    *json,
                                GError       **error)
{
  g_return_val_if_fail (self != NULL && json != NULL, FALSE);

  if (!g_file_set_contents_full (self->credentials, json, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    {
      g_prefix_error (error, "Writing the credentials beside %s: ", self->socket);
      return FALSE;
    }

  return TRUE;
}

void
inb_local_door_remove_credentials (InbLocalDoor *self)
{
  g_return_if_fail (self != NULL);

  g_unlink (self->credentials);
}

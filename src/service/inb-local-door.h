/* The folder of the local socket, by which the desktop on this computer finds and enters the service. It is opened before
 * root's rights are given up, since afterwards its path may lie behind a private home.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbLocalDoor InbLocalDoor;

/* @socket: where the socket shall be; @account: what root will become, or NULL. */
InbLocalDoor *inb_local_door_open             (const char    *socket,
                                               const char    *account,
                                               GError       **error);
void          inb_local_door_free             (InbLocalDoor  *self);
/* The socket's path as clients know it. */
const char   *inb_local_door_get_socket       (InbLocalDoor  *self);
/* Its path for this process. */
const char   *inb_local_door_get_own_path     (InbLocalDoor  *self);
/* Who started the service, and may come in. */
uid_t         inb_local_door_get_uid          (InbLocalDoor  *self);
/* Puts the credentials beside the socket. */
gboolean      inb_local_door_put_credentials  (InbLocalDoor  *self,
                                               const char    *json,
                                               GError       **error);
void          inb_local_door_remove_credentials (InbLocalDoor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLocalDoor, inb_local_door_free)

G_END_DECLS

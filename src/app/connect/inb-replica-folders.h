/* Where the working copies are, how large they are, and how they go. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* $XDG_DATA_HOME/inbound-leads/replicas: beside it is the data of a service on this computer. Working copies that an older
 * version left one folder further up are moved there. */
char     *inb_replica_folders_get_default   (void);
/* Bytes on disk; on a thread. */
void      inb_replica_folders_measure_async  (const char           *folder,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gint64    inb_replica_folders_measure_finish (GAsyncResult         *result,
                                              GError              **error);
/* @folder and what is in it; nobody may have it open. At once: afterwards nothing of it can be read. */
gboolean  inb_replica_folders_delete         (const char           *folder,
                                              GError              **error);
/* The same, but what the user did and the service has not got yet stays, for the next time that the workspace is opened here. */
gboolean  inb_replica_folders_delete_copy    (const char           *folder,
                                              GError              **error);

G_END_DECLS

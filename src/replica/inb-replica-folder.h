/* The folder of a replica: its lock, the database file, and the damaged ones that were set aside. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_REPLICA_MAX_SET_ASIDE 2

typedef struct _InbReplicaFolder InbReplicaFolder;

InbReplicaFolder *inb_replica_folder_new              (const char        *path);
void              inb_replica_folder_free             (InbReplicaFolder  *self);
const char       *inb_replica_folder_get_database     (InbReplicaFolder  *self);
gboolean          inb_replica_folder_lock             (InbReplicaFolder  *self,
                                                       GError           **error);
gboolean          inb_replica_folder_make_private     (InbReplicaFolder  *self,
                                                       GError           **error);
gboolean          inb_replica_folder_set_aside        (InbReplicaFolder  *self,
                                                       GError           **error);
gboolean          inb_replica_folder_delete           (InbReplicaFolder  *self,
                                                       GError           **error);
gboolean          inb_replica_folder_delete_set_aside (InbReplicaFolder  *self,
                                                       guint              n_kept,
                                                       GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReplicaFolder, inb_replica_folder_free)

G_END_DECLS

/* Who and what the ids on leads stand for: the workspace's members, teams and stages by name, kept up with the replica. */
#pragma once

#include "inb-replica.h"
#include "inb-stage.h"

G_BEGIN_DECLS

#define INB_TYPE_DIRECTORY (inb_directory_get_type ())
G_DECLARE_FINAL_TYPE (InbDirectory, inb_directory, INB, DIRECTORY, GObject)

/* Signal: "changed": names came, went or are others. */

/* @replica need not be open yet; inb_directory_refresh() reads it for the first time. */
InbDirectory *inb_directory_new             (InbReplica   *replica);
void          inb_directory_refresh         (InbDirectory *self);
void          inb_directory_set_stages      (InbDirectory *self,
                                             InbStageSet  *stages);
/* What to show for an id; "Former member" and the like when it is nobody's any more; NULL for NULL and while nothing is known. */
const char   *inb_directory_get_member_name (InbDirectory *self,
                                             const char   *user_id);
const char   *inb_directory_get_team_name   (InbDirectory *self,
                                             const char   *team_id);
/* (transfer none) (nullable): NULL until they are known. */
InbStageSet  *inb_directory_get_stages      (InbDirectory *self);
/* (transfer full) (nullable) */
char         *inb_directory_dup_stage_name  (InbDirectory *self,
                                             const char   *key);
/* (transfer none) (element-type utf8 utf8): id → name, service users too. Valid until "changed". */
GHashTable   *inb_directory_get_member_names (InbDirectory *self);
GHashTable   *inb_directory_get_team_names  (InbDirectory *self);
/* (transfer none) (element-type InbRow): by name, without service users. Valid until "changed". */
GPtrArray    *inb_directory_get_members     (InbDirectory *self);
GPtrArray    *inb_directory_get_teams       (InbDirectory *self);

G_END_DECLS

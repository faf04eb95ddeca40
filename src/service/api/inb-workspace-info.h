/* What of a workspace its figures depend on, read at the beginning of a job. */
#pragma once

#include "inb-db.h"
#include "inb-stage.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  char        *zone;         /* its name, for PostgreSQL */
  GTimeZone   *timezone;
  char        *currency;
  InbStageSet *stages;
  char        *open_stages;  /* PostgreSQL's literal of an array of their keys */

  gboolean     names_all;    /* the roll-up still names every source and product (past 1,000 it folds the further ones) */
  gint64       now;          /* microseconds; what is relative is relative to it */
} InbWorkspaceInfo;

InbWorkspaceInfo *inb_workspace_info_read (InbDb             *db,
                                           const char        *workspace_id,
                                           gint64             now,
                                           GError           **error);
void              inb_workspace_info_free (InbWorkspaceInfo  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWorkspaceInfo, inb_workspace_info_free)

G_END_DECLS

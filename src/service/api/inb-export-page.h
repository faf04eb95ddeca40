/* The reading side of an export, on the reader pool: what it begins with, and its pages. */
#pragma once

#include "inb-export-request.h"
#include "inb-workspace-info.h"

G_BEGIN_DECLS

/* What all pages of one export share; between two jobs nobody else touches it. */
typedef struct {
  /* Owned */
  char             *workspace_id;
  char             *user_id;
  char             *user_name;
  char             *audit_id;    /* one entry, however often the first page is tried */
  InbExportRequest *request;
  InbWorkspaceInfo *info;        /* after the first page; its time holds for all */
  char             *after_time;  /* the key of the last row that was read, or NULL */
  char             *after_id;

  gboolean          is_complete; /* the last page was read */
} InbExportState;

InbExportState *inb_export_state_new  (const char        *workspace_id,
                                       const char        *user_id,
                                       const char        *user_name,
                                       InbExportRequest  *request);
void            inb_export_state_free (gpointer           state);
/* An InbReadFunc: the next page's lines as a GString, with the header row before the first. The first one is preceded by the
 * entry in the audit log. */
gpointer        inb_export_read_page  (InbDb             *db,
                                       gpointer           state,
                                       GError           **error);

G_END_DECLS

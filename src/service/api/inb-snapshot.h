/* The first pull of a new replica: pages of one kind, newest first, each in a short transaction of its own. What changes
 * meanwhile comes by the feed, followed from the head that the first page named.
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

typedef struct {
  char    *workspace_id;
  char    *user_id;
  InbKind  kind;
  gint64   limit;
  gsize    max_bytes;

  /* From the cursor; epoch is NULL for the first page */
  char    *epoch;
  gint64   head;
  gint64   below; /* the highest change_seq that was not sent yet */
} InbSnapshotRequest;

/* @cursor may be NULL. INB_ERROR_INVALID_ARGUMENT when it is none of @kind. */
InbSnapshotRequest *inb_snapshot_request_new  (const char  *workspace_id,
                                               const char  *user_id,
                                               InbKind      kind,
                                               gint64       limit,
                                               const char  *cursor,
                                               GError     **error);
void                inb_snapshot_request_free (gpointer     request);
/* Whether the kind has a snapshot. */
gboolean            inb_snapshot_has_kind     (InbKind      kind);
/* An InbReadFunc: the answer's JSON as a GString. */
gpointer            inb_snapshot_job          (InbDb       *db,
                                               gpointer     request,
                                               GError     **error);

G_END_DECLS

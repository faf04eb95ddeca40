/* Reading the change feed: every kind by its own index in one snapshot, merged by change_seq. For GET /api/changes and for
 * telling this process's clients what other processes wrote.
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

/* Where a workspace stands. */
typedef struct {
  char   *epoch;
  gint64  head;
  gint64  tombstones_from; /* the oldest cursor that may still follow the feed */
} InbFeedHead;

typedef struct {
  char    *workspace_id;
  char    *user_id; /* sees own and shared views; NULL = nobody in particular */
  char    *epoch;   /* that the caller expects, or NULL */
  gint64   since;
  gint64   limit;   /* rows */
  gsize    max_bytes;
} InbFeedRequest;

typedef struct {
  char     *epoch;
  gint64    from;
  gint64    to;    /* the cursor after these rows */
  gint64    head;
  gboolean  has_private; /* without a user: some view is not for everyone, so @rows must not be sent to all */
  GString  *rows;  /* {"kind":…,"row":{…}}, … without brackets */
} InbFeedPage;

void         inb_feed_head_clear   (InbFeedHead     *head);
/* The results of "api/head" as a head; INB_ERROR_NOT_FOUND when the workspace has none. */
gboolean     inb_feed_head_read    (InbFeedHead     *head,
                                    const PGresult  *result,
                                    GError         **error);
/* An InbReadFunc for a workspace id (utf8): an InbFeedHead to be freed by inb_feed_head_free(). */
gpointer     inb_feed_head_job     (InbDb           *db,
                                    gpointer         workspace_id,
                                    GError         **error);
void         inb_feed_head_free    (gpointer         head);

void         inb_feed_request_free (gpointer         request);
/* An InbReadFunc for an InbFeedRequest: an InbFeedPage, or INB_ERROR_RESYNC. */
gpointer     inb_feed_page_job     (InbDb           *db,
                                    gpointer         request,
                                    GError         **error);
void         inb_feed_page_free    (gpointer         page);
/* The statement that reads @kind's changes: workspace, since, limit[, user]; lives for ever. */
const char  *inb_feed_get_sql      (InbKind          kind,
                                    gboolean         for_user);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InbFeedHead, inb_feed_head_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFeedPage, inb_feed_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFeedRequest, inb_feed_request_free)

G_END_DECLS

/* The follow-ups of a span, read by their index. */
#pragma once

#include "inb-replica.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct {
  char   *owner;   /* user id; NULL = everybody's */
  gint64  after;   /* microseconds, not included */
  gint64  until;   /* included */
  guint   max;
} InbFollowUpWindow;

GPtrArray *inb_replica_read_follow_ups (InbSqlite                *db,
                                        const InbFollowUpWindow  *window,
                                        GError                  **error);

G_END_DECLS

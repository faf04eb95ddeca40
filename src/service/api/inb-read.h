/* One pipelined, reading transaction of a workspace. Send statements and receive one result for each in order; when
 * inb_read_finish() is called before the first receive, all of it is one trip. After a failure the connection is left as it
 * is: its owner resets it.
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

typedef struct {
  /* Borrowed */
  InbDb    *db;

  guint     n_hidden;   /* results of the begin that are still to come */
  gboolean  is_finished;
} InbRead;

/* @frozen: every statement sees the same snapshot. */
gboolean  inb_read_begin   (InbRead             *self,
                            InbDb               *db,
                            const char          *workspace_id,
                            gboolean             frozen,
                            GError             **error);
gboolean  inb_read_send    (InbRead             *self,
                            const char          *sql,
                            guint                n_params,
                            const char * const  *params,
                            GError             **error);
/* Nothing more will be sent: the commit goes out with what was. */
gboolean  inb_read_finish  (InbRead             *self,
                            GError             **error);
PGresult *inb_read_receive (InbRead             *self,
                            GError             **error);
/* Every result was received. */
gboolean  inb_read_end     (InbRead             *self,
                            GError             **error);
/* The whole of a transaction with one statement; its result (transfer full). */
PGresult *inb_read_one     (InbDb               *db,
                            const char          *workspace_id,
                            const char          *sql,
                            guint                n_params,
                            const char * const  *params,
                            GError             **error);

G_END_DECLS

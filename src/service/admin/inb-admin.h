/* One administrative change on its way into its transaction, by the API or by a command: what it reads under the workspace's lock, the
 * rows it puts, and the statements that follow them (tokens, audit lines, notifications), which are sent all at once.
 */
#pragma once

#include "inb-write-set.h"

G_BEGIN_DECLS

typedef struct {
  /* Borrowed */
  InbDb       *db;
  InbWriteSet *write_set;

  /* Owned */
  char        *workspace_id;
  char        *actor_id;    /* a user's id; NULL: a command */
  char        *actor;       /* as the audit log calls them */
  char        *now_text;    /* wire form */
  GPtrArray   *statements;  /* what follows the rows */
  GPtrArray   *dropped;     /* (element-type utf8): ids for the directory */
  GString     *extra;       /* members that the problem gets when it fails, "name":value; or NULL */

  gint64       now;         /* microseconds since 1970 UTC */
} InbAdmin;

InbAdmin *inb_admin_new   (InbDb               *db,
                           InbWriteSet         *write_set,
                           const char          *workspace_id,
                           const char          *actor_id,
                           const char          *actor,
                           gint64               now);
void      inb_admin_free  (InbAdmin            *self);
/* At once; sees no row that was only put. */
PGresult *inb_admin_query (InbAdmin            *self,
                           const char          *sql_name,
                           int                  n_params,
                           const char * const  *params,
                           GError             **error);
/* @sql_name: selects {columns} of one row by the workspace and @key. @row: (out) (transfer full): NULL when there is none. */
gboolean  inb_admin_load  (InbAdmin            *self,
                           const char          *sql_name,
                           InbKind              kind,
                           const char          *key,
                           InbRow             **row,
                           GError             **error);
/* Behind the rows; @params are copied. */
void      inb_admin_later (InbAdmin            *self,
                           const char          *sql_name,
                           int                  n_params,
                           const char * const  *params);
/* @details: JSON object, or NULL. */
void      inb_admin_audit (InbAdmin            *self,
                           const char          *action,
                           const char          *entity,
                           const char          *entity_id,
                           const char          *details);
/* A webhook's, token's or workspace's id that every service process has to look up again once this is committed. */
void      inb_admin_drop  (InbAdmin            *self,
                           const char          *id);
/* @db in pipeline mode, behind the rows. */
gboolean  inb_admin_send  (InbAdmin            *self,
                           guint               *n_statements,
                           GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbAdmin, inb_admin_free)

G_END_DECLS

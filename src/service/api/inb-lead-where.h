/* A scope turned into SQL that holds only the predicates that are asked for, and the parameters they take; the first one is the
 * workspace. All text is of our own, from sql/api/lead-filter.sql.
 */
#pragma once

#include "inb-lead-scope.h"
#include "inb-workspace-info.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray *params;      /* (element-type utf8) */
  GString   *predicates;  /* " AND …" on leads l, or on lead_counts or lead_day_counts n */
  char      *driver;      /* what a page loops over, or NULL */
  GString   *driven;      /* the predicates within that loop */
  gboolean   by_day;      /* of counts: only lead_day_counts can tell */
} InbLeadWhere;

/* @info: NULL when the scope needs none. @drivers: a bit per InbFilterField whose values a page may loop over. */
InbLeadWhere *inb_lead_where_new        (const InbLeadScope      *scope,
                                         const InbWorkspaceInfo  *info,
                                         const char              *workspace_id,
                                         guint                    drivers);
/* On the roll-up, of a scope that is rolled up. */
InbLeadWhere *inb_lead_where_new_counts (const InbLeadScope      *scope,
                                         const InbWorkspaceInfo  *info,
                                         const char              *workspace_id);
void          inb_lead_where_free       (InbLeadWhere            *self);
/* Only what comes after that lead where the newest stand first: the page behind the one that it ends. @time: when it was created, in
 * wire form. */
void          inb_lead_where_add_older  (InbLeadWhere            *self,
                                         const char              *time,
                                         const char              *id);
/* Adds a parameter, (transfer full): "$7", (transfer full). */
char         *inb_lead_where_add_param  (InbLeadWhere            *self,
                                         char                    *param);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadWhere, inb_lead_where_free)

G_END_DECLS

/* Where the figures of a scope come from: the roll-up where it can tell, else the leads themselves. The statements are the
 * sections of sql/api/lead-figures.sql.
 */
#pragma once

#include "inb-lead-where.h"
#include "inb-read.h"

G_BEGIN_DECLS

typedef struct {
  /* Borrowed */
  const char             *workspace_id;
  const InbWorkspaceInfo *info;
} InbFigures;

/* How many leads a source, a product or a stage has. */
typedef struct {
  /* Borrowed */
  const char *name;

  gint64      leads;
} InbNamedCount;

/* Most leads first, ties by name. */
int      inb_named_count_compare   (gconstpointer        a,
                                    gconstpointer        b);
/* Sends a section's statement. @...: pairs of a mark in it and a parameter's text, then NULL. */
gboolean inb_figures_send          (const InbFigures    *self,
                                    InbRead             *read,
                                    const InbLeadScope  *scope,
                                    const char          *section,
                                    GError             **error,
                                    ...) G_GNUC_NULL_TERMINATED;
/* One such statement in a transaction of its own. (transfer full) */
PGresult *inb_figures_query        (const InbFigures    *self,
                                    InbDb               *db,
                                    const InbLeadScope  *scope,
                                    const char          *section,
                                    GError             **error);
gboolean inb_figures_are_counted   (const InbFigures    *self,
                                    const InbLeadScope  *scope);
gint64   inb_figures_get_integer   (const PGresult      *result,
                                    int                  row,
                                    int                  field);
/* "15.2": converted of leads in percent, rounded to one decimal; there is at least one lead. */
void     inb_figures_append_rate   (GString             *json,
                                    gint64               converted,
                                    gint64               leads);
/* A local day, YYYY-MM-DD, @days after @day. (transfer full) */
char    *inb_figures_add_days      (const char          *day,
                                    int                  days);

G_END_DECLS

/* What the selection's parts share: inb-lead-selection.c is the view's model and keeps the current lead, inb-lead-selection-checks.c the
 * selected leads. */
#pragma once

#include "inb-lead-checks.h"
#include "inb-lead-rows.h"
#include "inb-lead-selection.h"

G_BEGIN_DECLS

struct _InbLeadSelection {
  GObject      parent_instance;

  /* Owned */
  InbLeadList   *list;
  InbLeadRows   *rows;
  char          *lead_id;
  InbLeadChecks *checks;
  InbLeadQuery  *query;      /* what the list showed when something was checked */
  GtkBitset     *extended;   /* numbers of the rows that the last range added, so that it can shrink again */
  char          *epoch;      /* of the replica: in another one rows are numbered anew */
  guint          count_idle;

  gint64         rowid;      /* of lead_id; 0 until it is known. Row ids live as long as the replica's file */
  gint64         anchor;     /* row id of what was toggled last */
  guint          n_checked;
  gboolean       counted;
  gboolean       unloaded;   /* a row was selected before its summary, and with it its id, had come */
};

/* Other leads are selected, or their number is another. */
void inb_lead_selection_tell_checks (InbLeadSelection *self);
/* Selects these rows as well; another range from the same start takes the place of the one before. */
void inb_lead_selection_check_range (InbLeadSelection *self,
                                     guint             position,
                                     guint             n_items);

G_END_DECLS

/* The order of a list of leads: a vector of row ids (element-type gint64), and what one has to do with the next. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What turns one order into the next: @removed rows at @position are replaced by @added ones. */
typedef struct {
  guint position;
  guint removed;
  guint added;
} InbLeadSplice;

static inline gint64
inb_lead_order_get (GArray *order,
                    guint   position)
{
  return g_array_index (order, gint64, position);
}

/* Whether to give the rows other leads rather than to move them: a true change of so many costs the list view more. @first, @n_rows: on
 * screen. @follows_top: what comes in at the top shall be seen. */
gboolean      inb_lead_order_is_exchange (const InbLeadSplice *splice,
                                          guint                first,
                                          guint                n_rows,
                                          gboolean             follows_top);
gboolean      inb_lead_order_find        (GArray *order,
                                          gint64  rowid,
                                          guint  *position);
InbLeadSplice inb_lead_order_compare     (GArray *old,
                                          GArray *next);
/* Where in @next to go on looking, so that what stood at @first of @old, or the next of @n_rows that is still there, stays. */
guint         inb_lead_order_find_anchor (GArray *old,
                                          guint   first,
                                          guint   n_rows,
                                          GArray *next);
/* (transfer full): up to @n_rows of those that came last, newest first: rows are numbered as they come. */
GArray       *inb_lead_order_find_newest (GArray *order,
                                          guint   n_rows);

G_END_DECLS

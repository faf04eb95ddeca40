#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-order.h"

/* The list view compares every added row. */
#define MAX_ADDED 2048
/* Of those that it has as widgets, each goes and another is made. */
#define MAX_WIDGETS 24
/* It has so many of them on either side of what is on screen, at most. */
#define REACH 205

gboolean
inb_lead_order_find (GArray *order,
                     gint64  rowid,
                     guint  *position)
{
  for (guint i = 0; i < order->len; i++)
    if (inb_lead_order_get (order, i) == rowid)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

InbLeadSplice
inb_lead_order_compare (GArray *old,
                        GArray *next)
{
  guint shorter = MIN (old->len, next->len);
  guint prefix = 0;
  guint suffix = 0;

  while (prefix < shorter && inb_lead_order_get (old, prefix) == inb_lead_order_get (next, prefix))
    prefix++;
  while (suffix < shorter - prefix &&
         inb_lead_order_get (old, old->len - 1 - suffix) == inb_lead_order_get (next, next->len - 1 - suffix))
    suffix++;

  return (InbLeadSplice) { prefix, old->len - prefix - suffix, next->len - prefix - suffix };
}

/* How many of the @n rows at @position the list view has as widgets, about. */
static guint
count_widgets (guint position,
               guint n,
               guint first,
               guint n_rows)
{
  guint begin = MAX (position, first - MIN (first, REACH));
  guint end = MIN (position + n, first + n_rows + REACH);

  return end - MIN (begin, end);
}

gboolean
inb_lead_order_is_exchange (const InbLeadSplice *splice,
                            guint                first,
                            guint                n_rows,
                            gboolean             follows_top)
{
  if (splice->removed > 0)
    return splice->added > MAX_ADDED || count_widgets (splice->position, splice->removed, first, n_rows) > MAX_WIDGETS;

  return follows_top && count_widgets (splice->position, splice->added, first, n_rows) > MAX_WIDGETS;
}

guint
inb_lead_order_find_anchor (GArray *old,
                            guint   first,
                            guint   n_rows,
                            GArray *next)
{
  for (guint i = first; i < MIN (first + n_rows, old->len); i++)
    {
      guint position;

      if (inb_lead_order_find (next, inb_lead_order_get (old, i), &position))
        return position - MIN (position, i - first);
    }

  return MIN (first, next->len > 0 ? next->len - 1 : 0);
}

static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  gint64 first = ABS (*(const gint64 *) a);
  gint64 second = ABS (*(const gint64 *) b);

  return (first < second) - (first > second);
}

/**
 * inb_lead_order_find_newest:
 *
 * One pass: what is newer than the oldest of those found so far takes its place.
 *
 * Returns: (transfer full) (element-type gint64): the newest rows
 */
GArray *
inb_lead_order_find_newest (GArray *order,
                            guint   n_rows)
{
  GArray *newest = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < order->len && n_rows > 0; i++)
    {
      gint64 rowid = inb_lead_order_get (order, i);
      guint at = newest->len;

      if (at == n_rows && ABS (inb_lead_order_get (newest, at - 1)) >= ABS (rowid))
        continue;
      if (at == n_rows)
        g_array_set_size (newest, --at);
      /* Rows mostly come in falling order, and then the place is the end. */
      while (at > 0 && compare_newest (&rowid, &g_array_index (newest, gint64, at - 1)) < 0)
        at--;
      g_array_insert_val (newest, at, rowid);
    }

  return newest;
}

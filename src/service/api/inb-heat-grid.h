/* The cells of a heat map while it is put together: names in their order, the ones past the limit folded, sums, and where asked
 * for medians, which cannot be summed.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_HEAT_OTHER "other"

typedef struct {
  gint64 leads;
  gint64 converted;
  gint64 value;   /* hundredths */
  gint64 median;  /* seconds; -1 = none */
} InbHeatCell;

typedef struct {
  GPtrArray *names;      /* (element-type utf8) in their order, without "other" */
  GHashTable *indices;   /* name → index + 1 */
  gboolean   has_other;
  guint      length;     /* with "other" */
} InbHeatAxis;

typedef struct {
  InbHeatAxis  rows;
  InbHeatAxis  columns;
  InbHeatCell *cells;        /* (rows.length + 1) × (columns.length + 1): the last of each is the total */
} InbHeatGrid;

/* The leads of one name of either axis, in any order; a name may come more than once. */
typedef struct {
  const char *row;
  const char *column;
  gint64      leads;
  gint64      converted;
  gint64      value;
} InbHeatEntry;

/* Most leads first, ties by name, at most the given numbers of names. */
InbHeatGrid *inb_heat_grid_new         (const InbHeatEntry *entries,
                                        guint               n_entries,
                                        guint               max_rows,
                                        guint               max_columns);
/* Names in the order given, all of them always. */
InbHeatGrid *inb_heat_grid_new_fixed   (const InbHeatEntry *entries,
                                        guint               n_entries,
                                        const char * const *rows,
                                        const char * const *columns);
void         inb_heat_grid_free        (InbHeatGrid        *self);
/* NULL: "other"; @total: the total of the axis. */
guint        inb_heat_axis_find        (const InbHeatAxis  *axis,
                                        const char         *name,
                                        gboolean            total);
InbHeatCell *inb_heat_grid_get         (InbHeatGrid        *self,
                                        guint               row,
                                        guint               column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHeatGrid, inb_heat_grid_free)

G_END_DECLS

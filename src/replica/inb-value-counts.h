/* Names with how many leads have them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char   *name;
  gint64  leads;
} InbNamedCount;

/* How many leads have each value of a field, for the filter's lists. */
typedef struct {
  guint          n_values;
  InbNamedCount *values;   /* most leads first, ties by name; "" = leads without one */
} InbValueCounts;

void inb_value_counts_free (InbValueCounts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbValueCounts, inb_value_counts_free)

G_END_DECLS

/* Random leads, and counts of them that are slow and plain. */
#pragma once

#include "inb-facts-kit.h"
#include "inb-time.h"

G_BEGIN_DECLS

#define INB_FACTS_NOW (1780000000 * INB_TIME_SECOND)

typedef struct {
  InbLeadFacts *facts;
  guint64      *wanted;
  GRand        *rand;
} InbFactsWorld;

typedef struct {
  const char *name;
  gint64      leads;
} InbFactsNamed;

typedef gboolean (*InbFactsCondition) (InbFactsWorld *world,
                                       guint32        row,
                                       gpointer       data);

void         inb_facts_world_init            (InbFactsWorld *world,
                                              guint          round);
void         inb_facts_world_clear           (InbFactsWorld *world);
const char  *inb_facts_world_get_stage       (InbFactsWorld *world,
                                              guint32        row);
gboolean     inb_facts_world_is_open         (InbFactsWorld *world,
                                              guint32        row);
gboolean     inb_facts_world_is_wanted       (InbFactsWorld *world,
                                              guint32        row);
int          inb_facts_world_get_today       (InbFactsWorld *world);
gint64       inb_facts_world_sorted_quantile (GArray *values,
                                              guint   percent);
gboolean     inb_facts_world_holds_always    (InbFactsWorld *world,
                                              guint32        row,
                                              gpointer       data);
GArray      *inb_facts_world_list_values     (InbFactsWorld     *world,
                                              InbFilterField     field,
                                              gboolean           with_none,
                                              InbFactsCondition  condition,
                                              gpointer           data);
void         inb_facts_world_check_names     (GArray  *list,
                                              char   **names,
                                              guint    n_names,
                                              gboolean has_other,
                                              guint    limit);

G_END_DECLS

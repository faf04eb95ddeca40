/* Facts of leads that are not in any file, made from a seed. */
#pragma once

#include "inb-lead-facts.h"

G_BEGIN_DECLS

typedef struct {
  guint       n_rows;
  guint       n_sources;
  guint       n_products;
  const char *timezone;
  gint64      now;        /* the last lead is created a little after it */
  guint       n_days;     /* over which leads are created before it */
} InbFactsKitShape;

InbLeadFacts *inb_facts_kit_new      (guint32                 seed,
                                      const InbFactsKitShape *shape);
void          inb_facts_kit_free     (InbLeadFacts           *facts);
void          inb_facts_kit_set_created (InbLeadFacts        *facts,
                                      guint32                 row,
                                      gint64                  created_at);
/* Rows taken at random among those that are shown. */
guint64      *inb_facts_kit_choose   (const InbLeadFacts     *facts,
                                      GRand                  *rand,
                                      double                  share);
gboolean      inb_facts_kit_has      (const guint64          *rows,
                                      guint32                 row);
const char   *inb_facts_kit_get_text (const InbLeadFacts     *facts,
                                      InbFilterField          field,
                                      guint32                 row);

G_END_DECLS

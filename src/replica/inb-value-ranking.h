/* The values of a field in the order in which figures name them: most leads first, ties by name; what is past a limit is "other". */
#pragma once

#include "inb-lead-facts.h"
#include "inb-value-counts.h"

G_BEGIN_DECLS

#define INB_VALUE_RANKING_NONE G_MAXUINT32

typedef struct {
  guint     n_ranked;   /* values with a place of their own */
  gboolean  has_other;  /* one place more, after them */
  guint     n_places;
  guint32  *codes;      /* n_ranked: place → code */
  guint32  *places;     /* code → place; INB_VALUE_RANKING_NONE = no leads */
  gint64   *counts;     /* n_ranked */
  GPtrArray *texts;     /* the field's, by code */
} InbValueRanking;

gint64          *inb_value_ranking_count      (const InbLeadFacts    *facts,
                                               const guint64         *wanted,
                                               InbFilterField         field);
InbValueRanking *inb_value_ranking_new        (const InbFactValues   *values,
                                               const gint64          *counts,
                                               guint                  limit);
void             inb_value_ranking_free       (InbValueRanking       *self);
const char      *inb_value_ranking_get_name   (const InbValueRanking *self,
                                               guint                  place);
char           **inb_value_ranking_dup_names  (const InbValueRanking *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbValueRanking, inb_value_ranking_free)

G_END_DECLS

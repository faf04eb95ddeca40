#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-figures-count.h"

#include "inb-value-ranking.h"

/**
 * inb_lead_figures_count_values:
 * @wanted: a bit per row
 *
 * Returns: (transfer full): how many of those rows have each value of @field
 */
InbValueCounts *
inb_lead_figures_count_values (const InbLeadFacts *facts,
                               const guint64      *wanted,
                               InbFilterField      field)
{
  g_autofree gint64 *counts = inb_value_ranking_count (facts, wanted, field);
  g_autoptr (InbValueRanking) ranking = inb_value_ranking_new (&facts->values[field], counts, G_MAXUINT);
  InbValueCounts *values = g_new0 (InbValueCounts, 1);

  values->n_values = ranking->n_ranked;
  values->values = g_new0 (InbNamedCount, ranking->n_ranked);
  for (guint i = 0; i < ranking->n_ranked; i++)
    {
      values->values[i].name = g_strdup (inb_value_ranking_get_name (ranking, i));
      values->values[i].leads = ranking->counts[i];
    }

  return values;
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-metric.h"

#include "inb-protocol.h"

static gboolean
set_value (InbLeadFilter  *filter,
           InbFilterField  field,
           const char     *value,
           gboolean        add)
{
  if (value == NULL)
    return FALSE;

  if (!add)
    inb_lead_filter_set_values (filter, field, NULL);
  inb_lead_filter_add_value (filter, field, value);

  return TRUE;
}

static gboolean
set_pending (InbLeadFilter *filter,
             InbStageSet   *stages,
             gboolean       add)
{
  g_autoptr (InbStageSet) known = stages != NULL ? inb_stage_set_ref (stages) : inb_stage_set_new_default ();
  gboolean found = FALSE;

  if (!add)
    inb_lead_filter_set_values (filter, INB_FILTER_STAGE, NULL);
  for (guint i = 0; i < inb_stage_set_get_size (known); i++)
    {
      const char *key = inb_row_get (inb_stage_set_get (known, i), INB_STAGE_KEY);

      if (inb_stage_set_get_category (known, key) != INB_STAGE_CATEGORY_OPEN || g_str_equal (key, INB_STAGE_DEFAULT_KEY))
        continue;
      inb_lead_filter_add_value (filter, INB_FILTER_STAGE, key);
      found = TRUE;
    }

  return found;
}

gboolean
inb_metric_apply (InbMetric         self,
                  const InbMetrics *metrics,
                  InbStageSet      *stages,
                  gboolean          add,
                  InbLeadFilter    *filter)
{
  g_return_val_if_fail (filter != NULL, FALSE);

  switch (self)
    {
    case INB_METRIC_TOTAL:
      inb_lead_filter_clear (filter);
      return TRUE;
    case INB_METRIC_NEW:
      return set_value (filter, INB_FILTER_STAGE, INB_STAGE_DEFAULT_KEY, add);
    case INB_METRIC_PENDING:
      return set_pending (filter, stages, add);
    case INB_METRIC_TODAY:
      filter->created = (InbDateRange) { .kind = INB_DATE_RANGE_TODAY };
      return TRUE;
    case INB_METRIC_TOP_PRODUCT:
      return set_value (filter, INB_FILTER_PRODUCT, metrics != NULL ? metrics->top_product : NULL, add);
    case INB_METRIC_TOP_SOURCE:
      return set_value (filter, INB_FILTER_SOURCE, metrics != NULL ? metrics->top_source : NULL, add);
    case INB_METRIC_CONVERSION:
      filter->flags |= INB_FILTER_CONVERTED;
      return TRUE;
    case INB_METRIC_RESPONSE:
      filter->flags |= INB_FILTER_UNANSWERED;
      return TRUE;
    case INB_N_METRICS:
    default:
      g_return_val_if_reached (FALSE);
    }
}

#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-query.h"

G_DEFINE_BOXED_TYPE (InbLeadQuery, inb_lead_query, inb_lead_query_copy, inb_lead_query_free)

/**
 * inb_lead_query_new:
 *
 * Returns: (transfer full): every lead, newest first
 */
InbLeadQuery *
inb_lead_query_new (void)
{
  InbLeadQuery *self = g_new0 (InbLeadQuery, 1);

  self->sort = INB_LEAD_SORT_CREATED;
  self->descending = TRUE;
  self->filter = inb_lead_filter_new ();

  return self;
}

/**
 * inb_lead_query_copy:
 *
 * Returns: (transfer full): a deep copy
 */
InbLeadQuery *
inb_lead_query_copy (const InbLeadQuery *self)
{
  InbLeadQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof (InbLeadQuery));
  copy->filter = inb_lead_filter_copy (self->filter);

  return copy;
}

void
inb_lead_query_free (InbLeadQuery *self)
{
  if (self == NULL)
    return;

  inb_lead_filter_free (self->filter);
  g_free (self);
}

/**
 * inb_lead_query_equal:
 *
 * Returns: whether both yield the same rows in the same order
 */
gboolean
inb_lead_query_equal (const InbLeadQuery *a,
                      const InbLeadQuery *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->sort == b->sort &&
         a->descending == b->descending &&
         a->contacts == b->contacts &&
         a->now == b->now &&
         inb_lead_filter_equal (a->filter, b->filter);
}

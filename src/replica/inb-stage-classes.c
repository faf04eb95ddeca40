#define G_LOG_DOMAIN "inb-replica"

#include "inb-stage-classes.h"

InbStageClasses *
inb_stage_classes_new (const InbLeadFacts *facts)
{
  InbStageClasses *self = g_new0 (InbStageClasses, 1);
  const GPtrArray *texts = facts->values[INB_FILTER_STAGE].texts;

  self->n_codes = texts->len;
  self->categories = g_new (guint8, texts->len);
  self->are_new = g_new (guint8, texts->len);
  for (guint code = 0; code < texts->len; code++)
    {
      const char *key = g_ptr_array_index (texts, code);

      self->categories[code] = inb_stage_set_get_category (facts->stages, key);
      self->are_new[code] = g_str_equal (key, INB_STAGE_DEFAULT_KEY);
    }

  return self;
}

void
inb_stage_classes_free (InbStageClasses *self)
{
  if (self == NULL)
    return;

  g_free (self->categories);
  g_free (self->are_new);
  g_free (self);
}

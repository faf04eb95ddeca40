#define G_LOG_DOMAIN "inb-replica"

#include "inb-stage-classes.h"

/* Stages that have not arrived yet count by their built-in meaning. */
static InbStageCategory
find_category (InbStageSet *stages,
               const char  *key)
{
  if (inb_stage_set_find (stages, key) == NULL)
    {
      if (g_str_equal (key, "won"))
        return INB_STAGE_CATEGORY_WON;
      if (g_str_equal (key, "lost"))
        return INB_STAGE_CATEGORY_LOST;
    }

  return inb_stage_set_get_category (stages, key);
}

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

      self->categories[code] = find_category (facts->stages, key);
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

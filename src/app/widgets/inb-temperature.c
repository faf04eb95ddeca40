#define G_LOG_DOMAIN "inb-app"

#include "inb-temperature.h"

#include "inb-format.h"

#include <glib/gi18n.h>

#define HOT_SCORE 70
#define WARM_SCORE 40

static const struct {
  const char *key;
  const char *name;
  const char *word;       /* behind a score */
  const char *shape;
  const char *css_class;
} looks[] = {
  [INB_HEAT_NONE] = { NULL, NULL, NULL, NULL, NULL },
  [INB_HEAT_COLD] = { "cold", N_("Cold"), N_("cold"), "inb-shape-circle-symbolic", "heat-cold" },
  [INB_HEAT_WARM] = { "warm", N_("Warm"), N_("warm"), "inb-shape-diamond-symbolic", "heat-warm" },
  [INB_HEAT_HOT] = { "hot", N_("Hot"), N_("hot"), "inb-shape-triangle-symbolic", "heat-hot" },
  [INB_HEAT_OTHER] = { NULL, NULL, NULL, "inb-shape-square-symbolic", "heat-other" },
};

InbHeat
inb_temperature_get_heat (const char *temperature)
{
  if (temperature == NULL || *temperature == '\0')
    return INB_HEAT_NONE;

  for (InbHeat heat = INB_HEAT_COLD; heat <= INB_HEAT_HOT; heat++)
    if (g_ascii_strcasecmp (looks[heat].key, temperature) == 0)
      return heat;

  return INB_HEAT_OTHER;
}

InbHeat
inb_temperature_rate_score (gint64 score)
{
  if (score < 0)
    return INB_HEAT_NONE;

  return score >= HOT_SCORE ? INB_HEAT_HOT : score >= WARM_SCORE ? INB_HEAT_WARM : INB_HEAT_COLD;
}

/**
 * inb_temperature_dup_name:
 * @temperature: (nullable): a lead's temperature
 *
 * Returns: (transfer full) (nullable): its word; a sender's own word as it is
 */
char *
inb_temperature_dup_name (const char *temperature)
{
  InbHeat heat = inb_temperature_get_heat (temperature);

  if (heat == INB_HEAT_NONE)
    return NULL;

  return looks[heat].name != NULL ? g_strdup (_(looks[heat].name)) : inb_format_key (temperature);
}

/**
 * inb_temperature_dup_score_text:
 * @score: a lead's score, less than 0 for none
 *
 * Returns: (transfer full) (nullable): number and word
 */
char *
inb_temperature_dup_score_text (gint64 score)
{
  InbHeat heat = inb_temperature_rate_score (score);

  if (heat == INB_HEAT_NONE)
    return NULL;

  /* Translators: a lead's score and its word, "82 hot"; between them a figure space. */
  return g_strdup_printf (_("%d\u2007%s"), (int) score, _(looks[heat].word));
}

const char *
inb_temperature_get_shape (InbHeat heat)
{
  return looks[heat].shape;
}

const char *
inb_temperature_get_css_class (InbHeat heat)
{
  return looks[heat].css_class;
}

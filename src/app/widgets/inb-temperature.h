/* How warm a lead is, in word, shape and colour: as the sender or a person put it (its temperature), or by its score. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  INB_HEAT_NONE,
  INB_HEAT_COLD,
  INB_HEAT_WARM,
  INB_HEAT_HOT,
  INB_HEAT_OTHER      /* a word of the sender's own */
} InbHeat;

InbHeat     inb_temperature_get_heat       (const char *temperature);
/* @score: 0 … 100; less is none. */
InbHeat     inb_temperature_rate_score     (gint64      score);
/* (transfer full) (nullable): "Hot". */
char       *inb_temperature_dup_name       (const char *temperature);
/* (transfer full) (nullable): "82 · hot". */
char       *inb_temperature_dup_score_text (gint64      score);
/* Of the symbolic icon, and of the style class that has its colour; NULL for none. */
const char *inb_temperature_get_shape      (InbHeat     heat);
const char *inb_temperature_get_css_class  (InbHeat     heat);

G_END_DECLS

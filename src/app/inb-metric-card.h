/* One figure: its name, its value, and a small line below. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_METRIC_CARD (inb_metric_card_get_type ())
G_DECLARE_FINAL_TYPE (InbMetricCard, inb_metric_card, INB, METRIC_CARD, AdwBin)

GtkWidget *inb_metric_card_new       (const char    *title);
/* @note: the small line, or NULL. @definition: what exactly is counted, for the tooltip. */
void       inb_metric_card_set       (InbMetricCard *self,
                                      const char    *figure,
                                      const char    *note,
                                      const char    *definition);
/* The value is a name, not a number: it is set smaller. */
void       inb_metric_card_set_words (InbMetricCard *self,
                                      gboolean       words);

G_END_DECLS

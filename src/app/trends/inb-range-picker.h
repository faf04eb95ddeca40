/* A button that says which days are meant, and lets one choose others: a span that moves with the days, or from one day to
 * another. */
#pragma once

#include "inb-date-range.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_RANGE_PICKER (inb_range_picker_get_type ())
G_DECLARE_FINAL_TYPE (InbRangePicker, inb_range_picker, INB, RANGE_PICKER, AdwBin)

/* Signal: "changed": the user chose another range. */

void                inb_range_picker_set_range (InbRangePicker     *self,
                                                const InbDateRange *range);
const InbDateRange *inb_range_picker_get_range (InbRangePicker     *self);
/* (transfer full): "Last 7 Days", "1 May 2026 – 5 May 2026" */
char               *inb_range_picker_format    (const InbDateRange *range);
/* (transfer full): for settings: "last_7_days", "2026-05-01/2026-05-05" */
char               *inb_range_picker_to_text   (const InbDateRange *range);
/* FALSE, and no change, when @text is none. */
gboolean            inb_range_picker_from_text (const char         *text,
                                                InbDateRange       *range);

G_END_DECLS

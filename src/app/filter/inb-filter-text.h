/* A filter in words, for chips, menus, titles of exports and saved views. */
#pragma once

#include "inb-session.h"

G_BEGIN_DECLS

/* "Stage", "Source", … */
const char *inb_filter_text_get_field     (InbFilterField        field);
/* (transfer full): "New", "Facebook Ads", "Nobody", "No product", … */
char       *inb_filter_text_get_value     (InbSession           *session,
                                           InbFilterField        field,
                                           const char           *value);
/* "Last 7 days"; NULL for INB_DATE_RANGE_DAYS. */
const char *inb_filter_text_get_preset    (InbDateRangeKind      kind);
/* (transfer full): "Last 7 days", "1 Nov 2026 – 5 Nov 2026", "from 1 Nov 2026". */
char       *inb_filter_text_get_range     (const InbDateRange   *range);
/* (transfer full): "Monday, 09:00–10:00" of a filter that names a weekday or an hour. */
char       *inb_filter_text_get_week_hour (const InbLeadFilter  *filter);
const char *inb_filter_text_get_flag      (InbFilterFlags        flag);
/* (transfer full): all of it on one line, "" for every lead. */
char       *inb_filter_text_describe      (InbSession           *session,
                                           const InbLeadFilter  *filter);

G_END_DECLS

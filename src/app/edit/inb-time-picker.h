/* A popover for when to come back to somebody: the usual times, or a day and a time of one's own; in the workspace's zone. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TIME_PICKER (inb_time_picker_get_type ())
G_DECLARE_FINAL_TYPE (InbTimePicker, inb_time_picker, INB, TIME_PICKER, GtkPopover)

typedef enum {
  INB_TIME_PRESET_LATER,      /* in three hours, by the full half hour */
  INB_TIME_PRESET_TOMORROW,   /* 9:00 */
  INB_TIME_PRESET_IN_3_DAYS,  /* 9:00 */
  INB_TIME_PRESET_NEXT_WEEK,  /* Monday 9:00 */
  INB_N_TIME_PRESETS
} InbTimePreset;

/* Signal: "picked" (gint64 microseconds): INB_TIME_NONE for none. The popover is shut by then. */

GtkWidget  *inb_time_picker_new        (void);
void        inb_time_picker_set_zone   (InbTimePicker *self,
                                        GTimeZone     *zone);
/* Without them for what has been; with them to begin with. */
void        inb_time_picker_set_has_presets (InbTimePicker *self,
                                             gboolean       has_presets);
/* INB_TIME_NONE: nothing to take away. */
void        inb_time_picker_set_time   (InbTimePicker *self,
                                        gint64         microseconds);
/* Pure: INB_TIME_NONE when today is too late for it. */
gint64      inb_time_preset_resolve    (InbTimePreset  preset,
                                        gint64         now,
                                        GTimeZone     *zone);
const char *inb_time_preset_get_name   (InbTimePreset  preset);
/* "2026-11-22" and "9:00" or "17:30", to us in @zone. */
gboolean    inb_time_picker_parse      (const char    *day,
                                        const char    *time,
                                        GTimeZone     *zone,
                                        gint64        *microseconds);

G_END_DECLS

/* What happened with a lead, newest first, under day headings; all of it, or what is of one kind. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TIMELINE (inb_timeline_get_type ())
G_DECLARE_FINAL_TYPE (InbTimeline, inb_timeline, INB, TIMELINE, AdwBin)

typedef gboolean (*InbTimelineIsWaiting) (const InbRow *activity,
                                          gpointer      data);

GtkWidget *inb_timeline_new  (InbSession           *session,
                              InbTimelineIsWaiting  is_waiting,
                              gpointer              data);
/* @activities: (element-type InbRow), newest first. */
void       inb_timeline_show (InbTimeline          *self,
                              GPtrArray            *activities);

G_END_DECLS

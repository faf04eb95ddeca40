/* What is told in passing, at the window's bottom: short remarks, and leads that came in, whose toast is renewed while it is
 * open. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TOASTER (inb_toaster_get_type ())
G_DECLARE_FINAL_TYPE (InbToaster, inb_toaster, INB, TOASTER, GObject)

InbToaster *inb_toaster_new      (AdwToastOverlay *overlay);
/* Plain text, for two seconds. */
void        inb_toaster_say      (InbToaster      *self,
                                  const char      *text);
/* Plain text; with @lead_id it has a button that opens the lead. */
void        inb_toaster_announce (InbToaster      *self,
                                  const char      *text,
                                  const char      *lead_id);

G_END_DECLS

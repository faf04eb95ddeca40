/* What is told in passing, at the window's bottom: short remarks, leads that came in, whose toast is renewed while it is open, and
 * what was done, with a way back. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TOASTER (inb_toaster_get_type ())
G_DECLARE_FINAL_TYPE (InbToaster, inb_toaster, INB, TOASTER, GObject)

InbToaster *inb_toaster_new      (AdwToastOverlay *overlay);
/* Plain text, in place of the one before. */
void        inb_toaster_say      (InbToaster      *self,
                                  const char      *text);
/* Plain text that has to be read: it stays longer. */
void        inb_toaster_warn     (InbToaster      *self,
                                  const char      *text);
/* Plain text with an Undo button for that group of edits; the one before goes, as undo knows it all the same. */
void        inb_toaster_tell_done (InbToaster     *self,
                                  const char      *text,
                                  const char      *group);
/* What can be undone is another. */
void        inb_toaster_drop_done (InbToaster     *self);
/* Plain text; with @lead_id it has a button that opens the lead. */
void        inb_toaster_announce (InbToaster      *self,
                                  const char      *text,
                                  const char      *lead_id);

G_END_DECLS

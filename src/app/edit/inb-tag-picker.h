/* A popover that gives tags to leads or takes them away: one that is typed, or known ones, found while typing. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TAG_PICKER (inb_tag_picker_get_type ())
G_DECLARE_FINAL_TYPE (InbTagPicker, inb_tag_picker, INB, TAG_PICKER, GtkPopover)

/* Signal: "picked" (const char *tag, gboolean removed). The popover is shut by then. */

GtkWidget *inb_tag_picker_new      (void);
/* What can be completed. */
void       inb_tag_picker_set_tags (InbTagPicker       *self,
                                    const char * const *tags);

G_END_DECLS

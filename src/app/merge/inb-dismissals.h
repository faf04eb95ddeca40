/* Which contacts are known to be different people, though something is the same about them: told on this computer, and kept in a small
 * file of ids beside the workspace's replica. */
#pragma once

#include "inb-duplicate.h"

G_BEGIN_DECLS

#define INB_TYPE_DISMISSALS (inb_dismissals_get_type ())
G_DECLARE_FINAL_TYPE (InbDismissals, inb_dismissals, INB, DISMISSALS, GObject)

/* Signal: "changed". */

/* @path: a file that may be missing; what cannot be read in it is forgotten with a warning. */
InbDismissals *inb_dismissals_new    (const char         *path);
/* Whether nobody of them may be somebody else of them. */
gboolean       inb_dismissals_has    (InbDismissals      *self,
                                      const InbDuplicate *duplicate);
/* FALSE: it could not be written, and holds until the program ends. */
gboolean       inb_dismissals_add    (InbDismissals      *self,
                                      const InbDuplicate *duplicate,
                                      GError            **error);
gboolean       inb_dismissals_remove (InbDismissals      *self,
                                      const InbDuplicate *duplicate,
                                      GError            **error);

G_END_DECLS

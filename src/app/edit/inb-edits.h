/* What the user does to leads in one session: hands it to the outbox, tells when it is safe or why it is not, and takes it back. No
 * widgets. */
#pragma once

#include "inb-outbox.h"
#include "inb-sync-client.h"

G_BEGIN_DECLS

#define INB_TYPE_EDITS (inb_edits_get_type ())
G_DECLARE_FINAL_TYPE (InbEdits, inb_edits, INB, EDITS, GObject)

/* Properties, all readable, with notify: "can-undo", "undo-label" (what is taken back next, or NULL), "role" (InbRole as uint).
 * Signals:
 * "done" (const char *group, const char *label, gboolean quiet): it is on the disk. @quiet: the user sees it where he typed it.
 * "undone" (const char *group, const char *label): a group is being taken back, as far as nobody wrote since; of what was done at the
 *   service, @group is that group, and it has been.
 * "failed" (const char *message): nothing was done; for the user.
 * "reported" (const char *message): what came of it that the user would not expect; for the user. */

InbEdits   *inb_edits_new            (InbReplica           *replica);
/* Who takes back what was done at the service. */
void        inb_edits_set_client     (InbEdits             *self,
                                      InbSyncClient        *client);
void        inb_edits_do             (InbEdits             *self,
                                      InbEdit              *edit);
/* For what can be typed back where it was typed: undo knows it, but no toast is called for. */
void        inb_edits_do_quietly     (InbEdits             *self,
                                      InbEdit              *edit);
/* For a form that stays open until its content is safe; a failure is the caller's to show, and "failed" is not emitted. (transfer full):
 * the group. */
void        inb_edits_do_async       (InbEdits             *self,
                                      InbEdit              *edit,
                                      gboolean              quiet,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
char       *inb_edits_do_finish      (InbEdits             *self,
                                      GAsyncResult         *result,
                                      GError              **error);
/* What was done at the service, an import: undo knows it as well, and "done" is emitted. */
void        inb_edits_note_at_service (InbEdits            *self,
                                      const char           *group,
                                      const char           *label);
/* The newest of this session that was not taken back. */
void        inb_edits_undo           (InbEdits             *self);
void        inb_edits_undo_group     (InbEdits             *self,
                                      const char           *group);
gboolean    inb_edits_get_can_undo   (InbEdits             *self);
const char *inb_edits_get_undo_label (InbEdits             *self);
InbRole     inb_edits_get_role       (InbEdits             *self);
/* @reason: (out) (optional): for a tooltip, translated; NULL when the user may. */
gboolean    inb_edits_may            (InbEdits             *self,
                                      InbRight              right,
                                      const char          **reason);
/* What went wrong, for the user. (transfer full) */
char       *inb_edits_describe_error (InbEdits             *self,
                                      const GError         *error);

G_END_DECLS

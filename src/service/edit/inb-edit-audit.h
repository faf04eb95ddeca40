/* The line that the audit log gets of leads that were changed together: who did it, also if the service ends in the middle of it. */
#pragma once

#include "inb-directory.h"
#include "inb-write.h"

G_BEGIN_DECLS

/* Sends it as one more statement of @write. @id: of the line, and what it is about; @details: a JSON object. */
gboolean inb_edit_audit_send (InbWrite          *write,
                              const InbSession  *session,
                              const char        *id,
                              const char        *action,
                              const char        *details,
                              guint             *n_statements,
                              GError           **error);

G_END_DECLS

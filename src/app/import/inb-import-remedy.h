/* Why a line or a whole file was refused and what to do about it, in the user's words. */
#pragma once

#include "inb-import-outcome.h"

G_BEGIN_DECLS

/* @reason, @remedy: (out) (transfer full) */
void inb_import_remedy_describe (const InbImportRefusal  *refusal,
                                 char                   **reason,
                                 char                   **remedy);
/* @error: (nullable): of the service, of its connection or of a file. (transfer full) */
char *inb_import_remedy_describe_error (const GError *error);

G_END_DECLS

/* Why a line was refused and what to do about it, in the user's words. */
#pragma once

#include "inb-import-outcome.h"

G_BEGIN_DECLS

/* @reason, @remedy: (out) (transfer full) */
void inb_import_remedy_describe (const InbImportRefusal  *refusal,
                                 char                   **reason,
                                 char                   **remedy);

G_END_DECLS

/* Whether a phone number or a mail address is somebody's already: among the leads, and among the contacts without one. */
#pragma once

#include "inb-replica.h"

G_BEGIN_DECLS

/* @column: INB_CONTACT_PHONE or INB_CONTACT_EMAIL, which @typed is. */
void            inb_known_person_find_async  (InbReplica           *replica,
                                              guint                 column,
                                              const char           *typed,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
/* (transfer full) (nullable): NULL without an error when it is nobody's. */
InbLeadSummary *inb_known_person_find_finish (InbReplica           *replica,
                                              GAsyncResult         *result,
                                              GError              **error);
/* Pure. A number also in its national form. */
gboolean        inb_known_person_is          (const InbLeadSummary *summary,
                                              guint                 column,
                                              const char           *typed);

G_END_DECLS

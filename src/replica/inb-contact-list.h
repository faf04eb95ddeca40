/* The contacts without a lead that is shown, with all that they are searched and sorted by. Read when they are listed, and kept
 * until leads are listed again or something changes.
 */
#pragma once

#include "inb-lead-query.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct _InbContactList InbContactList;

InbContactList *inb_contact_list_new   (InbSqlite             *db,
                                        GCancellable          *cancellable,
                                        GError               **error);
void            inb_contact_list_free  (InbContactList        *self);
GArray         *inb_contact_list_query (InbContactList        *self,
                                        const InbLeadQuery    *query,
                                        gint64                 now,
                                        GTimeZone             *timezone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbContactList, inb_contact_list_free)

G_END_DECLS

/* The second numbers and addresses of contacts as match keys of their own, so that duplicates are found by an index. Most contacts
 * have none, and cost nothing here. Private to the write set.
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

/* Sends what the keys of a contact are now, when they are not as @original had them. @original: NULL for a new one. @region: the country
 * that a number without + is read in. */
gboolean inb_contact_keys_send (InbDb         *db,
                                const char    *region,
                                const InbRow  *original,
                                const InbRow  *contact,
                                guint         *n_statements,
                                GError       **error);

G_END_DECLS

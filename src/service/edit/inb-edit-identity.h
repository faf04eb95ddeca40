/* A contact's match keys where a user edits them: derived as intake derives them, and noted when somebody else has one already.
 * Private to edit.
 */
#pragma once

#include "inb-db.h"
#include "inb-row-set.h"

G_BEGIN_DECLS

/* An InbContactDerive; @region: a char *, the country that numbers without + are read in. */
void     inb_edit_derive_contact  (InbRow       *contact,
                                   gpointer      region);
/* @rows: applied. Notes in each changed contact's identity_conflicts who else has its new number or mail address.
 * @db: in pipeline mode, inside the transaction. */
gboolean inb_edit_note_identities (InbRowSet    *rows,
                                   InbDb        *db,
                                   const char   *workspace_id,
                                   GError      **error);

G_END_DECLS

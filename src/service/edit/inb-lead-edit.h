/* Edits of one lead that are no mutations on the wire: a few mutations of one group, all done or none, and the row that is answered.
 */
#pragma once

#include "inb-api.h"
#include "inb-edit-build.h"

G_BEGIN_DECLS

typedef enum {
  INB_LEAD_EDIT_LEAD,     /* answers {"lead":{…,"contact":{…}}} */
  INB_LEAD_EDIT_ACTIVITY  /* answers {"activity":{…}} */
} InbLeadEditAnswer;

typedef struct _InbLeadEdit InbLeadEdit;

/* @id: of the row to be answered. @status: when all went well. */
InbLeadEdit *inb_lead_edit_new     (InbHttpRequest       *request,
                                    InbSession           *session,
                                    InbLeadEditAnswer     answer,
                                    const char           *id,
                                    guint                 status);
void         inb_lead_edit_free    (InbLeadEdit          *self);
/* A UUID for what this request makes: of its Idempotency-Key, so that a repeat makes nothing new, or a fresh one. (transfer full) */
char        *inb_lead_edit_make_id (InbLeadEdit          *self,
                                    const char           *name);
/* The id and the group of @fields are the edit's. INB_ERROR_UNPROCESSABLE. */
gboolean     inb_lead_edit_add     (InbLeadEdit          *self,
                                    const InbEditFields  *fields,
                                    GError              **error);
/* @self: (transfer full): answers its request */
void         inb_lead_edit_push    (InbLeadEdit          *self,
                                    InbApi               *api);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadEdit, inb_lead_edit_free)

G_END_DECLS

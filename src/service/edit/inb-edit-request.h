/* The body of POST /api/mutations, and the answers that its mutations got. What cannot be read is rejected, and the others go on. */
#pragma once

#include "inb-mutation.h"

G_BEGIN_DECLS

#define INB_EDIT_REQUEST_MAX 500

typedef struct _InbEditRequest InbEditRequest;

/* On any thread. INB_ERROR_INVALID_BODY, INB_ERROR_UNPROCESSABLE. */
InbEditRequest    *inb_edit_request_new         (GBytes             *body,
                                                 GError            **error);
void               inb_edit_request_free        (InbEditRequest     *self);
guint              inb_edit_request_get_size    (InbEditRequest     *self);
/* NULL for one that could not be read. */
InbMutation       *inb_edit_request_get         (InbEditRequest     *self,
                                                 guint               index);
void               inb_edit_request_answer      (InbEditRequest     *self,
                                                 guint               index,
                                                 InbMutationResult  *result);
/* {"results":[…],"head":12}, in the order of the body; (transfer full) */
GString           *inb_edit_request_to_json     (InbEditRequest     *self,
                                                 gint64              head);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbEditRequest, inb_edit_request_free)

G_END_DECLS

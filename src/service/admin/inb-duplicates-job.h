/* A page of possible duplicates: contacts that share a number or an address, first or second, and those that an event pointed at
 * together. Looks at a bounded part of an index a page, so that none takes long whatever the workspace holds; a page may be empty and
 * still have a next one.
 */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

typedef struct _InbDuplicatesRequest InbDuplicatesRequest;

/* @cursor: NULL for the first page. INB_ERROR_INVALID_ARGUMENT when it is none. */
InbDuplicatesRequest *inb_duplicates_request_new  (const char  *workspace_id,
                                                   const char  *cursor,
                                                   gint64       limit,
                                                   GError     **error);
void                  inb_duplicates_request_free (gpointer     request);
/* An InbReadFunc: a GString with {"duplicates":[…],"next_cursor":…}. */
gpointer              inb_duplicates_job          (InbDb       *db,
                                                   gpointer     request,
                                                   GError     **error);

G_END_DECLS

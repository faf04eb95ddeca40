/* What the window shows below its header: the content, or what stands between the person and it: a page to connect, to wait, to
 * fill an empty workspace, or what failed.
 */
#pragma once

#include "inb-connect-page.h"

G_BEGIN_DECLS

#define INB_TYPE_STATE_PAGES (inb_state_pages_get_type ())
G_DECLARE_FINAL_TYPE (InbStatePages, inb_state_pages, INB, STATE_PAGES, AdwBin)

/* Signals: "page-changed"; "copied" (const char *what). The content is its child in a .ui file. */

/* NULL: there is nothing to show, and the page to connect is shown. */
void            inb_state_pages_set_session       (InbStatePages *self,
                                                   InbSession    *session);
gboolean        inb_state_pages_get_shows_content (InbStatePages *self);
/* The page to connect, also over what there is, until it is done. */
void            inb_state_pages_set_connecting    (InbStatePages *self,
                                                   gboolean       connecting);
InbConnectPage *inb_state_pages_get_connect_page  (InbStatePages *self);

G_END_DECLS

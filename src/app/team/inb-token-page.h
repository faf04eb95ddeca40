/* A new token, which is shown this once: the link, the address and the token itself, each to be copied, and a message that has them
 * all. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TOKEN_PAGE (inb_token_page_get_type ())
G_DECLARE_FINAL_TYPE (InbTokenPage, inb_token_page, INB, TOKEN_PAGE, AdwBin)

/* @name: whose it is. @workspace: what people call it. @link: as the service gave it. */
void     inb_token_page_show       (InbTokenPage *self,
                                    const char   *name,
                                    const char   *workspace,
                                    const char   *link);
/* Whether anything was copied that has the token. */
gboolean inb_token_page_get_copied (InbTokenPage *self);
/* Puts the keyboard on what is done next. */
void     inb_token_page_focus      (InbTokenPage *self);

G_END_DECLS

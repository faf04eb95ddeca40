/* A lead's tags as chips, to be taken away, and an entry for another. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TAG_LIST (inb_tag_list_get_type ())
G_DECLARE_FINAL_TYPE (InbTagList, inb_tag_list, INB, TAG_LIST, AdwBin)

GtkWidget *inb_tag_list_new  (InbSession *session);
/* A reference is taken. */
void       inb_tag_list_show (InbTagList *self,
                              InbRow     *lead);

G_END_DECLS

/* What is changed most about a lead, one click away: stage, owner, follow-up, temperature, score. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_DETAIL_HEADER (inb_detail_header_get_type ())
G_DECLARE_FINAL_TYPE (InbDetailHeader, inb_detail_header, INB, DETAIL_HEADER, AdwBin)

GtkWidget *inb_detail_header_new          (InbSession      *session);
/* A reference is taken. */
void       inb_detail_header_show         (InbDetailHeader *self,
                                           InbRow          *lead);
void       inb_detail_header_open_stage   (InbDetailHeader *self);
void       inb_detail_header_open_owner   (InbDetailHeader *self);

G_END_DECLS

/* What stands in the table's place when the filter leaves nothing over. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_NO_RESULT_PAGE (inb_no_result_page_get_type ())
G_DECLARE_FINAL_TYPE (InbNoResultPage, inb_no_result_page, INB, NO_RESULT_PAGE, AdwBin)

void inb_no_result_page_set_session (InbNoResultPage *self,
                                     InbSession      *session);

G_END_DECLS

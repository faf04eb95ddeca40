/* How the leads that the session's filter means come in, move on, are won and are answered, as charts. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_TRENDS_PAGE (inb_trends_page_get_type ())
G_DECLARE_FINAL_TYPE (InbTrendsPage, inb_trends_page, INB, TRENDS_PAGE, AdwBin)

/* NULL: shows nothing. */
void inb_trends_page_set_session  (InbTrendsPage *self,
                                   InbSession    *session);
/* Where range, step and group are kept. */
void inb_trends_page_set_settings (InbTrendsPage *self,
                                   GSettings     *settings);

G_END_DECLS

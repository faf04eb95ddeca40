/* The line above table and charts: search, filter buttons, and what they ask for as chips. */
#pragma once

#include "inb-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FILTER_BAR (inb_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (InbFilterBar, inb_filter_bar, INB, FILTER_BAR, AdwBin)

/* Property: "search-mode" boolean (notify): the search entry is shown. */

void inb_filter_bar_set_session  (InbFilterBar *self,
                                  InbSession   *session);
/* Shows the search entry and gives it the keyboard. */
void inb_filter_bar_start_search (InbFilterBar *self);
/* Every lead again, also without a search. */
void inb_filter_bar_clear        (InbFilterBar *self);
/* What is typed into @widget starts a search, but the letters in @shortcuts, which mean something there. */
void inb_filter_bar_capture_keys (InbFilterBar *self,
                                  GtkWidget    *widget,
                                  const char   *shortcuts);
/* At the end of the line. */
void inb_filter_bar_add_end      (InbFilterBar *self,
                                  GtkWidget    *widget);
/* On a narrow window the header has no room for the search button: it stands here. */
void inb_filter_bar_set_narrow   (InbFilterBar *self,
                                  gboolean      narrow);

G_END_DECLS

/* A strip below a header bar that says what keeps something from being done, and may offer a way on; nothing while there is nothing
 * to say. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_PROBLEM_BAR (inb_problem_bar_get_type ())
G_DECLARE_FINAL_TYPE (InbProblemBar, inb_problem_bar, INB, PROBLEM_BAR, AdwBin)

/* Properties: "button-label" (string), "action-name" (string): of the way on. */

/* @text: (nullable): NULL hides it. @with_button: whether the way on is offered. */
void inb_problem_bar_show (InbProblemBar *self,
                           const char    *text,
                           gboolean       with_button);

G_END_DECLS

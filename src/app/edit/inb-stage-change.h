/* Moving leads to another stage: asks for the reason or the value first where the stage wants one. */
#pragma once

#include "inb-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @column: a lead's column to be written along with the stage, or -1; @value: its value. */
typedef void (*InbStageChangeFunc) (const char *stage,
                                    int         column,
                                    const char *value,
                                    gpointer    data);

/* @func: called at once, or when the user has answered; not at all when he thinks better of it. @data: borrowed for as long as
 * @parent lives. @lead: NULL for several. */
void inb_stage_change_start (GtkWidget          *parent,
                             InbSession         *session,
                             const InbRow       *lead,
                             const char         *stage,
                             InbStageChangeFunc  func,
                             gpointer            data);

G_END_DECLS

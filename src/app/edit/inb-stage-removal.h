/* Asks where the leads of a stage go before it is removed. */
#pragma once

#include "inb-stage-row.h"

G_BEGIN_DECLS

/* @target: (nullable): the key of the stage that gets its leads; NULL: it is new and has none. */
typedef void (*InbStageRemoved) (InbStageRow *row,
                                 const char  *target,
                                 gpointer     user_data);

/* @stages: (element-type InbRow): all that there are. @parent is the object of @removed and is kept until the answer. */
void inb_stage_removal_ask (GtkWindow       *parent,
                            InbStageRow     *row,
                            GPtrArray       *stages,
                            InbStageRemoved  removed,
                            gpointer         user_data);

G_END_DECLS

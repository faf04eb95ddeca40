/* What can be taken back, newest last. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InbEditSteps InbEditSteps;

InbEditSteps *inb_edit_steps_new       (void);
void          inb_edit_steps_free      (InbEditSteps *self);
/* @label: what the user did. Of very many the oldest is forgotten. */
void          inb_edit_steps_push      (InbEditSteps *self,
                                        const char   *group,
                                        const char   *label);
/* (transfer full) (nullable): its label; NULL when it is not among them. */
char         *inb_edit_steps_take      (InbEditSteps *self,
                                        const char   *group);
/* Of the newest. (transfer none) (nullable): NULL without one. */
const char   *inb_edit_steps_get_group (InbEditSteps *self);
const char   *inb_edit_steps_get_label (InbEditSteps *self);

G_END_DECLS

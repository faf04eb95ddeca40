/* What the stages that leads stand in mean, by the facts' codes of them. */
#pragma once

#include "inb-lead-facts.h"

G_BEGIN_DECLS

typedef struct {
  guint8 *categories;  /* code → InbStageCategory */
  guint8 *are_new;     /* code → whether it is the stage "new" */
  guint   n_codes;
} InbStageClasses;

InbStageClasses *inb_stage_classes_new  (const InbLeadFacts *facts);
void             inb_stage_classes_free (InbStageClasses    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbStageClasses, inb_stage_classes_free)

G_END_DECLS

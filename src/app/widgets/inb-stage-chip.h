/* A stage as shape, colour and word. */
#pragma once

#include "inb-shape-label.h"
#include "inb-stage.h"

G_BEGIN_DECLS

#define INB_TYPE_STAGE_CHIP (inb_stage_chip_get_type ())
G_DECLARE_FINAL_TYPE (InbStageChip, inb_stage_chip, INB, STAGE_CHIP, InbShapeLabel)

/* @in_list: asks for the same width whatever it shows, so that a scrolling list is never measured again. */
GtkWidget  *inb_stage_chip_new       (gboolean      in_list);
/* @stages may be NULL as long as they are not known; @key NULL shows nothing. */
void        inb_stage_chip_set_stage (InbStageChip *self,
                                      InbStageSet  *stages,
                                      const char   *key);
/* Its shape and colour, whichever label shows them. @stage: also one that has no key yet. @text: (nullable) */
void        inb_stage_chip_draw      (InbShapeLabel *label,
                                      const InbRow  *stage,
                                      const char    *text);
/* What people read for a stage's name, and back. */
const char *inb_stage_chip_show_name (const char   *key,
                                      const char   *name);
const char *inb_stage_chip_keep_name (const char   *key,
                                      const char   *shown);
/* (transfer full): what people call the stage. */
char       *inb_stage_chip_get_name  (InbStageSet  *stages,
                                      const char   *key);

G_END_DECLS

/* The pipeline stages of a workspace, and the one function that sets a lead's stage, wherever it comes from. */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

#define INB_STAGE_DEFAULT_KEY "new"

typedef enum {
  INB_STAGE_CATEGORY_OPEN,
  INB_STAGE_CATEGORY_WON,
  INB_STAGE_CATEGORY_LOST
} InbStageCategory;

typedef struct _InbStageSet InbStageSet;

/* @rows: (element-type InbRow) of INB_KIND_STAGE. Immutable, thread-safe reference count. */
InbStageSet      *inb_stage_set_new          (GPtrArray          *rows);
/* The stages every workspace starts with: new, contacted, qualified, proposal, won, lost. */
InbStageSet      *inb_stage_set_new_default  (void);
InbStageSet      *inb_stage_set_ref          (InbStageSet        *self);
void              inb_stage_set_unref        (InbStageSet        *self);
/* The row of that key, or NULL. */
const InbRow     *inb_stage_set_find         (InbStageSet        *self,
                                              const char         *key);
guint             inb_stage_set_get_size     (InbStageSet        *self);
/* By position. */
const InbRow     *inb_stage_set_get          (InbStageSet        *self,
                                              guint               index);
InbStageCategory  inb_stage_set_get_category (InbStageSet        *self,
                                              const char         *key);
/* The highest change_seq of its rows: what the set was read at. */
gint64            inb_stage_set_get_seq      (InbStageSet        *self);
/* The stage that a sender's status word means: @words (the webhook's own table, JSON object word → key, may be NULL), then
 * each stage's status_words, then the built-in ones (converted → won, rejected → lost …), then the key or the name itself,
 * all case folded. NULL when the word means no stage. */
const char       *inb_stage_set_map_word     (InbStageSet        *self,
                                              JsonObject         *words,
                                              const char         *word);
/* Rows of INB_KIND_STAGE for a new workspace, without change_seq; (transfer full) (element-type InbRow). */
GPtrArray        *inb_stage_default_rows     (const char         *workspace_id,
                                              gint64              now);

/* Sets stage, lead_status_id, previous_stage, is_converted, converted_at, lost_at, is_active as the target's category asks.
 * FALSE and no change at all if it is in that stage already. @key must be in the set. */
gboolean          inb_lead_set_stage         (InbRow             *lead,
                                              InbStageSet        *stages,
                                              const char         *key,
                                              gint64              now);

/* Only what follows from the category of the stage it is in, which may have changed. FALSE when all is as it should be. */
gboolean          inb_lead_follow_stage      (InbRow             *lead,
                                              InbStageSet        *stages,
                                              gint64              now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbStageSet, inb_stage_set_unref)

G_END_DECLS

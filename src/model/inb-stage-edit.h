/* The pipeline as somebody wants it: the whole list in its order, and what becomes of the stages that go. Pure: the service applies
 * one under the workspace's lock, the app's editor works on one and knows before it sends whether it is sound.
 */
#pragma once

#include "inb-stage.h"

G_BEGIN_DECLS

#define INB_STAGE_EDIT_MAX 40          /* stages in use */
#define INB_STAGE_EDIT_MAX_NAME 60     /* characters */
#define INB_STAGE_EDIT_MAX_TEXT 500    /* characters of a description */
#define INB_STAGE_EDIT_MAX_WORDS 50    /* of a stage */
#define INB_STAGE_EDIT_MAX_DAYS 3650

typedef struct {
  /* Owned */
  GPtrArray  *stages;   /* (element-type InbRow) of INB_KIND_STAGE in the wanted order; one without a key is new */
  GHashTable *archive;  /* key of a stage that goes → key of the one that its leads go to, or NULL: it has none */
} InbStageEdit;

/* The list as it is; its rows are copies. */
InbStageEdit *inb_stage_edit_new           (InbStageSet         *stages);
/* {"stages":[{…}],"archive":{"old":"key" or null}}: a stage with a "key" keeps what is not said of it, one without is new. What
 * PUT may not change (id, number, position, …) is passed over. INB_ERROR_UNPROCESSABLE names the member. */
InbStageEdit *inb_stage_edit_new_from_json (JsonObject          *object,
                                            InbStageSet         *stages,
                                            GError             **error);
void          inb_stage_edit_free          (InbStageEdit        *self);
/* The body of PUT /api/stages. @change_seq: inb_stage_set_get_seq() of the list that was edited. */
void          inb_stage_edit_append_json   (const InbStageEdit  *self,
                                            gint64               change_seq,
                                            GString             *json);
/* INB_ERROR_UNPROCESSABLE says which stage and what would do. In inb-stage-check.c. */
gboolean      inb_stage_edit_check         (const InbStageEdit  *self,
                                            InbStageSet         *stages,
                                            GError             **error);
/* Of a checked edit: the rows that are new or change, complete but for change_seq (transfer full) (element-type InbRow). New ones
 * get key and number. */
GPtrArray    *inb_stage_edit_apply         (const InbStageEdit  *self,
                                            InbStageSet         *stages,
                                            const char          *workspace_id,
                                            const char          *user_id,
                                            gint64               now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbStageEdit, inb_stage_edit_free)

G_END_DECLS

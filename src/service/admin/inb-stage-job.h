/* PUT /api/stages on the writer: leads leave the stages that go, a part of them a turn; then the list is written; then the leads of
 * stages whose category has changed follow, again a part a turn. What stops in between is finished by the next PUT.
 */
#pragma once

#include "inb-admin-write.h"

G_BEGIN_DECLS

typedef struct _InbStageJob InbStageJob;

InbStageJob *inb_stage_job_new    (JsonNode       *body,
                                   GError        **error);
void         inb_stage_job_free   (gpointer        self);
gboolean     inb_stage_job_run    (gpointer        self,
                                   InbAdmin       *admin,
                                   InbWrite       *write,
                                   GError        **error);
GString     *inb_stage_job_answer (gpointer        self,
                                   InbAdmin       *admin,
                                   InbWrite       *write);
/* {"change_seq":12,"stages":[…],"archived":[…]} of rows as in the feed. */
GString     *inb_stages_to_json   (InbStageSet    *stages);

G_END_DECLS

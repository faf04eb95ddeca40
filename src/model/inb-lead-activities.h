/* The activities that a decided event leaves in the lead's timeline: types, titles and texts of the reference. */
#pragma once

#include "inb-decision.h"

G_BEGIN_DECLS

/* {"id":…,"source":…,"timestamp":…} of the webhook, or {"id":…,"file":…,"line":…,"timestamp":…} of the import: part of every metadata
 * that ingest writes. (transfer full) */
char *inb_origin_to_json         (const InbOrigin *origin);

/* The title of "status_updated", "Status: new → qualified". (transfer full) */
char *inb_lead_describe_stages   (const char      *before,
                                  const char      *after);
/* Makes the row the "lead_converted" of a lead that was won. */
void  inb_lead_describe_won      (InbRow          *activity);
/* Adds to decision->activities what its lead asks for; contact and lead must be complete. @origin_json is
 * inb_origin_to_json(). */
void  inb_lead_activities_append (InbDecision     *decision,
                                  const InbIntake *intake,
                                  const InbOrigin *origin,
                                  InbStageSet     *stages,
                                  const char      *origin_json);

G_END_DECLS

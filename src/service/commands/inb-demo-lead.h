/* Sample leads with what happened to them since: as many as asked for over the last eight months, busier on working days and in
 * the evening, a few of them today, the older ones mostly won or lost.
 */
#pragma once

#include "inb-stage.h"

G_BEGIN_DECLS

/* Who works on the samples. All borrowed. */
typedef struct {
  const char *user_id;
  const char *name;
  const char *team_id;
} InbDemoAgent;

/* All borrowed. */
typedef struct {
  const char         *workspace_id;
  const char         *currency;
  GTimeZone          *timezone;
  InbStageSet        *stages;
  const InbDemoAgent *agents;
  guint               n_agents;
  gint64              now;    /* microseconds since 1970 UTC */
} InbDemoSetting;

/* One contact, its lead, and the lead's activities, oldest first. */
typedef struct {
  InbRow    *contact;
  InbRow    *lead;
  GPtrArray *activities; /* InbRow */
} InbDemoLead;

/* When @n_leads leads came in: microseconds since 1970 UTC, oldest first. */
GArray      *inb_demo_arrivals_new (const InbDemoSetting *setting,
                                    GRand                *random,
                                    guint                 n_leads);
/* @contact: (transfer full): without ids and times. */
InbDemoLead *inb_demo_lead_new     (const InbDemoSetting *setting,
                                    GRand                *random,
                                    InbRow               *contact,
                                    gint64                arrived_at);
void         inb_demo_lead_free    (InbDemoLead          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDemoLead, inb_demo_lead_free)

G_END_DECLS

/* What happened to a sample lead: the steps through the pipeline, calls, mails, notes and appointments on the way. */
#pragma once

#include "inb-demo-lead.h"

G_BEGIN_DECLS

/* Fills @demo's activities, takes the lead to the stage @key by steps in between, and sets what goes with it. @agent: NULL when
 * nobody has it yet. */
void inb_demo_timeline_append (InbDemoLead          *demo,
                               const InbDemoSetting *setting,
                               GRand                *random,
                               const InbDemoAgent   *agent,
                               const char           *key);

G_END_DECLS

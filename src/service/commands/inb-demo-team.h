/* The people who work on the samples: two teams of two, made once in a workspace. */
#pragma once

#include "inb-change.h"
#include "inb-demo-lead.h"

G_BEGIN_DECLS

#define INB_DEMO_N_AGENTS 4

/* Fills @agents; their user ids are (transfer full), the rest is static. Within @change, which the caller commits. */
gboolean inb_demo_team_ensure (InbChange     *change,
                               InbDemoAgent  *agents,
                               GError       **error);

G_END_DECLS

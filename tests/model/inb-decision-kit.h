/* What a decision is made from: a webhook, its rules and stages, what came in, and whom it is about. */
#pragma once

#include "inb-decision.h"

G_BEGIN_DECLS

#define DECISION_KIT_NOW G_GINT64_CONSTANT (1767225600000000) /* 2026-01-01T00:00:00Z */
#define DECISION_KIT_CONTACT "00000000-0000-7000-8000-00000000000a"
#define DECISION_KIT_OTHER "00000000-0000-7000-8000-00000000000b"
#define DECISION_KIT_LEADS 4

typedef struct {
  InbStageSet  *stages;
  InbLeadRules *rules;
  GTimeZone    *timezone;
  InbOrigin     origin;
} DecisionKit;

/* One lead of the contact. */
typedef struct {
  const char *product;
  const char *stage;
  int         age_days;
  const char *flag; /* "test", "deleted", "inactive", "other" */
} DecisionLead;

/* As g_test_add() wants them. */
void         decision_kit_set_up       (DecisionKit        *self,
                                        gconstpointer       data);
void         decision_kit_tear_down    (DecisionKit        *self,
                                        gconstpointer       data);
InbIntake   *decision_kit_make_intake  (const char         *status,
                                        const char         *product,
                                        const char         *notes);
InbRow      *decision_kit_make_contact (void);
/* @cases: DECISION_KIT_LEADS of them, newest first, up to one without a stage. */
GPtrArray   *decision_kit_make_leads   (DecisionKit        *self,
                                        const DecisionLead *cases);
/* @by_phone: the contact with that number, or NULL. */
InbDecision *decision_kit_decide       (DecisionKit        *self,
                                        const InbIntake    *intake,
                                        InbRow             *by_phone,
                                        GPtrArray          *leads);

G_END_DECLS

/* Ingest as a pure function: an intake, the rows it may concern and the webhook's rules in, the rows to write and the reason
 * out. No database, no clock.
 */
#pragma once

#include "inb-contact-match.h"
#include "inb-lead-rules.h"
#include "inb-stage.h"

G_BEGIN_DECLS

/* The line of a file that somebody imported, which is decided like an event. All borrowed. */
typedef struct {
  const char *id;             /* of the whole import; the activities' group */
  const char *file_name;      /* or NULL */
  const char *actor_id;       /* who imported it */
  const char *actor_name;
  guint       line;
} InbImportOrigin;

/* Where an event came from. All borrowed. */
typedef struct {
  const char *workspace_id;
  const char *webhook_id;
  const char *webhook_name;
  const char *source_label;   /* the lead_source when the payload has none */
  const char *delivery_id;
  const char *currency;
  GTimeZone  *timezone;       /* the workspace's */
  gint64      received_at;    /* microseconds */
  const InbImportOrigin *import; /* NULL for a webhook's event; then there is no webhook */
} InbOrigin;

typedef struct {
  InbRow    *contact;          /* complete, without change_seq */
  gboolean   contact_created;
  InbMatch   matched_by;
  InbRow    *lead;             /* complete, without change_seq; NULL when the event makes no lead */
  gboolean   lead_created;
  char      *stage_before;     /* of an updated lead; NULL for a created one */
  GPtrArray *activities;       /* (element-type InbRow), oldest first, without change_seq */
  const char *outcome;         /* static: "lead_created", "lead_updated", "contact_created", "contact_updated" */
  char      *reason;           /* JSON {"rule":…,"matched_by":…,"conflicts":[…],…}; also in the lead's metadata.decision */
  const char *message;         /* static, for the answer */
} InbDecision;

/* @leads: (element-type InbRow) the matched contact's leads, newest first; rows of other contacts are passed over.
 * The input rows are not changed: the decision holds copies. */
InbDecision *inb_decide        (const InbIntake    *intake,
                                const InbOrigin    *origin,
                                const InbLeadRules *rules,
                                InbStageSet        *stages,
                                InbRow             *by_crm_id,
                                InbRow             *by_phone,
                                InbRow             *by_email,
                                GPtrArray          *leads);
void         inb_decision_free (InbDecision        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDecision, inb_decision_free)

G_END_DECLS

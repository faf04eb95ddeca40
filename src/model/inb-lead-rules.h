/* A webhook's lead rules: whether an event makes a lead at all, and which of the contact's leads it updates. */
#pragma once

#include "inb-intake.h"

G_BEGIN_DECLS

/* A webhook's settings; defaults are the reference's. */
typedef struct {
  gint64    update_max_age;        /* microseconds; 30 days */
  gboolean  update_on_status;      /* a status keyword updates the open lead; TRUE */
  gboolean  update_same_product;   /* only a lead of the same product; TRUE */
  gboolean  update_only_lead;      /* without a product, the contact's only active lead; TRUE */
  gboolean  update_converted;      /* also a converted lead; FALSE */
  gboolean  require_content;       /* a lead only with status, product or notes; TRUE */
  gboolean  source_is_constant;    /* lead_source is "webhook", as the reference writes; FALSE */
  char     *default_stage;         /* "new" */
  JsonObject *status_words;        /* word → stage key, or NULL */
} InbLeadRules;

InbLeadRules *inb_lead_rules_new  (const char    *json,
                                   GError       **error); /* stored form, members as above; NULL = defaults */
void          inb_lead_rules_free (InbLeadRules  *self);

/* What the rules say about one event. */
typedef struct {
  const char *rule;       /* static: "created_no_open_lead", "updated_same_product", … */
  gboolean    makes_lead; /* FALSE: the event concerns the contact only */
  InbRow     *update;     /* borrowed: the lead to update; NULL to create one */
  InbRow     *considered; /* borrowed: the lead that decided, also when it is not updated; or NULL */
} InbLeadChoice;

/* @has_keyword: the status word means another stage than the default. @leads: (element-type InbRow) (nullable) newest first;
 * those of other contacts than @contact_id are passed over. @contact_id may be NULL: a contact that is new. */
InbLeadChoice inb_lead_rules_choose (const InbLeadRules *self,
                                     const InbIntake    *intake,
                                     gboolean            has_keyword,
                                     const char         *contact_id,
                                     GPtrArray          *leads,
                                     gint64              received_at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadRules, inb_lead_rules_free)

G_END_DECLS

/* Which leads are worth a notification: an ordered list of rules, of which the first that fits decides; without one, a lead is
 * told. Values; kept as JSON in the settings.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  INB_NOTICE_NOTIFY,
  INB_NOTICE_SILENT,      /* a toast in the window, no notification */
  INB_NOTICE_NEVER,
  INB_N_NOTICE_OUTCOMES
} InbNoticeOutcome;

typedef enum {
  INB_RULE_OWNER_ANY,
  INB_RULE_OWNER_ME,
  INB_RULE_OWNER_NOBODY,
  INB_RULE_OWNER_SOMEONE, /* but me */
  INB_N_RULE_OWNERS
} InbRuleOwner;

/* Every condition has to hold. */
typedef struct {
  char             *source;       /* NULL = any; compared without regard to case */
  char             *product;
  char             *temperature;  /* "hot", "warm", "cold" */
  InbRuleOwner      owner;
  gint64            min_value;    /* hundredths; 0 = any, also without a value */
  InbNoticeOutcome  outcome;
} InbNotificationRule;

/* What the rules know of a lead; nothing is owned. */
typedef struct {
  const char *source;
  const char *product;
  const char *temperature;
  const char *owner;    /* user id, NULL = nobody */
  const char *me;       /* user id; NULL or "" = not known: then no lead is mine */
  gint64      value;    /* hundredths; INB_TIME_NONE = none */
} InbNoticeLead;

InbNotificationRule *inb_notification_rule_new         (void); /* fits every lead, notifies */
InbNotificationRule *inb_notification_rule_copy        (const InbNotificationRule  *self);
void                 inb_notification_rule_free        (InbNotificationRule        *self);
gboolean             inb_notification_rule_matches     (const InbNotificationRule  *self,
                                                        const InbNoticeLead        *lead);
/* @rules: (element-type InbNotificationRule) */
InbNoticeOutcome     inb_notification_rules_decide     (GPtrArray                  *rules,
                                                        const InbNoticeLead        *lead);
char                *inb_notification_rules_to_json    (GPtrArray                  *rules);
/* (transfer full): what does not make sense is passed over with a warning. */
GPtrArray           *inb_notification_rules_from_json  (const char                 *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbNotificationRule, inb_notification_rule_free)

G_END_DECLS

/* One rule in the preferences: what it says in a line, its conditions when it is unfolded. */
#pragma once

#include "inb-notification-rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_NOTIFICATION_RULE_ROW (inb_notification_rule_row_get_type ())
G_DECLARE_FINAL_TYPE (InbNotificationRuleRow, inb_notification_rule_row, INB, NOTIFICATION_RULE_ROW, AdwExpanderRow)

/* Signals:
 * "changed": get_rule() is another.
 * "move" (int by): the user wants it earlier (-1) or later (1).
 * "remove". */

GtkWidget                 *inb_notification_rule_row_new         (const InbNotificationRule *rule);
const InbNotificationRule *inb_notification_rule_row_get_rule    (InbNotificationRuleRow    *self);
/* What can be picked besides "any"; the rule's own value always can. */
void                       inb_notification_rule_row_set_choices (InbNotificationRuleRow    *self,
                                                                  const char * const        *sources,
                                                                  const char * const        *products);
G_END_DECLS

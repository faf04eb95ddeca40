#define G_LOG_DOMAIN "inb-app"

#include "inb-notification-rules.h"

#include "inb-json.h"
#include "inb-time.h"

#include <string.h>

static const char * const outcome_names[INB_N_NOTICE_OUTCOMES] = { "notify", "silent", "never" };
static const char * const owner_names[INB_N_RULE_OWNERS] = { "any", "me", "nobody", "someone" };

InbNotificationRule *
inb_notification_rule_new (void)
{
  return g_new0 (InbNotificationRule, 1);
}

/**
 * inb_notification_rule_copy:
 *
 * Returns: (transfer full): a deep copy
 */
InbNotificationRule *
inb_notification_rule_copy (const InbNotificationRule *self)
{
  InbNotificationRule *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->source = g_strdup (self->source);
  copy->product = g_strdup (self->product);
  copy->temperature = g_strdup (self->temperature);

  return copy;
}

void
inb_notification_rule_free (InbNotificationRule *self)
{
  if (self == NULL)
    return;

  g_free (self->source);
  g_free (self->product);
  g_free (self->temperature);
  g_free (self);
}

/* --- deciding ----------------------------------------------------------------------------------------------------------- */

static gboolean
text_matches (const char *wanted,
              const char *text)
{
  g_autofree char *wanted_key = NULL;
  g_autofree char *key = NULL;

  if (wanted == NULL)
    return TRUE;
  if (text == NULL)
    return FALSE;

  wanted_key = g_utf8_casefold (wanted, -1);
  key = g_utf8_casefold (text, -1);

  return strcmp (g_strstrip (wanted_key), g_strstrip (key)) == 0;
}

static gboolean
owner_matches (InbRuleOwner         wanted,
               const InbNoticeLead *lead)
{
  gboolean has_owner = lead->owner != NULL && *lead->owner != '\0';
  gboolean is_mine = has_owner && g_strcmp0 (lead->owner, lead->me) == 0;

  switch (wanted)
    {
    case INB_RULE_OWNER_ME:
      return is_mine;

    case INB_RULE_OWNER_NOBODY:
      return !has_owner;

    case INB_RULE_OWNER_SOMEONE:
      return has_owner && !is_mine;

    case INB_RULE_OWNER_ANY:
    case INB_N_RULE_OWNERS:
    default:
      return TRUE;
    }
}

gboolean
inb_notification_rule_matches (const InbNotificationRule *self,
                               const InbNoticeLead       *lead)
{
  g_return_val_if_fail (self != NULL && lead != NULL, FALSE);

  return text_matches (self->source, lead->source) && text_matches (self->product, lead->product) &&
         text_matches (self->temperature, lead->temperature) && owner_matches (self->owner, lead) &&
         (self->min_value <= 0 || (lead->value != INB_TIME_NONE && lead->value >= self->min_value));
}

/**
 * inb_notification_rules_decide:
 * @rules: (element-type InbNotificationRule): in their order
 *
 * Returns: the outcome of the first rule that fits, else %INB_NOTICE_NOTIFY
 */
InbNoticeOutcome
inb_notification_rules_decide (GPtrArray           *rules,
                               const InbNoticeLead *lead)
{
  g_return_val_if_fail (rules != NULL && lead != NULL, INB_NOTICE_NOTIFY);

  for (guint i = 0; i < rules->len; i++)
    {
      const InbNotificationRule *rule = g_ptr_array_index (rules, i);

      if (inb_notification_rule_matches (rule, lead))
        return rule->outcome;
    }

  return INB_NOTICE_NOTIFY;
}

/* --- JSON --------------------------------------------------------------------------------------------------------------- */

static void
append_rule (GString                   *json,
             const InbNotificationRule *rule)
{
  g_string_append_c (json, '{');
  if (rule->source != NULL)
    inb_json_append_member (json, "source", rule->source);
  if (rule->product != NULL)
    inb_json_append_member (json, "product", rule->product);
  if (rule->temperature != NULL)
    inb_json_append_member (json, "temperature", rule->temperature);
  if (rule->owner != INB_RULE_OWNER_ANY)
    inb_json_append_member (json, "owner", owner_names[rule->owner]);
  if (rule->min_value > 0)
    inb_json_append_member_integer (json, "min_value", rule->min_value);
  inb_json_append_member (json, "outcome", outcome_names[rule->outcome]);
  g_string_append_c (json, '}');
}

/**
 * inb_notification_rules_to_json:
 * @rules: (element-type InbNotificationRule)
 *
 * Returns: (transfer full): a JSON array
 */
char *
inb_notification_rules_to_json (GPtrArray *rules)
{
  g_autoptr (GString) json = g_string_new ("[");

  g_return_val_if_fail (rules != NULL, NULL);

  for (guint i = 0; i < rules->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_rule (json, g_ptr_array_index (rules, i));
    }
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

static gboolean
read_name (const char         *name,
           const char * const *names,
           guint               n_names,
           guint              *value)
{
  for (guint i = 0; i < n_names; i++)
    {
      if (strcmp (names[i], name) == 0)
        {
          *value = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
read_text (JsonNode  *node,
           char     **text)
{
  if (json_node_get_value_type (node) != G_TYPE_STRING || *json_node_get_string (node) == '\0')
    return FALSE;

  g_free (*text);
  *text = g_strdup (json_node_get_string (node));

  return TRUE;
}

static gboolean
read_member (InbNotificationRule *rule,
             const char          *name,
             JsonNode            *node)
{
  const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  guint value = 0;

  if (strcmp (name, "source") == 0)
    return read_text (node, &rule->source);
  if (strcmp (name, "product") == 0)
    return read_text (node, &rule->product);
  if (strcmp (name, "temperature") == 0)
    return read_text (node, &rule->temperature);
  if (strcmp (name, "owner") == 0 && text != NULL && read_name (text, owner_names, INB_N_RULE_OWNERS, &value))
    {
      rule->owner = value;
      return TRUE;
    }
  if (strcmp (name, "outcome") == 0 && text != NULL && read_name (text, outcome_names, INB_N_NOTICE_OUTCOMES, &value))
    {
      rule->outcome = value;
      return TRUE;
    }
  if (strcmp (name, "min_value") == 0 && json_node_get_value_type (node) == G_TYPE_INT64 && json_node_get_int (node) >= 0)
    {
      rule->min_value = json_node_get_int (node);
      return TRUE;
    }

  return FALSE;
}

/* A condition that is not understood must not make the rule fit more leads than it was meant for: the whole rule goes. */
static InbNotificationRule *
read_rule (JsonNode *node)
{
  g_autoptr (InbNotificationRule) rule = inb_notification_rule_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (!JSON_NODE_HOLDS_OBJECT (node) || !json_object_has_member (json_node_get_object (node), "outcome"))
    return NULL;

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &member))
    {
      if (!read_member (rule, name, member))
        return NULL;
    }

  return g_steal_pointer (&rule);
}

/**
 * inb_notification_rules_from_json:
 * @json: what inb_notification_rules_to_json() made, or whatever else stands in the settings
 *
 * Returns: (transfer full) (element-type InbNotificationRule): the rules that make sense
 */
GPtrArray *
inb_notification_rules_from_json (const char *json)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_notification_rule_free);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *array;

  g_return_val_if_fail (json != NULL, NULL);

  root = inb_json_parse (json, strlen (json), &error);
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      g_warning ("The notification rules are not understood and passed over: %s", error != NULL ? error->message : "no array");
      return g_steal_pointer (&rules);
    }

  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      InbNotificationRule *rule = read_rule (json_array_get_element (array, i));

      if (rule != NULL)
        g_ptr_array_add (rules, rule);
      else
        g_warning ("Notification rule %u is not understood and passed over", i + 1);
    }

  return g_steal_pointer (&rules);
}

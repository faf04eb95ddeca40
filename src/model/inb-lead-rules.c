#define G_LOG_DOMAIN "inb-model"

#include "inb-lead-rules.h"

#include "inb-error.h"
#include "inb-fold.h"
#include "inb-json.h"
#include "inb-stage.h"
#include "inb-time.h"

#include <string.h>

#define DEFAULT_MAX_AGE (30 * INB_TIME_DAY)
#define MAX_STATUS_WORDS 500

static gboolean
read_boolean (JsonObject  *object,
              const char  *name,
              gboolean    *value,
              GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Lead rules: %s is neither true nor false", name);
      return FALSE;
    }
  *value = json_node_get_boolean (node);

  return TRUE;
}

static gboolean
read_max_age (JsonObject  *object,
              gint64      *value,
              GError     **error)
{
  JsonNode *node = json_object_get_member (object, "update_max_age");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                   "Lead rules: update_max_age is not a number of microseconds");
      return FALSE;
    }
  *value = json_node_get_int (node);

  return TRUE;
}

static gboolean
read_default_stage (JsonObject  *object,
                    char       **value,
                    GError     **error)
{
  JsonNode *node = json_object_get_member (object, "default_stage");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_STRING || *json_node_get_string (node) == '\0')
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Lead rules: default_stage is not a stage's key");
      return FALSE;
    }
  g_free (*value);
  *value = json_node_dup_string (node);

  return TRUE;
}

static gboolean
read_status_words (JsonObject  *object,
                   JsonObject **value,
                   GError     **error)
{
  JsonNode *node = json_object_get_member (object, "status_words");
  JsonObjectIter iter;
  JsonNode *key;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_get_size (json_node_get_object (node)) > MAX_STATUS_WORDS)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                   "Lead rules: status_words is not an object of at most %d words", MAX_STATUS_WORDS);
      return FALSE;
    }

  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, NULL, &key))
    {
      if (json_node_get_value_type (key) != G_TYPE_STRING)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                       "Lead rules: status_words must give the key of a stage for each word");
          return FALSE;
        }
    }
  *value = json_object_ref (json_node_get_object (node));

  return TRUE;
}

static gboolean
read_rules (InbLeadRules  *self,
            JsonObject    *object,
            GError       **error)
{
  return read_max_age (object, &self->update_max_age, error) &&
         read_boolean (object, "update_on_status", &self->update_on_status, error) &&
         read_boolean (object, "update_same_product", &self->update_same_product, error) &&
         read_boolean (object, "update_only_lead", &self->update_only_lead, error) &&
         read_boolean (object, "update_converted", &self->update_converted, error) &&
         read_boolean (object, "require_content", &self->require_content, error) &&
         read_boolean (object, "source_is_constant", &self->source_is_constant, error) &&
         read_default_stage (object, &self->default_stage, error) &&
         read_status_words (object, &self->status_words, error);
}

/**
 * inb_lead_rules_new:
 * @json: (nullable): the stored form; members that are unknown are passed over, as a newer version may have written them
 *
 * Returns: (transfer full) (nullable): the rules, or %NULL with %INB_ERROR_INVALID_ARGUMENT
 */
InbLeadRules *
inb_lead_rules_new (const char  *json,
                    GError     **error)
{
  g_autoptr (InbLeadRules) self = g_new0 (InbLeadRules, 1);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local_error = NULL;

  self->update_max_age = DEFAULT_MAX_AGE;
  self->update_on_status = TRUE;
  self->update_same_product = TRUE;
  self->update_only_lead = TRUE;
  self->require_content = TRUE;
  self->default_stage = g_strdup (INB_STAGE_DEFAULT_KEY);
  if (json == NULL)
    return g_steal_pointer (&self);

  node = inb_json_parse (json, strlen (json), &local_error);
  if (node == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Lead rules: %s", local_error->message);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Lead rules: not a JSON object");
      return NULL;
    }
  if (!read_rules (self, json_node_get_object (node), error))
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_lead_rules_free (InbLeadRules *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->default_stage);
  g_clear_pointer (&self->status_words, json_object_unref);
  g_free (self);
}

/* A test never touches a real lead, nor a real event a test. */
static gboolean
is_candidate (const InbRow *lead,
              const char   *contact_id,
              gboolean      is_test)
{
  return inb_row_get_boolean (lead, INB_LEAD_IS_ACTIVE) &&
         inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL &&
         inb_row_get_boolean (lead, INB_LEAD_IS_TEST) == is_test &&
         g_strcmp0 (inb_row_get (lead, INB_LEAD_CONTACT_ID), contact_id) == 0;
}

/* The contact's active leads, seen once. */
typedef struct {
  guint   n_active;
  guint   n_open;           /* active and not converted */
  InbRow *newest;
  InbRow *newest_same;      /* of the event's product */
  InbRow *newest_open;
} Candidates;

/* Without a keyword nothing is updated, and it matters only whether there is one at all. */
static Candidates
collect (GPtrArray  *leads,
         const char *contact_id,
         const char *product,
         gboolean    is_test,
         gboolean    has_keyword)
{
  g_autofree char *wanted = inb_fold_product (product);
  Candidates found = { 0, };

  for (guint i = 0; contact_id != NULL && leads != NULL && i < leads->len; i++)
    {
      InbRow *lead = g_ptr_array_index (leads, i);

      if (!is_candidate (lead, contact_id, is_test))
        continue;

      found.n_active++;
      if (!has_keyword)
        break;
      if (found.newest == NULL)
        found.newest = lead;
      if (!inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED))
        {
          found.n_open++;
          if (found.newest_open == NULL)
            found.newest_open = lead;
        }
      if (found.newest_same == NULL)
        {
          g_autofree char *own = inb_fold_product (inb_row_get (lead, INB_LEAD_PRODUCT_INTEREST));

          if (g_strcmp0 (own, wanted) == 0)
            found.newest_same = lead;
        }
    }

  return found;
}

/* Which lead the event is about, by product; the rule says why, or why there is none. */
static InbRow *
pick (const InbLeadRules  *self,
      const Candidates    *found,
      gboolean             has_product,
      const char         **rule)
{
  if (!self->update_same_product)
    {
      *rule = "updated_newest_lead";
      return found->newest;
    }
  if (found->newest_same != NULL)
    {
      *rule = "updated_same_product";
      return found->newest_same;
    }
  if (has_product || !self->update_only_lead)
    {
      *rule = "created_other_product";
      return NULL;
    }

  *rule = "updated_only_lead";
  if (found->n_active == 1 || (found->n_open == 0 && !self->update_converted))
    return found->newest;
  if (found->n_open == 1)
    return found->newest_open;

  *rule = "created_several_open_leads";

  return NULL;
}

static const char *
get_obstacle (const InbLeadRules *self,
              const InbRow       *lead,
              gint64              received_at)
{
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);

  if (!self->update_converted && inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED))
    return "created_lead_converted";
  if (created_at == INB_TIME_NONE || received_at - created_at >= self->update_max_age)
    return "created_lead_too_old";

  return NULL;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * inb_lead_rules_choose:
 * @has_keyword: whether the status word means another stage than the default one
 * @contact_id: (nullable): the matched contact
 * @leads: (nullable) (element-type InbRow): newest first
 * @received_at: microseconds since 1970 UTC
 *
 * Returns: whether the event makes a lead, which one it updates, and the rule that said so
 */
InbLeadChoice
inb_lead_rules_choose (const InbLeadRules *self,
                       const InbIntake    *intake,
                       gboolean            has_keyword,
                       const char         *contact_id,
                       GPtrArray          *leads,
                       gint64              received_at)
{
  InbLeadChoice choice = { "no_lead_no_content", FALSE, NULL, NULL };
  const char *product = inb_row_get (intake->lead, INB_LEAD_PRODUCT_INTEREST);
  const char *obstacle;
  Candidates found;

  if (self->require_content && !has_text (intake->status) && !has_text (product) && !has_text (intake->notes))
    return choice;

  choice.makes_lead = TRUE;
  found = collect (leads, contact_id, product, intake->is_test, has_keyword);
  if (found.n_active == 0)
    choice.rule = "created_no_open_lead";
  else if (!has_keyword)
    choice.rule = "created_no_status_keyword";
  else if (!self->update_on_status)
    choice.rule = "created_updates_off";
  else
    choice.considered = pick (self, &found, has_text (product), &choice.rule);
  if (choice.considered == NULL)
    return choice;

  obstacle = get_obstacle (self, choice.considered, received_at);
  if (obstacle != NULL)
    choice.rule = obstacle;
  else
    choice.update = choice.considered;

  return choice;
}

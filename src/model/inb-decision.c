#define G_LOG_DOMAIN "inb-model"

#include "inb-decision.h"

#include "inb-fold.h"
#include "inb-json.h"
#include "inb-json-merge.h"
#include "inb-lead-activities.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

#define CONSTANT_SOURCE "webhook" /* what the reference writes for every lead */

/* What the steps of one decision share. All borrowed. */
typedef struct {
  const InbIntake    *intake;
  const InbOrigin    *origin;
  const InbLeadRules *rules;
  InbStageSet        *stages;
  const char         *stage;        /* the status word's stage, or NULL */
  const char         *conflicts;    /* JSON array, or NULL */
  const char         *origin_json;
  InbLeadChoice       choice;
} Context;

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/* The webhook's default stage may have been taken away since; then the first open stage, or the first of all. */
static const char *
get_default_stage (InbStageSet        *stages,
                   const InbLeadRules *rules)
{
  guint n_stages = inb_stage_set_get_size (stages);

  if (inb_stage_set_find (stages, rules->default_stage) != NULL)
    return rules->default_stage;

  for (guint i = 0; i < n_stages; i++)
    {
      const char *key = inb_row_get (inb_stage_set_get (stages, i), INB_STAGE_KEY);

      if (inb_stage_set_get_category (stages, key) == INB_STAGE_CATEGORY_OPEN)
        return key;
    }

  return inb_row_get (inb_stage_set_get (stages, 0), INB_STAGE_KEY);
}

static const char *
get_source (const Context *context)
{
  const char *source = inb_row_get (context->intake->lead, INB_LEAD_LEAD_SOURCE);

  if (has_text (source))
    return source;
  if (context->rules->source_is_constant)
    return CONSTANT_SOURCE;

  return context->origin->source_label;
}

static InbRow *
create_contact (const Context *context)
{
  const InbOrigin *origin = context->origin;
  InbRow *contact = inb_row_copy (context->intake->contact);
  const char *folded = inb_row_get (contact, INB_CONTACT_NAME_FOLDED);

  inb_row_take (contact, INB_CONTACT_ID, inb_uuid_new_v7 ());
  inb_row_set (contact, INB_CONTACT_WORKSPACE_ID, origin->workspace_id);
  if (!has_text (inb_row_get (contact, INB_CONTACT_LEAD_SOURCE)))
    inb_row_set (contact, INB_CONTACT_LEAD_SOURCE, get_source (context));
  inb_row_set (contact, INB_CONTACT_WEBHOOK_ID, origin->webhook_id);
  inb_row_set (contact, INB_CONTACT_WEBHOOK_NAME, origin->webhook_name);
  inb_row_set (contact, INB_CONTACT_STATUS, "active");
  inb_row_set_time (contact, INB_CONTACT_CREATED_AT, origin->received_at);
  if (origin->import != NULL)
    inb_row_set (contact, INB_CONTACT_CREATED_BY, origin->import->actor_id);
  if (folded == NULL)
    inb_row_take (contact, INB_CONTACT_NAME_FOLDED,
                  inb_fold_name (inb_row_get (contact, INB_CONTACT_FIRSTNAME),
                                 inb_row_get (contact, INB_CONTACT_LASTNAME)));

  return contact;
}

static void
decide_contact (InbDecision  *decision,
                const Context *context,
                const InbRow *matched)
{
  const InbIntake *intake = context->intake;

  if (matched == NULL)
    {
      decision->contact = create_contact (context);
      decision->contact_created = TRUE;
    }
  else
    {
      decision->contact = inb_row_copy (matched);
      inb_contact_merge (decision->contact, intake->contact, context->conflicts);
    }

  if (!has_text (inb_row_get (intake->contact, INB_CONTACT_NOTES)))
    inb_row_fill (decision->contact, INB_CONTACT_NOTES, intake->notes);
  inb_row_set_time (decision->contact, INB_CONTACT_UPDATED_AT, context->origin->received_at);
  inb_row_set (decision->contact, INB_CONTACT_LAST_ACTIVITY_AT, inb_row_get (decision->contact, INB_CONTACT_UPDATED_AT));
}

static void
merge_json_column (InbRow     *row,
                   guint       column,
                   const char *json)
{
  g_autofree char *merged = NULL;

  if (json == NULL)
    return;

  merged = inb_json_merge (inb_row_get (row, column), json);
  inb_row_fill (row, column, merged);
}

static char *
build_reason (const InbDecision *decision,
              const Context     *context)
{
  const InbIntake *intake = context->intake;
  const InbRow *considered = context->choice.considered;
  GString *json = g_string_sized_new (256);

  g_string_append_c (json, '{');
  inb_json_append_member (json, "rule", context->choice.rule);
  inb_json_append_member (json, "matched_by", inb_match_get_name (decision->matched_by));
  inb_json_append_name (json, "conflicts");
  g_string_append (json, context->conflicts == NULL ? "[]" : context->conflicts);
  inb_json_append_member_boolean (json, "contact_created", decision->contact_created);
  if (has_text (intake->status))
    {
      inb_json_append_member (json, "status_word", intake->status);
      inb_json_append_member (json, "stage", context->stage);
    }
  if (considered != NULL)
    {
      gint64 created_at = inb_row_get_time (considered, INB_LEAD_CREATED_AT);

      inb_json_append_member (json, "considered_lead_id", inb_row_get (considered, INB_LEAD_ID));
      if (created_at != INB_TIME_NONE)
        inb_json_append_member_integer (json, "lead_age_days",
                                        MAX (context->origin->received_at - created_at, 0) / INB_TIME_DAY);
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static void
write_metadata (InbDecision   *decision,
                const Context *context)
{
  g_autoptr (GString) json = g_string_sized_new (512);

  g_string_append (json, context->origin->import == NULL ? "{\"webhook\":" : "{\"import\":");
  g_string_append (json, context->origin_json);
  g_string_append (json, ",\"decision\":");
  g_string_append (json, decision->reason);
  if (has_text (context->intake->status) && context->stage == NULL)
    inb_json_append_member (json, "status_word", context->intake->status);
  g_string_append_c (json, '}');

  merge_json_column (decision->lead, INB_LEAD_METADATA, json->str);
}

/* A word that means no stage is still what the sender said of the lead. */
static void
keep_status_word (InbRow        *lead,
                  const Context *context)
{
  if (context->stage == NULL && !has_text (inb_row_get (lead, INB_LEAD_QUALIFICATION_STATUS)))
    inb_row_fill (lead, INB_LEAD_QUALIFICATION_STATUS, context->intake->status);
}

static InbRow *
create_lead (const InbDecision *decision,
             const Context     *context)
{
  const InbIntake *intake = context->intake;
  const InbOrigin *origin = context->origin;
  InbRow *lead = inb_row_copy (intake->lead);
  const char *stage = context->stage != NULL ? context->stage : get_default_stage (context->stages, context->rules);

  inb_row_take (lead, INB_LEAD_ID, inb_uuid_new_v7 ());
  inb_row_set (lead, INB_LEAD_CONTACT_ID, inb_row_get (decision->contact, INB_CONTACT_ID));
  inb_row_set (lead, INB_LEAD_WORKSPACE_ID, origin->workspace_id);
  inb_row_set (lead, INB_LEAD_LEAD_SOURCE, get_source (context));
  inb_row_set (lead, INB_LEAD_WEBHOOK_ID, origin->webhook_id);
  inb_lead_set_stage (lead, context->stages, stage, origin->received_at);
  keep_status_word (lead, context);
  if (!has_text (inb_row_get (lead, INB_LEAD_CURRENCY)))
    inb_row_set (lead, INB_LEAD_CURRENCY, origin->currency);
  if (!has_text (inb_row_get (lead, INB_LEAD_INITIAL_INQUIRY)))
    inb_row_fill (lead, INB_LEAD_INITIAL_INQUIRY, intake->notes);
  inb_row_set (lead, INB_LEAD_FOLLOW_UP_COUNT, "0");
  inb_row_set_boolean (lead, INB_LEAD_IS_TEST, intake->is_test);
  if (origin->import != NULL)
    inb_row_set (lead, INB_LEAD_CREATED_BY, origin->import->actor_id);
  merge_json_column (lead, INB_LEAD_CUSTOM_FIELDS, intake->custom_fields);
  inb_row_set_time (lead, INB_LEAD_CREATED_AT, origin->received_at);
  inb_row_set (lead, INB_LEAD_UPDATED_AT, inb_row_get (lead, INB_LEAD_CREATED_AT));
  inb_row_set (lead, INB_LEAD_LAST_ACTIVITY_AT, inb_row_get (lead, INB_LEAD_CREATED_AT));

  return lead;
}

/* Figures and judgements are news when they come again; where the lead came from and what was asked first is not. */
static gboolean
is_overwritten (guint   column,
                InbType type)
{
  switch (column)
    {
    case INB_LEAD_QUALIFICATION_STATUS:
    case INB_LEAD_TEMPERATURE:
    case INB_LEAD_PRIORITY:
    case INB_LEAD_BUDGET_RANGE:
    case INB_LEAD_TIMELINE:
    case INB_LEAD_LOST_REASON:
      return TRUE;
    default:
      return type == INB_TYPE_INTEGER || type == INB_TYPE_MONEY || type == INB_TYPE_DATE;
    }
}

static void
merge_lead (InbRow       *lead,
            const InbRow *incoming)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (INB_KIND_LEAD, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      if ((columns[i].flags & INB_COLUMN_MAPPABLE) == 0 || i == INB_LEAD_CUSTOM_FIELDS)
        continue;
      if (is_overwritten (i, columns[i].type) || !has_text (inb_row_get (lead, i)))
        inb_row_fill (lead, i, inb_row_get (incoming, i));
    }
  merge_json_column (lead, INB_LEAD_CUSTOM_FIELDS, inb_row_get (incoming, INB_LEAD_CUSTOM_FIELDS));
}

static void
update_lead (InbDecision   *decision,
             const Context *context)
{
  InbRow *lead = decision->lead = inb_row_copy (context->choice.update);

  decision->stage_before = g_strdup (inb_row_get (lead, INB_LEAD_STAGE));
  merge_lead (lead, context->intake->lead);
  merge_json_column (lead, INB_LEAD_CUSTOM_FIELDS, context->intake->custom_fields);
  inb_lead_set_stage (lead, context->stages, context->stage, context->origin->received_at);
  inb_row_set_time (lead, INB_LEAD_UPDATED_AT, context->origin->received_at);
  inb_row_set (lead, INB_LEAD_LAST_ACTIVITY_AT, inb_row_get (lead, INB_LEAD_UPDATED_AT));
}

static void
decide_lead (InbDecision   *decision,
             const Context *context)
{
  if (!context->choice.makes_lead)
    {
      merge_json_column (decision->contact, INB_CONTACT_CUSTOM_FIELDS, context->intake->custom_fields);
      decision->outcome = decision->contact_created ? "contact_created" : "contact_updated";
      decision->message = decision->contact_created ? "Contact created" : "Contact updated";
      return;
    }

  if (context->choice.update != NULL)
    {
      update_lead (decision, context);
      decision->outcome = "lead_updated";
      decision->message = "Lead updated";
    }
  else
    {
      decision->lead = create_lead (decision, context);
      decision->lead_created = TRUE;
      decision->outcome = "lead_created";
      decision->message = decision->contact_created ? "Contact and lead created" : "Lead created";
    }
  write_metadata (decision, context);
  inb_lead_activities_append (decision, context->intake, context->origin, context->stages, context->origin_json);
}

/**
 * inb_decide:
 * @by_crm_id: (nullable): the contact with the intake's CRM id
 * @by_phone: (nullable): the contact with its E.164 number
 * @by_email: (nullable): the contact with its mail address
 * @leads: (nullable) (element-type InbRow): the contacts' leads, newest first
 *
 * Pure: the same input gives the same decision, but for the ids of new rows. Any thread.
 *
 * Returns: (transfer full): what to write
 */
InbDecision *
inb_decide (const InbIntake    *intake,
            const InbOrigin    *origin,
            const InbLeadRules *rules,
            InbStageSet        *stages,
            InbRow             *by_crm_id,
            InbRow             *by_phone,
            InbRow             *by_email,
            GPtrArray          *leads)
{
  Context context = { intake, origin, rules, stages, };
  g_autofree char *conflicts = NULL;
  g_autofree char *origin_json = NULL;
  InbDecision *decision;
  InbRow *matched;
  gboolean has_keyword;

  g_return_val_if_fail (intake != NULL && origin != NULL && rules != NULL, NULL);
  g_return_val_if_fail (stages != NULL && inb_stage_set_get_size (stages) > 0, NULL);

  decision = g_new0 (InbDecision, 1);
  decision->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  matched = inb_contact_match (intake->contact, by_crm_id, by_phone, by_email, &decision->matched_by, &conflicts);

  context.stage = inb_stage_set_map_word (stages, rules->status_words, intake->status);
  context.conflicts = conflicts;
  context.origin_json = origin_json = inb_origin_to_json (origin);
  has_keyword = context.stage != NULL && strcmp (context.stage, get_default_stage (stages, rules)) != 0;
  context.choice = inb_lead_rules_choose (rules, intake, has_keyword,
                                          matched == NULL ? NULL : inb_row_get (matched, INB_CONTACT_ID),
                                          leads, origin->received_at);

  decide_contact (decision, &context, matched);
  decision->reason = build_reason (decision, &context);
  decide_lead (decision, &context);

  return decision;
}

void
inb_decision_free (InbDecision *self)
{
  g_return_if_fail (self != NULL);

  inb_row_unref (self->contact);
  g_clear_pointer (&self->lead, inb_row_unref);
  g_clear_pointer (&self->activities, g_ptr_array_unref);
  g_free (self->stage_before);
  g_free (self->reason);
  g_free (self);
}

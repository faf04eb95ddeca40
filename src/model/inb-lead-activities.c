#define G_LOG_DOMAIN "inb-model"

#include "inb-lead-activities.h"

#include "inb-json.h"
#include "inb-time.h"
#include "inb-uuid.h"

/* What the rows of one decision have in common. */
typedef struct {
  InbDecision     *decision;
  const InbOrigin *origin;
  char            *metadata;    /* owned */
  char            *occurred_at; /* owned */
} Builder;

/**
 * inb_origin_to_json:
 *
 * Returns: (transfer full): the webhook or the import as metadata names it
 */
char *
inb_origin_to_json (const InbOrigin *origin)
{
  GString *json = g_string_sized_new (160);

  g_string_append_c (json, '{');
  if (origin->import == NULL)
    {
      inb_json_append_member (json, "id", origin->webhook_id);
      inb_json_append_member (json, "source", origin->source_label);
    }
  else
    {
      inb_json_append_member (json, "id", origin->import->id);
      inb_json_append_member (json, "file", origin->import->file_name);
      inb_json_append_member_integer (json, "line", origin->import->line);
    }
  inb_json_append_name (json, "timestamp");
  g_string_append_c (json, '"');
  inb_time_append (json, origin->received_at);
  g_string_append (json, "\"}");

  return g_string_free (json, FALSE);
}

static void
sign_import (InbRow                *row,
             const InbImportOrigin *import)
{
  inb_row_set_boolean (row, INB_ACTIVITY_IS_AUTOMATED, FALSE);
  inb_row_set (row, INB_ACTIVITY_ACTOR_NAME, import->actor_name);
  inb_row_set (row, INB_ACTIVITY_CREATED_BY, import->actor_id);
  inb_row_set (row, INB_ACTIVITY_GROUP_ID, import->id);
  inb_row_set (row, INB_ACTIVITY_SOURCE, "import");
}

/* Each row is a microsecond later than the one before it, so that a timeline sorted by time keeps their order. */
static InbRow *
add_activity (Builder    *builder,
              const char *type,
              char       *title)
{
  InbDecision *decision = builder->decision;
  const InbOrigin *origin = builder->origin;
  InbRow *row = inb_row_new (INB_KIND_ACTIVITY);
  gint64 created_at = origin->received_at + decision->activities->len;

  inb_row_take (row, INB_ACTIVITY_ID, inb_uuid_new_v7 ());
  inb_row_set (row, INB_ACTIVITY_WORKSPACE_ID, origin->workspace_id);
  inb_row_set (row, INB_ACTIVITY_LEAD_ID, inb_row_get (decision->lead, INB_LEAD_ID));
  inb_row_set (row, INB_ACTIVITY_CONTACT_ID, inb_row_get (decision->contact, INB_CONTACT_ID));
  inb_row_set (row, INB_ACTIVITY_ACTIVITY_TYPE, type);
  inb_row_take (row, INB_ACTIVITY_TITLE, title);
  inb_row_set (row, INB_ACTIVITY_METADATA, builder->metadata);
  inb_row_set_boolean (row, INB_ACTIVITY_IS_AUTOMATED, TRUE);
  inb_row_set_time (row, INB_ACTIVITY_CREATED_AT, created_at);
  inb_row_set (row, INB_ACTIVITY_UPDATED_AT, inb_row_get (row, INB_ACTIVITY_CREATED_AT));
  inb_row_set (row, INB_ACTIVITY_ACTOR_NAME, origin->webhook_name);
  inb_row_set (row, INB_ACTIVITY_WEBHOOK_ID, origin->webhook_id);
  inb_row_set (row, INB_ACTIVITY_DELIVERY_ID, origin->delivery_id);
  inb_row_set (row, INB_ACTIVITY_SOURCE, "webhook");
  inb_row_set (row, INB_ACTIVITY_OCCURRED_AT, builder->occurred_at);
  if (origin->import != NULL)
    sign_import (row, origin->import);
  g_ptr_array_add (decision->activities, row);

  return row;
}

static void
add_created (Builder *builder)
{
  InbRow *row = add_activity (builder, "lead_created", g_strdup ("🆕 New Lead Created"));

  inb_row_set (row, INB_ACTIVITY_DESCRIPTION, builder->origin->import == NULL ? "Lead created from webhook submission"
                                                                              : "Lead imported from a file");
}

static char *
quote (const char *text)
{
  GString *json = g_string_new (NULL);

  inb_json_append_string (json, text);

  return g_string_free (json, FALSE);
}

/**
 * inb_lead_describe_stages:
 * @before: (nullable): the stage's key that the lead had
 * @after: (nullable): the one that it has now
 *
 * Returns: (transfer full): the reference's title of a "status_updated"
 */
char *
inb_lead_describe_stages (const char *before,
                          const char *after)
{
  return g_strdup_printf ("Status: %s → %s", before == NULL ? "" : before, after == NULL ? "" : after);
}

void
inb_lead_describe_won (InbRow *activity)
{
  inb_row_set (activity, INB_ACTIVITY_TITLE, "🎉 Lead Converted to Won");
  inb_row_set (activity, INB_ACTIVITY_OUTCOME, "converted");
}

static void
add_status (Builder    *builder,
            const char *before,
            const char *after)
{
  InbRow *row = add_activity (builder, "status_updated", inb_lead_describe_stages (before, after));

  inb_row_set (row, INB_ACTIVITY_FIELD_NAME, "stage");
  inb_row_take (row, INB_ACTIVITY_OLD_VALUE, quote (before));
  inb_row_take (row, INB_ACTIVITY_NEW_VALUE, quote (after));
}

/* The sender's own words stay whatever they are; a due time is added when they can be read. */
static void
add_appointment (Builder    *builder,
                 const char *text)
{
  InbRow *row = add_activity (builder, "appointment_scheduled", g_strdup_printf ("Appointment: %s", text));
  gint64 due_at;

  inb_row_set (row, INB_ACTIVITY_DUE_TEXT, text);
  inb_row_set (row, INB_ACTIVITY_STATUS, "scheduled");
  if (inb_time_parse_loose (text, builder->origin->timezone, &due_at))
    {
      inb_row_set_time (row, INB_ACTIVITY_DUE_AT, due_at);
      inb_row_set_time (row, INB_ACTIVITY_STARTS_AT, due_at);
    }
}

static void
add_converted (Builder *builder)
{
  inb_lead_describe_won (add_activity (builder, "lead_converted", NULL));
}

static void
add_note (Builder    *builder,
          const char *notes)
{
  InbRow *row = add_activity (builder, "note", g_strdup ("Note"));

  inb_row_set (row, INB_ACTIVITY_DESCRIPTION, notes);
  inb_row_set (row, INB_ACTIVITY_BODY, notes);
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * inb_lead_activities_append:
 * @decision: with its contact and lead
 * @origin_json: inb_origin_to_json() of @origin
 *
 * A created lead has its notes as initial_inquiry, so that only an update adds a note.
 */
void
inb_lead_activities_append (InbDecision     *decision,
                            const InbIntake *intake,
                            const InbOrigin *origin,
                            InbStageSet     *stages,
                            const char      *origin_json)
{
  Builder builder = { decision, origin, NULL, NULL };
  const char *stage = inb_row_get (decision->lead, INB_LEAD_STAGE);
  gboolean moved = !decision->lead_created && g_strcmp0 (decision->stage_before, stage) != 0;
  gboolean is_won = inb_stage_set_get_category (stages, stage) == INB_STAGE_CATEGORY_WON;
  gboolean was_won = inb_stage_set_get_category (stages, decision->stage_before) == INB_STAGE_CATEGORY_WON;

  builder.metadata = g_strconcat (origin->import == NULL ? "{\"webhook\":" : "{\"import\":", origin_json, "}", NULL);
  builder.occurred_at = inb_time_format (origin->received_at);

  if (decision->lead_created)
    add_created (&builder);
  if (moved)
    add_status (&builder, decision->stage_before, stage);
  if (has_text (intake->appointment))
    add_appointment (&builder, intake->appointment);
  if (is_won && (decision->lead_created || (moved && !was_won)))
    add_converted (&builder);
  if (!decision->lead_created && has_text (intake->notes))
    add_note (&builder, intake->notes);

  g_free (builder.metadata);
  g_free (builder.occurred_at);
}

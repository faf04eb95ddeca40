#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation-fields.h"
#include "inb-mutation-log.h"
#include "inb-mutation-verbs.h"
#include "inb-time.h"

#include <string.h>

#define SOURCE_BY_HAND "manual"
#define METADATA_BY_HAND "{\"decision\":{\"rule\":\"manual\"}}"

/* What a human activity is called when its title is not given, and whether it counts as reaching out to the person. */
static const struct {
  const char *type;
  const char *title;
  gboolean    is_follow_up;
} activity_types[] = {
  { "note", "Note", FALSE },
  { "call", "Call", TRUE },
  { "email", "Mail", TRUE },
  { "sms", "SMS", TRUE },
  { "meeting", "Meeting", TRUE },
  { "appointment_scheduled", "Appointment", FALSE },
};

static int
find_activity_type (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (activity_types); i++)
    {
      if (g_strcmp0 (activity_types[i].type, type) == 0)
        return (int) i;
    }

  return -1;
}

gboolean
inb_activity_is_human (const InbRow *activity)
{
  return find_activity_type (inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE)) >= 0;
}

static void
set_unless_given (InbRow     *row,
                  guint       column,
                  const char *value)
{
  if (inb_row_get (row, column) == NULL)
    inb_row_set (row, column, value);
}

/* A row that others refer to, and that must be there and not deleted. */
static const InbRow *
find_parent (InbMutationWork *work,
             InbKind          kind,
             const char      *id,
             guint            deleted_at)
{
  const InbRow *row = inb_mutation_work_find (work, kind, id);

  if (row != NULL && inb_row_get (row, deleted_at) == NULL)
    return row;

  inb_mutation_work_reject (work, INB_ERROR_NOT_FOUND, row == NULL ? "There is no %s %s" : "The %s %s was deleted: restore it first",
                            inb_kind_get_name (kind), id);

  return NULL;
}

static const char *
get_default_stage (InbStageSet *stages)
{
  const char *first_open = NULL;

  for (guint i = 0; i < inb_stage_set_get_size (stages); i++)
    {
      const InbRow *stage = inb_stage_set_get (stages, i);
      const char *key = inb_row_get (stage, INB_STAGE_KEY);

      if (inb_row_get (stage, INB_STAGE_ARCHIVED_AT) != NULL)
        continue;
      if (inb_row_get_boolean (stage, INB_STAGE_IS_DEFAULT))
        return key;
      if (first_open == NULL && inb_stage_set_get_category (stages, key) == INB_STAGE_CATEGORY_OPEN)
        first_open = key;
    }

  return first_open != NULL ? first_open : INB_STAGE_DEFAULT_KEY;
}

static gboolean
create_lead (InbMutationWork *work,
             InbRow          *lead)
{
  const InbMutationContext *context = work->context;
  const char *contact_id = inb_row_get (lead, INB_LEAD_CONTACT_ID);

  if (contact_id == NULL)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "A lead needs its person: give lead.contact_id");
  if (find_parent (work, INB_KIND_CONTACT, contact_id, INB_CONTACT_DELETED_AT) == NULL)
    return FALSE;
  if (inb_row_get (lead, INB_LEAD_STAGE) == NULL && !inb_mutation_write_stage (work, lead, get_default_stage (context->stages)))
    return FALSE;

  set_unless_given (lead, INB_LEAD_LEAD_SOURCE, SOURCE_BY_HAND);
  set_unless_given (lead, INB_LEAD_CURRENCY, context->currency);
  inb_row_set (lead, INB_LEAD_METADATA, METADATA_BY_HAND);
  inb_row_set (lead, INB_LEAD_LAST_ACTIVITY_AT, inb_row_get (lead, INB_LEAD_CREATED_AT));
  inb_mutation_touch_contact (work, contact_id);

  inb_row_set (inb_mutation_log (work, lead, "lead_created", "created", g_strdup ("🆕 New Lead Created")),
               INB_ACTIVITY_DESCRIPTION, "Lead created by hand");
  inb_mutation_log_won (work, lead);

  return TRUE;
}

static gboolean
create_contact (InbMutationWork *work,
                InbRow          *contact)
{
  static const guint identities[] = { INB_CONTACT_PHONE, INB_CONTACT_EMAIL, INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME };
  gboolean has_identity = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (identities); i++)
    has_identity |= inb_row_get (contact, identities[i]) != NULL;
  if (!has_identity)
    return inb_mutation_work_reject (work, INB_ERROR_IDENTITY_MISSING, "A contact needs a phone number, a mail address or a name");

  set_unless_given (contact, INB_CONTACT_LEAD_SOURCE, SOURCE_BY_HAND);
  set_unless_given (contact, INB_CONTACT_STATUS, "active");
  inb_row_set (contact, INB_CONTACT_LAST_ACTIVITY_AT, inb_row_get (contact, INB_CONTACT_CREATED_AT));
  inb_mutation_derive (work, contact);
  inb_mutation_log (work, contact, "contact_created", "created", g_strdup ("Contact created by hand"));

  return TRUE;
}

/* A note's text stands in both columns, as intake writes it. */
static void
complete_note (InbRow *activity)
{
  const char *description = inb_row_get (activity, INB_ACTIVITY_DESCRIPTION);
  const char *body = inb_row_get (activity, INB_ACTIVITY_BODY);

  if (body == NULL)
    inb_row_set (activity, INB_ACTIVITY_BODY, description);
  else if (description == NULL)
    inb_row_set (activity, INB_ACTIVITY_DESCRIPTION, body);
}

static void
complete_appointment (InbRow *activity)
{
  const char *due_at = inb_row_get (activity, INB_ACTIVITY_DUE_AT);
  const char *starts_at = inb_row_get (activity, INB_ACTIVITY_STARTS_AT);

  if (starts_at == NULL)
    inb_row_set (activity, INB_ACTIVITY_STARTS_AT, due_at);
  else if (due_at == NULL)
    inb_row_set (activity, INB_ACTIVITY_DUE_AT, starts_at);
  set_unless_given (activity, INB_ACTIVITY_STATUS, "scheduled");
}

static gboolean
complete_activity (InbMutationWork *work,
                   InbRow          *activity,
                   guint            type)
{
  const char *name = activity_types[type].type;
  const char *subject = inb_row_get (activity, INB_ACTIVITY_SUBJECT);
  gint64 starts_at = inb_row_get_time (activity, INB_ACTIVITY_STARTS_AT);
  gint64 ends_at = inb_row_get_time (activity, INB_ACTIVITY_ENDS_AT);

  if (ends_at != INB_TIME_NONE && starts_at != INB_TIME_NONE && ends_at < starts_at)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "activity.ends_at must not be before activity.starts_at");
  if (strcmp (name, "note") == 0)
    {
      complete_note (activity);
      if (inb_row_get (activity, INB_ACTIVITY_BODY) == NULL)
        return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "A note needs its text: give activity.body");
    }
  else if (strcmp (name, "appointment_scheduled") == 0)
    {
      complete_appointment (activity);
      if (inb_row_get (activity, INB_ACTIVITY_STARTS_AT) == NULL)
        return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "An appointment needs a time: give activity.starts_at");
    }

  if (inb_row_get (activity, INB_ACTIVITY_TITLE) == NULL)
    inb_row_take (activity, INB_ACTIVITY_TITLE, subject == NULL ? g_strdup (activity_types[type].title)
                                                                : g_strdup_printf ("%s: %s", activity_types[type].title, subject));

  return TRUE;
}

/* Reads where it belongs: to a lead, and then to that lead's contact, or to a contact alone. */
static gboolean
place_activity (InbMutationWork *work,
                InbRow          *activity)
{
  const char *lead_id = inb_row_get (activity, INB_ACTIVITY_LEAD_ID);
  const char *contact_id = inb_row_get (activity, INB_ACTIVITY_CONTACT_ID);
  const InbRow *lead;

  if (lead_id == NULL && contact_id == NULL)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE,
                                     "An activity belongs to a lead or a contact: give activity.lead_id or activity.contact_id");
  if (lead_id == NULL)
    return find_parent (work, INB_KIND_CONTACT, contact_id, INB_CONTACT_DELETED_AT) != NULL;

  lead = find_parent (work, INB_KIND_LEAD, lead_id, INB_LEAD_DELETED_AT);
  if (lead == NULL)
    return FALSE;
  inb_row_set (activity, INB_ACTIVITY_CONTACT_ID, inb_row_get (lead, INB_LEAD_CONTACT_ID));

  return TRUE;
}

static void
touch_parents (InbMutationWork *work,
               const InbRow    *activity,
               guint            type)
{
  InbRow *lead = inb_mutation_work_edit (work, INB_KIND_LEAD, inb_row_get (activity, INB_ACTIVITY_LEAD_ID));

  inb_mutation_touch_contact (work, inb_row_get (activity, INB_ACTIVITY_CONTACT_ID));
  if (lead == NULL)
    return;

  inb_mutation_touch_lead (work, lead, inb_row_get_time (activity, INB_ACTIVITY_OCCURRED_AT));
  if (activity_types[type].is_follow_up && g_strcmp0 (inb_row_get (activity, INB_ACTIVITY_DIRECTION), "inbound") != 0)
    inb_row_set_integer (lead, INB_LEAD_FOLLOW_UP_COUNT, inb_row_get_integer (lead, INB_LEAD_FOLLOW_UP_COUNT, 0) + 1);
}

static gboolean
create_activity (InbMutationWork *work,
                 InbRow          *activity)
{
  int type = find_activity_type (inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE));

  if (type < 0)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "activity.activity_type must be one of note, call, email, sms, "
                                     "meeting, appointment_scheduled");
  if (!place_activity (work, activity) || !complete_activity (work, activity, (guint) type))
    return FALSE;

  if (inb_row_get (activity, INB_ACTIVITY_OCCURRED_AT) == NULL)
    inb_row_set_time (activity, INB_ACTIVITY_OCCURRED_AT, work->acted_at);
  inb_row_set (activity, INB_ACTIVITY_ACTOR_NAME, work->context->actor_name);
  inb_row_set (activity, INB_ACTIVITY_GROUP_ID, work->mutation->group);
  inb_row_set (activity, INB_ACTIVITY_MUTATION_ID, work->mutation->id);
  inb_row_set (activity, INB_ACTIVITY_SOURCE, "app");
  touch_parents (work, activity, (guint) type);

  return TRUE;
}

static gboolean
create_view (InbMutationWork *work,
             InbRow          *view)
{
  if (inb_row_get (view, INB_VIEW_NAME) == NULL)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "A view needs a name: give view.name");

  return TRUE;
}

/* The new row, with whose it is and since when. */
static InbRow *
begin_row (InbMutationWork *work)
{
  static const struct {
    InbKind kind;
    int     workspace_id, created_at, updated_at, created_by, updated_by;
  } columns[] = {
    { INB_KIND_LEAD, INB_LEAD_WORKSPACE_ID, INB_LEAD_CREATED_AT, INB_LEAD_UPDATED_AT, INB_LEAD_CREATED_BY, INB_LEAD_UPDATED_BY },
    { INB_KIND_CONTACT, INB_CONTACT_WORKSPACE_ID, INB_CONTACT_CREATED_AT, INB_CONTACT_UPDATED_AT, INB_CONTACT_CREATED_BY,
      INB_CONTACT_UPDATED_BY },
    { INB_KIND_ACTIVITY, INB_ACTIVITY_WORKSPACE_ID, INB_ACTIVITY_CREATED_AT, INB_ACTIVITY_UPDATED_AT, INB_ACTIVITY_CREATED_BY,
      INB_ACTIVITY_UPDATED_BY },
    { INB_KIND_VIEW, INB_VIEW_WORKSPACE_ID, INB_VIEW_CREATED_AT, INB_VIEW_UPDATED_AT, INB_VIEW_USER_ID, -1 },
  };
  InbKind kind = work->mutation->kind;
  InbRow *row = inb_row_new (kind);

  inb_row_set (row, (guint) inb_kind_get_key_column (kind), work->mutation->entity_id);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      if (columns[i].kind != kind)
        continue;
      inb_row_set (row, (guint) columns[i].workspace_id, work->context->workspace_id);
      inb_row_set_time (row, (guint) columns[i].created_at, work->context->now);
      inb_row_set_time (row, (guint) columns[i].updated_at, work->context->now);
      inb_row_set (row, (guint) columns[i].created_by, work->context->actor_id);
      if (columns[i].updated_by >= 0)
        inb_row_set (row, (guint) columns[i].updated_by, work->context->actor_id);
    }

  return row;
}

/* A row with the id that the client made. */
gboolean
inb_mutation_create (InbMutationWork *work)
{
  InbKind kind = work->mutation->kind;
  InbRow *row;

  if (inb_mutation_work_find (work, kind, work->mutation->entity_id) != NULL)
    return inb_mutation_work_reject (work, INB_ERROR_CONFLICT, "There is a %s %s already", inb_kind_get_name (kind),
                                     work->mutation->entity_id);

  row = begin_row (work);
  inb_mutation_work_add (work, row, FALSE);
  if (!inb_mutation_write_fields (work, row))
    return FALSE;

  switch (kind)
    {
    case INB_KIND_LEAD:
      return create_lead (work, row);
    case INB_KIND_CONTACT:
      return create_contact (work, row);
    case INB_KIND_ACTIVITY:
      return create_activity (work, row);
    default:
      return create_view (work, row);
    }
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation-log.h"

#include "inb-json.h"
#include "inb-lead-activities.h"
#include "inb-time.h"
#include "inb-value.h"

#include <string.h>

#define MAX_SHOWN 80 /* characters of a value in a title */

static void
set_subject (InbRow       *activity,
             const InbRow *subject)
{
  switch (inb_row_get_kind (subject))
    {
    case INB_KIND_LEAD:
      inb_row_set (activity, INB_ACTIVITY_LEAD_ID, inb_row_get (subject, INB_LEAD_ID));
      inb_row_set (activity, INB_ACTIVITY_CONTACT_ID, inb_row_get (subject, INB_LEAD_CONTACT_ID));
      break;
    case INB_KIND_ACTIVITY:
      inb_row_set (activity, INB_ACTIVITY_LEAD_ID, inb_row_get (subject, INB_ACTIVITY_LEAD_ID));
      inb_row_set (activity, INB_ACTIVITY_CONTACT_ID, inb_row_get (subject, INB_ACTIVITY_CONTACT_ID));
      break;
    default:
      inb_row_set (activity, INB_ACTIVITY_CONTACT_ID, inb_row_get (subject, INB_CONTACT_ID));
      break;
    }
}

static char *
make_metadata (InbMutationWork *work,
               const InbRow    *subject)
{
  GString *json = g_string_new ("{");

  if (inb_row_get_kind (subject) == INB_KIND_ACTIVITY)
    inb_json_append_member (json, "activity_id", inb_row_get_key (subject));
  if (work->mutation->undoes != NULL)
    inb_json_append_member (json, "undoes", work->mutation->undoes);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

/* Each is a microsecond later than the one before it, so that a timeline sorted by time keeps their order. */
InbRow *
inb_mutation_log (InbMutationWork *work,
                  const InbRow    *subject,
                  const char      *type,
                  const char      *name,
                  char            *title)
{
  InbRow *row = inb_row_new (INB_KIND_ACTIVITY);
  g_autofree char *full_name = g_strdup_printf ("%s %s %s", type, name, inb_row_get_key (subject));

  inb_row_take (row, INB_ACTIVITY_ID, inb_mutation_get_activity_id (work->mutation, full_name));
  inb_row_set (row, INB_ACTIVITY_WORKSPACE_ID, work->context->workspace_id);
  set_subject (row, subject);
  inb_row_set (row, INB_ACTIVITY_ACTIVITY_TYPE, type);
  inb_row_take (row, INB_ACTIVITY_TITLE, title);
  inb_row_take (row, INB_ACTIVITY_METADATA, make_metadata (work, subject));
  inb_row_set_time (row, INB_ACTIVITY_CREATED_AT, work->context->now + work->n_logged);
  inb_row_set (row, INB_ACTIVITY_UPDATED_AT, inb_row_get (row, INB_ACTIVITY_CREATED_AT));
  inb_row_set_time (row, INB_ACTIVITY_OCCURRED_AT, work->acted_at);
  inb_row_set (row, INB_ACTIVITY_CREATED_BY, work->context->actor_id);
  inb_row_set (row, INB_ACTIVITY_UPDATED_BY, work->context->actor_id);
  inb_row_set (row, INB_ACTIVITY_ACTOR_NAME, work->context->actor_name);
  inb_row_set (row, INB_ACTIVITY_GROUP_ID, work->mutation->group);
  inb_row_set (row, INB_ACTIVITY_MUTATION_ID, work->mutation->id);
  inb_row_set (row, INB_ACTIVITY_SOURCE, "app");
  work->n_logged++;
  inb_mutation_work_add (work, row, TRUE);

  return row;
}

static char *
to_json (InbType     type,
         const char *value)
{
  GString *json = g_string_new (NULL);

  inb_json_append_value (json, type, value);

  return g_string_free (json, FALSE);
}

/* "lead_score" → "Lead score". */
static char *
make_label (const char *column_name)
{
  char *label = g_strdelimit (g_strdup (column_name), "_", ' ');

  label[0] = g_ascii_toupper (label[0]);

  return label;
}

static gboolean
fits_title (const char *value)
{
  return value == NULL || (strchr (value, '\n') == NULL && g_utf8_strlen (value, -1) <= MAX_SHOWN);
}

static char *
describe_change (const InbColumn *column,
                 const char      *before,
                 const char      *after)
{
  g_autofree char *label = make_label (column->name);

  if (column->type == INB_TYPE_JSON || column->type == INB_TYPE_UUID || !fits_title (before) || !fits_title (after))
    return g_strdup_printf ("%s changed", label);

  return g_strdup_printf ("%s: %s → %s", label, before == NULL ? "–" : before, after == NULL ? "–" : after);
}

static char *
describe_owner (InbMutationWork *work,
                const char      *user_id)
{
  const InbRow *member = inb_mutation_work_find (work, INB_KIND_MEMBER, user_id);
  const char *name = member == NULL ? NULL : inb_row_get (member, INB_MEMBER_NAME);

  if (user_id == NULL)
    return g_strdup ("Unassigned");

  return name == NULL ? g_strdup ("Assigned") : g_strdup_printf ("Assigned to %s", name);
}

static char *
describe_team (InbMutationWork *work,
               const char      *team_id)
{
  const InbRow *team = inb_mutation_work_find (work, INB_KIND_TEAM, team_id);
  const char *name = team == NULL ? team_id : inb_row_get (team, INB_TEAM_NAME);

  return team_id == NULL ? g_strdup ("No team") : g_strdup_printf ("Team: %s", name);
}

/* Pinning an entry says nothing of the lead. */
static gboolean
is_told (InbKind          kind,
         guint            index,
         const InbColumn *column)
{
  return (column->flags & INB_COLUMN_EDITABLE) != 0 && !(kind == INB_KIND_ACTIVITY && index == INB_ACTIVITY_IS_PINNED);
}

/* What happened is named by what it was for, where people ask for it in a timeline. */
static const char *
describe_lead_change (InbMutationWork  *work,
                      guint             column,
                      const char       *before,
                      const char       *after,
                      char            **title)
{
  switch (column)
    {
    case INB_LEAD_STAGE:
      *title = inb_lead_describe_stages (before, after);
      return "status_updated";
    case INB_LEAD_ASSIGNED_TO:
      *title = describe_owner (work, after);
      return "assigned";
    case INB_LEAD_TEAM_ID:
      *title = describe_team (work, after);
      return "assigned";
    case INB_LEAD_NEXT_FOLLOW_UP_AT:
      *title = g_strdup (after == NULL ? "Follow-up removed" : "Follow-up set");
      return "follow_up_set";
    case INB_LEAD_TAGS:
      *title = g_strdup ("Tags changed");
      return "tags_updated";
    default:
      return NULL;
    }
}

static void
log_field (InbMutationWork *work,
           const InbRow    *row,
           guint            index,
           const char      *before,
           const char      *after)
{
  InbKind kind = inb_row_get_kind (row);
  const InbColumn *column = &inb_kind_get_columns (kind, NULL)[index];
  const char *type = NULL;
  char *title = NULL;
  InbRow *activity;

  if (kind == INB_KIND_LEAD)
    type = describe_lead_change (work, index, before, after, &title);
  else if (inb_column_is_set (kind, index))
    type = "tags_updated";
  else if (kind == INB_KIND_CONTACT && index == INB_CONTACT_OWNER_ID)
    {
      type = "assigned";
      title = describe_owner (work, after);
    }
  if (title == NULL)
    title = describe_change (column, before, after);

  activity = inb_mutation_log (work, row, type == NULL ? "field_updated" : type, column->name, title);
  inb_row_set (activity, INB_ACTIVITY_FIELD_NAME, column->name);
  inb_row_take (activity, INB_ACTIVITY_OLD_VALUE, to_json (column->type, before));
  inb_row_take (activity, INB_ACTIVITY_NEW_VALUE, to_json (column->type, after));
}

void
inb_mutation_log_fields (InbMutationWork *work,
                         const InbRow    *row)
{
  const InbRow *before = inb_mutation_work_get_before (work, row);
  InbKind kind = inb_row_get_kind (row);
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);

  if (before == NULL || kind == INB_KIND_VIEW)
    return;

  for (guint i = 0; i < n_columns; i++)
    {
      if (is_told (kind, i, &columns[i]) &&
          !inb_column_equal (kind, i, inb_row_get (before, i), inb_row_get (row, i)))
        log_field (work, row, i, inb_row_get (before, i), inb_row_get (row, i));
    }
}

void
inb_mutation_log_won (InbMutationWork *work,
                      const InbRow    *lead)
{
  const InbRow *before = inb_mutation_work_get_before (work, lead);

  if (inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED) && (before == NULL || !inb_row_get_boolean (before, INB_LEAD_IS_CONVERTED)))
    inb_lead_describe_won (inb_mutation_log (work, lead, "lead_converted", "won", NULL));
}

char *
inb_mutation_name_row (const InbRow *row)
{
  const char *parts[4] = { NULL };
  guint n_parts = 0;

  switch (inb_row_get_kind (row))
    {
    case INB_KIND_CONTACT:
      if (inb_row_get (row, INB_CONTACT_FIRSTNAME) != NULL)
        parts[n_parts++] = inb_row_get (row, INB_CONTACT_FIRSTNAME);
      if (inb_row_get (row, INB_CONTACT_LASTNAME) != NULL)
        parts[n_parts++] = inb_row_get (row, INB_CONTACT_LASTNAME);
      if (n_parts == 0 && inb_row_get (row, INB_CONTACT_EMAIL) != NULL)
        parts[n_parts++] = inb_row_get (row, INB_CONTACT_EMAIL);
      if (n_parts == 0)
        parts[n_parts++] = inb_row_get (row, INB_CONTACT_PHONE) != NULL ? inb_row_get (row, INB_CONTACT_PHONE) : "Contact";
      return g_strjoinv (" ", (char **) parts);
    case INB_KIND_ACTIVITY:
      return g_strdup (inb_row_get (row, INB_ACTIVITY_TITLE));
    case INB_KIND_LEAD:
    default:
      return g_strdup ("Lead");
    }
}

void
inb_mutation_log_presence (InbMutationWork *work,
                           const InbRow    *row,
                           gboolean         is_deleted)
{
  g_autofree char *name = NULL;
  InbRow *activity;

  if (inb_row_get_kind (row) == INB_KIND_VIEW)
    return;

  name = inb_mutation_name_row (row);
  activity = inb_mutation_log (work, row, is_deleted ? "deleted" : "restored", "presence",
                               g_strdup_printf (is_deleted ? "%s deleted" : "%s restored", name));
  inb_row_set (activity, INB_ACTIVITY_FIELD_NAME, "deleted_at");
}

void
inb_mutation_log_merge (InbMutationWork *work,
                        const InbRow    *other,
                        gboolean         is_undone)
{
  const InbRow *merged = is_undone ? inb_mutation_work_get_before (work, other) : other;
  const InbRow *contact = inb_mutation_work_find (work, INB_KIND_CONTACT, inb_row_get (merged, INB_CONTACT_MERGED_INTO));
  g_autofree char *name = inb_mutation_name_row (other);
  GString *json;
  InbRow *activity;

  if (contact == NULL)
    return;

  json = g_string_new ("{");
  inb_json_append_member (json, "contact_id", inb_row_get_key (other));
  inb_json_append_member (json, "name", name);
  g_string_append_c (json, '}');
  activity = inb_mutation_log (work, contact, is_undone ? "unmerged" : "merged", "merged_into",
                               g_strdup_printf (is_undone ? "Parted from %s again" : "Merged with %s", name));
  inb_row_set (activity, INB_ACTIVITY_FIELD_NAME, "merged_into");
  inb_row_take (activity, INB_ACTIVITY_NEW_VALUE, g_string_free (json, FALSE));
}

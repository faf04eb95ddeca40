#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation-fields.h"

#include "inb-field-check.h"
#include "inb-fold.h"
#include "inb-mail.h"
#include "inb-mutation-log.h"
#include "inb-time.h"
#include "inb-value.h"

#include <string.h>

/* Of the rows that users work on: -1 where a kind has none. */
typedef struct {
  int deleted_at;
  int updated_by;
} Marks;

static Marks
get_marks (InbKind kind)
{
  switch (kind)
    {
    case INB_KIND_LEAD:
      return (Marks) { INB_LEAD_DELETED_AT, INB_LEAD_UPDATED_BY };
    case INB_KIND_CONTACT:
      return (Marks) { INB_CONTACT_DELETED_AT, INB_CONTACT_UPDATED_BY };
    case INB_KIND_ACTIVITY:
      return (Marks) { INB_ACTIVITY_DELETED_AT, INB_ACTIVITY_UPDATED_BY };
    default:
      return (Marks) { INB_VIEW_DELETED_AT, -1 };
    }
}

static gboolean
reject_deleted (InbMutationWork *work,
                const InbRow    *row,
                const Marks     *marks)
{
  InbKind kind = inb_row_get_kind (row);
  const char *day = inb_row_get (row, (guint) marks->deleted_at);
  const char *user_id = marks->updated_by < 0 ? NULL : inb_row_get (row, (guint) marks->updated_by);
  const InbRow *member = inb_mutation_work_find (work, INB_KIND_MEMBER, user_id);
  const char *name = member == NULL ? NULL : inb_row_get (member, INB_MEMBER_NAME);

  if (kind == INB_KIND_CONTACT && inb_row_get (row, INB_CONTACT_MERGED_INTO) != NULL)
    return inb_mutation_work_reject (work, INB_ERROR_NOT_FOUND, "This contact was merged into contact %s on %.10s: change that one",
                                     inb_row_get (row, INB_CONTACT_MERGED_INTO), day);

  return inb_mutation_work_reject (work, INB_ERROR_NOT_FOUND, "This %s was deleted%s%s on %.10s: restore it first",
                                   inb_kind_get_name (kind), name == NULL ? "" : " by ", name == NULL ? "" : name, day);
}

gboolean
inb_mutation_check_view (InbMutationWork *work,
                         const InbRow    *view,
                         gboolean         is_shared)
{
  gboolean is_own = g_strcmp0 (inb_row_get (view, INB_VIEW_USER_ID), work->context->actor_id) == 0;

  if (!is_own && !is_shared && !inb_row_get_boolean (view, INB_VIEW_IS_SHARED))
    return inb_mutation_work_reject (work, INB_ERROR_NOT_FOUND, "There is no such view");
  if ((is_shared || inb_row_get_boolean (view, INB_VIEW_IS_SHARED)) &&
      !inb_role_may (work->context->role, INB_RIGHT_SHARE_VIEWS))
    return inb_mutation_work_reject (work, INB_ERROR_FORBIDDEN, "Shared views are changed by a %s or above: your role is %s",
                                     inb_role_get_name (inb_right_get_role (INB_RIGHT_SHARE_VIEWS)),
                                     inb_role_get_name (work->context->role));

  return TRUE;
}

InbRow *
inb_mutation_edit_entity (InbMutationWork *work,
                          gboolean         may_be_deleted)
{
  const InbMutation *mutation = work->mutation;
  InbRow *row = inb_mutation_work_edit (work, mutation->kind, mutation->entity_id);
  Marks marks = get_marks (mutation->kind);

  if (row == NULL)
    {
      inb_mutation_work_reject (work, INB_ERROR_NOT_FOUND, "There is no such %s", inb_kind_get_name (mutation->kind));
      return NULL;
    }
  if (mutation->kind == INB_KIND_VIEW && mutation->verb != INB_MUTATION_UNDO && !inb_mutation_check_view (work, row, FALSE))
    return NULL;
  if (!may_be_deleted && inb_row_get (row, (guint) marks.deleted_at) != NULL)
    {
      reject_deleted (work, row, &marks);
      return NULL;
    }

  return row;
}

const InbRow *
inb_mutation_find_crm_id_holder (InbMutationWork *work,
                                 const InbRow    *contact,
                                 const char      *crm_id)
{
  const InbRow *stored = crm_id == NULL ? NULL : inb_row_set_find_by_crm_id (work->rows, crm_id);
  const InbRow *holder = stored == NULL ? NULL : inb_mutation_work_find (work, INB_KIND_CONTACT, inb_row_get_key (stored));

  /* As it is at this point of the work: a merge has deleted the other one already. */
  if (holder == NULL || g_strcmp0 (inb_row_get_key (holder), inb_row_get_key (contact)) == 0 ||
      inb_row_get (holder, INB_CONTACT_DELETED_AT) != NULL || g_strcmp0 (inb_row_get (holder, INB_CONTACT_CRM_ID), crm_id) != 0)
    return NULL;

  return holder;
}

static gboolean
check_crm_id (InbMutationWork *work,
              const InbRow    *contact,
              const char      *crm_id)
{
  const InbRow *holder = inb_mutation_find_crm_id_holder (work, contact, crm_id);
  g_autofree char *name = holder == NULL ? NULL : inb_mutation_name_row (holder);

  return holder == NULL ||
         inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE,
                                   "contact.crm_id “%s” belongs to %s already: merge the two, or give another id", crm_id, name);
}

static gboolean
refers_to_user (InbKind kind,
                guint   column)
{
  return (kind == INB_KIND_LEAD && column == INB_LEAD_ASSIGNED_TO) ||
         (kind == INB_KIND_CONTACT && column == INB_CONTACT_OWNER_ID) ||
         (kind == INB_KIND_ACTIVITY && column == INB_ACTIVITY_ASSIGNED_TO);
}

static gboolean
check_reference (InbMutationWork *work,
                 guint            column,
                 const char      *value)
{
  InbKind kind = work->mutation->kind;
  gboolean is_user = refers_to_user (kind, column);
  const InbRow *row;
  gboolean is_gone;

  if (value == NULL || (!is_user && !(kind == INB_KIND_LEAD && column == INB_LEAD_TEAM_ID)))
    return TRUE;

  row = inb_mutation_work_find (work, is_user ? INB_KIND_MEMBER : INB_KIND_TEAM, value);
  if (row == NULL)
    is_gone = work->context->checks_references;
  else
    is_gone = inb_row_get (row, is_user ? (guint) INB_MEMBER_DELETED_AT : (guint) INB_TEAM_DELETED_AT) != NULL;

  return !is_gone || inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "%s.%s must be %s of this workspace, not “%s”",
                                               inb_kind_get_name (kind), inb_kind_get_columns (kind, NULL)[column].name,
                                               is_user ? "the id of a member" : "the id of a team", value);
}

static gboolean
check_change (InbMutationWork       *work,
              InbRow                *row,
              const InbFieldChange  *change,
              char                 **clean)
{
  InbKind kind = work->mutation->kind;
  g_autoptr (GError) error = NULL;

  if (!inb_mutation_may_set (work->mutation->verb, kind, change->column))
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "%s.%s cannot be changed", inb_kind_get_name (kind),
                                     inb_kind_get_columns (kind, NULL)[change->column].name);
  if (!inb_field_check (kind, change->column, change->value, clean, &error))
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "%s", error->message);
  if (kind == INB_KIND_VIEW && change->column == INB_VIEW_IS_SHARED &&
      !inb_mutation_check_view (work, row, g_strcmp0 (*clean, "true") == 0))
    return FALSE;

  return check_reference (work, change->column, *clean);
}

/* Whether the column may get @value: not when somebody else has changed it since the user looked. */
static gboolean
merge_change (InbMutationWork      *work,
              const InbRow         *row,
              const InbFieldChange *change,
              const char           *value)
{
  InbKind kind = work->mutation->kind;
  const char *stored = inb_row_get (row, change->column);

  if (inb_column_equal (kind, change->column, stored, value))
    return FALSE;
  if (work->mutation->verb == INB_MUTATION_CREATE || !change->has_base ||
      inb_column_equal (kind, change->column, stored, change->base))
    return TRUE;
  inb_mutation_result_add_conflict (work->result, change->column, change->base, value, stored);

  return FALSE;
}

static gboolean
write_change (InbMutationWork      *work,
              InbRow               *row,
              const InbFieldChange *change)
{
  InbKind kind = work->mutation->kind;
  g_autofree char *clean = NULL;

  if (!check_change (work, row, change, &clean))
    return FALSE;
  if (change->has_base && inb_column_is_set (kind, change->column))
    {
      inb_row_take (row, change->column,
                    inb_value_merge_set (inb_row_get (row, change->column), change->base, clean));
      return TRUE;
    }
  if (!merge_change (work, row, change, clean))
    return TRUE;
  if (kind == INB_KIND_LEAD && change->column == INB_LEAD_STAGE)
    return inb_mutation_write_stage (work, row, clean);
  if (kind == INB_KIND_CONTACT && change->column == INB_CONTACT_CRM_ID && !check_crm_id (work, row, clean))
    return FALSE;
  inb_row_take (row, change->column, g_steal_pointer (&clean));

  return TRUE;
}

gboolean
inb_mutation_write_fields (InbMutationWork *work,
                           InbRow          *row)
{
  const InbFieldChange *stage = NULL;

  for (guint i = 0; i < work->mutation->changes->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (work->mutation->changes, i);

      if (work->mutation->kind == INB_KIND_LEAD && change->column == INB_LEAD_STAGE)
        stage = change;
      else if (!write_change (work, row, change))
        return FALSE;
    }

  /* Last, as it may ask for a reason or an amount that comes with it. */
  return stage == NULL || write_change (work, row, stage);
}

gboolean
inb_mutation_write_stage (InbMutationWork *work,
                          InbRow          *lead,
                          const char      *key)
{
  InbStageSet *stages = work->context->stages;
  const InbRow *stage = inb_stage_set_find (stages, key);
  guint value_column = inb_stage_set_get_category (stages, key) == INB_STAGE_CATEGORY_WON ? INB_LEAD_CONVERSION_VALUE
                                                                                           : INB_LEAD_ESTIMATED_VALUE;
  const char *name;

  if (stage == NULL)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "lead.stage must be one of this workspace's stages, not “%s”", key);

  name = inb_row_get (stage, INB_STAGE_NAME);
  if (inb_row_get (stage, INB_STAGE_ARCHIVED_AT) != NULL)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "The stage “%s” is archived: choose one that is in use", name);
  if (inb_row_get_boolean (stage, INB_STAGE_REQUIRES_LOST_REASON) && inb_row_get (lead, INB_LEAD_LOST_REASON) == NULL)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "The stage “%s” needs a reason: give lead.lost_reason as well", name);
  if (inb_row_get_boolean (stage, INB_STAGE_REQUIRES_VALUE) && inb_row_get (lead, value_column) == NULL)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "The stage “%s” needs an amount: give lead.%s as well", name,
                                     inb_kind_get_columns (INB_KIND_LEAD, NULL)[value_column].name);
  inb_lead_set_stage (lead, stages, key, work->context->now);

  return TRUE;
}

static gboolean
differs (InbMutationWork *work,
         const InbRow    *row,
         guint            column)
{
  const InbRow *before = inb_mutation_work_get_before (work, row);

  return g_strcmp0 (before == NULL ? NULL : inb_row_get (before, column), inb_row_get (row, column)) != 0;
}

void
inb_mutation_derive (InbMutationWork *work,
                     InbRow          *contact)
{
  const char *email = inb_row_get (contact, INB_CONTACT_EMAIL);
  const char *phone = inb_row_get (contact, INB_CONTACT_PHONE);
  gboolean is_changed = FALSE;

  if (differs (work, contact, INB_CONTACT_FIRSTNAME) || differs (work, contact, INB_CONTACT_LASTNAME))
    {
      inb_row_take (contact, INB_CONTACT_NAME_FOLDED,
                    inb_fold_name (inb_row_get (contact, INB_CONTACT_FIRSTNAME), inb_row_get (contact, INB_CONTACT_LASTNAME)));
      is_changed = TRUE;
    }
  if (differs (work, contact, INB_CONTACT_EMAIL))
    {
      inb_row_take (contact, INB_CONTACT_EMAIL_NORM, email == NULL ? NULL : inb_mail_normalize (email));
      is_changed = TRUE;
    }
  if (differs (work, contact, INB_CONTACT_PHONE))
    {
      inb_row_set (contact, INB_CONTACT_PHONE_E164, NULL);
      inb_row_set (contact, INB_CONTACT_PHONE_STATUS, NULL);
      inb_row_set (contact, INB_CONTACT_PHONE_DISPLAY, phone);
      is_changed = TRUE;
    }
  if (is_changed && work->context->derive != NULL)
    work->context->derive (contact, work->context->derive_data);
}

static void
advance_time (InbRow *row,
              guint   column,
              gint64  time)
{
  if (inb_row_get_time (row, column) < time)
    inb_row_set_time (row, column, time);
}

void
inb_mutation_touch_lead (InbMutationWork *work,
                         InbRow          *lead,
                         gint64           answered_at)
{
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);

  advance_time (lead, INB_LEAD_LAST_ACTIVITY_AT, work->context->now);
  if (answered_at != INB_TIME_NONE && inb_row_get (lead, INB_LEAD_FIRST_RESPONSE_AT) == NULL)
    inb_row_set_time (lead, INB_LEAD_FIRST_RESPONSE_AT, CLAMP (answered_at, created_at, MAX (created_at, work->context->now)));
}

void
inb_mutation_touch_contact (InbMutationWork *work,
                            const char      *contact_id)
{
  const InbRow *known = inb_mutation_work_find (work, INB_KIND_CONTACT, contact_id);

  if (known != NULL && inb_row_get (known, INB_CONTACT_DELETED_AT) == NULL)
    advance_time (inb_mutation_work_edit (work, INB_KIND_CONTACT, contact_id), INB_CONTACT_LAST_ACTIVITY_AT, work->context->now);
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-fold.h"
#include "inb-mutation-fields.h"
#include "inb-mutation-log.h"
#include "inb-mutation-verbs.h"
#include "inb-time.h"
#include "inb-undo-record.h"
#include "inb-value.h"

/* What the user sees as one: the column decides whether it goes back, the others follow it. */
typedef struct {
  InbKind kind;
  guint   leader;
  guint   column;
} Follower;

static const Follower followers[] = {
  { INB_KIND_LEAD, INB_LEAD_STAGE, INB_LEAD_LEAD_STATUS_ID },
  { INB_KIND_LEAD, INB_LEAD_STAGE, INB_LEAD_PREVIOUS_STAGE },
  { INB_KIND_LEAD, INB_LEAD_STAGE, INB_LEAD_IS_CONVERTED },
  { INB_KIND_LEAD, INB_LEAD_STAGE, INB_LEAD_CONVERTED_AT },
  { INB_KIND_LEAD, INB_LEAD_STAGE, INB_LEAD_LOST_AT },
  { INB_KIND_LEAD, INB_LEAD_STAGE, INB_LEAD_IS_ACTIVE },
  { INB_KIND_CONTACT, INB_CONTACT_PHONE, INB_CONTACT_PHONE_E164 },
  { INB_KIND_CONTACT, INB_CONTACT_PHONE, INB_CONTACT_PHONE_DISPLAY },
  { INB_KIND_CONTACT, INB_CONTACT_PHONE, INB_CONTACT_PHONE_STATUS },
  { INB_KIND_CONTACT, INB_CONTACT_EMAIL, INB_CONTACT_EMAIL_NORM },
};

static guint
get_deleted_column (InbKind kind)
{
  switch (kind)
    {
    case INB_KIND_LEAD:
      return INB_LEAD_DELETED_AT;
    case INB_KIND_CONTACT:
      return INB_CONTACT_DELETED_AT;
    case INB_KIND_ACTIVITY:
      return INB_ACTIVITY_DELETED_AT;
    default:
      return INB_VIEW_DELETED_AT;
    }
}

static gboolean
is_follower (InbKind kind,
             guint   column)
{
  for (guint i = 0; i < G_N_ELEMENTS (followers); i++)
    {
      if (followers[i].kind == kind && followers[i].column == column)
        return TRUE;
    }

  return kind == INB_KIND_CONTACT && column == INB_CONTACT_NAME_FOLDED;
}

/* What everybody's work on a row moves on, and what therefore says nothing of who has written a field. */
static gboolean
is_progress (InbKind kind,
             guint   column)
{
  if (kind == INB_KIND_LEAD)
    return column == INB_LEAD_LAST_ACTIVITY_AT || column == INB_LEAD_FIRST_RESPONSE_AT || column == INB_LEAD_FOLLOW_UP_COUNT;

  return kind == INB_KIND_CONTACT && column == INB_CONTACT_LAST_ACTIVITY_AT;
}

/* Of the row that the mutation is about only: the others follow it, and what became of them since is right. */
static void
tell_conflict (InbMutationWork    *work,
               const InbRow       *row,
               const InbUndoField *field)
{
  InbKind kind = inb_row_get_kind (row);
  gboolean is_editable = (inb_kind_get_columns (kind, NULL)[field->column].flags & INB_COLUMN_EDITABLE) != 0;

  if (kind == work->mutation->kind && g_strcmp0 (inb_row_get_key (row), work->mutation->entity_id) == 0 &&
      (is_editable || field->column == get_deleted_column (kind)))
    inb_mutation_result_add_conflict (work->result, field->column, field->after, field->before,
                                      inb_row_get (row, field->column));
}

/* Whether nobody has written the column since. */
static gboolean
is_untouched (InbMutationWork    *work,
              const InbRow       *row,
              const InbUndoField *field)
{
  InbKind kind = inb_row_get_kind (row);
  const char *now = inb_row_get (row, field->column);

  if (work->context->is_forecast && field->column == get_deleted_column (kind) && now != NULL && field->after != NULL)
    return TRUE;

  return inb_column_equal (kind, field->column, now, field->after);
}

/* What a restored row must not run into. */
static gboolean
may_return (InbMutationWork    *work,
            const InbRow       *row,
            const InbUndoField *field)
{
  InbKind kind = inb_row_get_kind (row);
  const InbRow *contact;

  if (kind == INB_KIND_CONTACT && field->column == INB_CONTACT_CRM_ID)
    return inb_mutation_find_crm_id_holder (work, row, field->before) == NULL;
  if (field->column != get_deleted_column (kind) || field->before != NULL)
    return TRUE;
  if (kind == INB_KIND_CONTACT)
    return inb_mutation_find_crm_id_holder (work, row, inb_row_get (row, INB_CONTACT_CRM_ID)) == NULL;
  if (kind != INB_KIND_LEAD)
    return TRUE;
  contact = inb_mutation_work_find (work, INB_KIND_CONTACT, inb_row_get (row, INB_LEAD_CONTACT_ID));

  return contact == NULL || inb_row_get (contact, INB_CONTACT_DELETED_AT) == NULL;
}

static void
restore_followers (InbRow           *row,
                   const InbUndoRow *record,
                   guint             leader)
{
  for (guint i = 0; i < G_N_ELEMENTS (followers); i++)
    {
      const InbUndoField *field;

      if (followers[i].kind != record->kind || followers[i].leader != leader)
        continue;
      field = inb_undo_row_find (record, followers[i].column);
      if (field != NULL)
        inb_row_set (row, field->column, field->before);
    }
}

static void
restore_field (InbMutationWork    *work,
               InbRow             *row,
               const InbUndoRow   *record,
               const InbUndoField *field)
{
  const char *now = inb_row_get (row, field->column);

  if (inb_column_is_set (record->kind, field->column))
    {
      inb_row_take (row, field->column, inb_value_merge_set (now, field->after, field->before));
      return;
    }
  if (inb_column_equal (record->kind, field->column, now, field->before))
    return;
  if (!is_untouched (work, row, field) || !may_return (work, row, field))
    {
      tell_conflict (work, row, field);
      return;
    }

  inb_row_set (row, field->column, field->before);
  restore_followers (row, record, field->column);
}

static gboolean
is_as_written (const InbRow       *row,
               const InbUndoField *field)
{
  return field == NULL ||
         inb_column_equal (inb_row_get_kind (row), field->column, inb_row_get (row, field->column), field->after);
}

/* The times go back only while nobody else has worked on the lead since; the count by what was added to it. */
static void
restore_progress (InbRow           *row,
                  const InbUndoRow *record)
{
  gboolean is_lead = record->kind == INB_KIND_LEAD;
  const InbUndoField *last = inb_undo_row_find (record, is_lead ? (guint) INB_LEAD_LAST_ACTIVITY_AT
                                                                : (guint) INB_CONTACT_LAST_ACTIVITY_AT);
  const InbUndoField *first = is_lead ? inb_undo_row_find (record, INB_LEAD_FIRST_RESPONSE_AT) : NULL;
  const InbUndoField *count = is_lead ? inb_undo_row_find (record, INB_LEAD_FOLLOW_UP_COUNT) : NULL;

  if (first != NULL && is_as_written (row, first) && is_as_written (row, last))
    inb_row_set (row, first->column, first->before);
  if (last != NULL && is_as_written (row, last))
    inb_row_set (row, last->column, last->before);
  if (count != NULL)
    {
      gint64 added = g_ascii_strtoll (count->after == NULL ? "0" : count->after, NULL, 10) -
                     g_ascii_strtoll (count->before == NULL ? "0" : count->before, NULL, 10);

      inb_row_set_integer (row, count->column, MAX (inb_row_get_integer (row, count->column, 0) - added, 0));
    }
}

static void
restore_row (InbMutationWork  *work,
             InbRow           *row,
             const InbUndoRow *record)
{
  for (guint i = 0; i < record->fields->len; i++)
    {
      const InbUndoField *field = &g_array_index (record->fields, InbUndoField, i);

      if (!is_follower (record->kind, field->column) && !is_progress (record->kind, field->column))
        restore_field (work, row, record, field);
    }
  if (record->kind == INB_KIND_LEAD || record->kind == INB_KIND_CONTACT)
    restore_progress (row, record);
  if (record->kind == INB_KIND_CONTACT && inb_undo_row_find (record, INB_CONTACT_NAME_FOLDED) != NULL)
    inb_row_take (row, INB_CONTACT_NAME_FOLDED,
                  inb_fold_name (inb_row_get (row, INB_CONTACT_FIRSTNAME), inb_row_get (row, INB_CONTACT_LASTNAME)));
}

static gboolean
is_as_created (InbMutationWork  *work,
               const InbRow     *row,
               const InbUndoRow *record)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (record->kind, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      const InbUndoField *field = inb_undo_row_find (record, i);

      if (work->context->is_forecast && (columns[i].flags & INB_COLUMN_EDITABLE) == 0)
        continue;
      if (inb_undo_column_is_content (record->kind, i) && !is_progress (record->kind, i) &&
          !inb_column_equal (record->kind, i, inb_row_get (row, i), field == NULL ? NULL : field->after))
        return FALSE;
    }

  return TRUE;
}

static gboolean
has_activity_of_others (InbMutationWork *work,
                        const char      *contact_id,
                        const char      *lead_id,
                        const char      *created_by)
{
  g_autoptr (GPtrArray) activities = inb_row_set_list_of_contact (work->rows, INB_KIND_ACTIVITY, contact_id);

  for (guint i = 0; i < activities->len; i++)
    {
      const InbRow *activity = inb_mutation_work_find (work, INB_KIND_ACTIVITY, inb_row_get_key (g_ptr_array_index (activities, i)));

      if (inb_row_get (activity, INB_ACTIVITY_DELETED_AT) == NULL &&
          g_strcmp0 (inb_row_get (activity, INB_ACTIVITY_LEAD_ID), lead_id) == 0 &&
          g_strcmp0 (inb_row_get (activity, INB_ACTIVITY_CREATED_BY), created_by) != 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_leads (InbMutationWork *work,
           const char      *contact_id)
{
  g_autoptr (GPtrArray) leads = inb_row_set_list_of_contact (work->rows, INB_KIND_LEAD, contact_id);

  for (guint i = 0; i < leads->len; i++)
    {
      const InbRow *lead = inb_mutation_work_find (work, INB_KIND_LEAD, inb_row_get_key (g_ptr_array_index (leads, i)));

      if (inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL)
        return TRUE;
    }

  return FALSE;
}

/* Whether others have built on the row since it was made. */
static gboolean
is_used (InbMutationWork *work,
         const InbRow    *row)
{
  switch (inb_row_get_kind (row))
    {
    case INB_KIND_LEAD:
      return has_activity_of_others (work, inb_row_get (row, INB_LEAD_CONTACT_ID), inb_row_get_key (row),
                                     inb_row_get (row, INB_LEAD_CREATED_BY));
    case INB_KIND_CONTACT:
      return has_leads (work, inb_row_get_key (row)) ||
             has_activity_of_others (work, inb_row_get_key (row), NULL, inb_row_get (row, INB_CONTACT_CREATED_BY));
    default:
      return FALSE;
    }
}

static gboolean
is_entity (InbMutationWork  *work,
           const InbUndoRow *record)
{
  return record->kind == work->mutation->kind && g_strcmp0 (record->id, work->mutation->entity_id) == 0;
}

/* Returns whether the row is gone. */
static gboolean
take_back_row (InbMutationWork  *work,
               InbRow           *row,
               const InbUndoRow *record)
{
  guint column = get_deleted_column (record->kind);
  g_autofree char *now = inb_time_format (work->context->now);

  if (inb_row_get (row, column) != NULL)
    return TRUE;
  if (!is_as_created (work, row, record) || is_used (work, row))
    {
      if (is_entity (work, record))
        inb_mutation_result_add_conflict (work->result, column, NULL, now, NULL);
      return FALSE;
    }
  inb_row_set (row, column, now);

  return TRUE;
}

static void
log_row (InbMutationWork *work,
         const InbRow    *row,
         const InbRow    *before)
{
  InbKind kind = inb_row_get_kind (row);
  guint column = get_deleted_column (kind);
  gboolean was_deleted = inb_row_get (before, column) != NULL;
  gboolean is_deleted = inb_row_get (row, column) != NULL;

  if (kind == INB_KIND_CONTACT && g_strcmp0 (inb_row_get (before, INB_CONTACT_MERGED_INTO),
                                             inb_row_get (row, INB_CONTACT_MERGED_INTO)) != 0)
    inb_mutation_log_merge (work, row, inb_row_get (row, INB_CONTACT_MERGED_INTO) == NULL);
  else if (was_deleted != is_deleted)
    inb_mutation_log_presence (work, row, is_deleted);
  inb_mutation_log_fields (work, row);
}

static void
log_rows (InbMutationWork *work)
{
  guint n_rows = work->staged->len; /* what is logged is staged behind them */

  for (guint i = 0; i < n_rows; i++)
    {
      const InbStagedRow *staged = g_ptr_array_index (work->staged, i);

      log_row (work, staged->row, staged->before);
    }
}

static const InbUndoRow *
find_record (InbMutationWork *work,
             GPtrArray       *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const InbUndoRow *record = g_ptr_array_index (records, i);

      if (is_entity (work, record))
        return record;
    }

  return NULL;
}

static gboolean
check_view (InbMutationWork  *work,
            const InbRow     *view,
            const InbUndoRow *record)
{
  const InbUndoField *shared = inb_undo_row_find (record, INB_VIEW_IS_SHARED);

  return inb_mutation_check_view (work, view, shared != NULL && !record->created && g_strcmp0 (shared->before, "true") == 0);
}

static gboolean
check_rights (InbMutationWork *work,
              GPtrArray       *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const InbUndoRow *record = g_ptr_array_index (records, i);

      if (record->kind == INB_KIND_CONTACT && inb_undo_row_find (record, INB_CONTACT_MERGED_INTO) != NULL &&
          !inb_role_may (work->context->role, INB_RIGHT_MERGE))
        return inb_mutation_work_reject (work, INB_ERROR_FORBIDDEN, "Merging contacts is undone by a %s or above: your role is %s",
                                         inb_role_get_name (inb_right_get_role (INB_RIGHT_MERGE)),
                                         inb_role_get_name (work->context->role));
    }

  return TRUE;
}

/* What was made along with the entity, latest first; a person goes last, when nothing is left that belongs to them. */
static void
take_back_others (InbMutationWork *work,
                  GPtrArray       *records)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = records->len; i > 0; i--)
      {
        const InbUndoRow *record = g_ptr_array_index (records, i - 1);
        InbRow *row;

        if (!record->created || is_entity (work, record) || (record->kind == INB_KIND_CONTACT) != (pass == 1))
          continue;
        row = inb_mutation_work_edit (work, record->kind, record->id);
        if (row != NULL)
          take_back_row (work, row, record);
      }
}

/* People first, latest first: what belongs to them can only come back after them. */
static void
restore_rows (InbMutationWork *work,
              GPtrArray       *records)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = records->len; i > 0; i--)
      {
        const InbUndoRow *record = g_ptr_array_index (records, i - 1);
        InbRow *row;

        if (record->created || (record->kind == INB_KIND_CONTACT) != (pass == 0))
          continue;
        row = inb_mutation_work_edit (work, record->kind, record->id);
        if (row != NULL)
          restore_row (work, row, record);
      }
}

/* Takes back what another mutation wrote, column by column, where nobody has written since. */
gboolean
inb_mutation_undo (InbMutationWork *work,
                   const char      *undo_record)
{
  g_autoptr (GPtrArray) records = inb_undo_record_parse (undo_record);
  const InbUndoRow *record = records == NULL ? NULL : find_record (work, records);
  InbRow *row;

  if (records == NULL)
    return inb_mutation_work_reject (work, INB_ERROR_NOT_FOUND, "There is nothing to undo: what mutation %s did is not known, or it "
                                     "did nothing", work->mutation->undoes);
  if (record == NULL)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "Mutation %s did not concern %s %s", work->mutation->undoes,
                                     inb_kind_get_name (work->mutation->kind), work->mutation->entity_id);
  row = inb_mutation_edit_entity (work, record->created ||
                                        inb_undo_row_find (record, get_deleted_column (record->kind)) != NULL);
  if (row == NULL || !check_rights (work, records))
    return FALSE;
  if (record->kind == INB_KIND_VIEW && !check_view (work, row, record))
    return FALSE;

  if (record->created && !take_back_row (work, row, record))
    return TRUE;
  take_back_others (work, records);
  restore_rows (work, records);
  log_rows (work);

  return TRUE;
}

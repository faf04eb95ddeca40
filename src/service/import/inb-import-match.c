#define G_LOG_DOMAIN "inb-service"

#include "inb-import-chunk.h"

#include "inb-json.h"
#include "inb-mutation-work.h"
#include "inb-row-defaults.h"
#include "inb-time.h"
#include "inb-undo-record.h"
#include "inb-value.h"

#include <string.h>

/* One line on its way. */
typedef struct {
  const InbImportChunk *chunk;
  const InbImportLine  *line;
  InbDecision          *decision;     /* owned */
  GPtrArray            *staged;       /* owned, InbStagedRow: what the line writes */
  char                 *mutation_id;  /* owned: the line's */
  gboolean              contact_changed;
  gboolean              lead_changed;
} Work;

static InbRow *
find_key (Work  *work,
          guint  column)
{
  return inb_candidates_find_contact (work->chunk->book->candidates, column, inb_row_get (work->line->intake->contact, column));
}

static void
decide (Work *work)
{
  const InbImportChunk *chunk = work->chunk;
  const InbImportSetting *setting = chunk->setting;
  InbRow *by_crm_id = find_key (work, INB_CONTACT_CRM_ID);
  InbRow *by_phone = find_key (work, INB_CONTACT_PHONE_E164);
  InbRow *by_email = find_key (work, INB_CONTACT_EMAIL_NORM);
  InbRow *matched = by_crm_id != NULL ? by_crm_id : by_phone != NULL ? by_phone : by_email;
  const InbImportOrigin import = {
    .id = chunk->request->id,
    .file_name = chunk->request->file_name,
    .actor_id = chunk->session->user_id,
    .actor_name = chunk->session->user_name,
    .line = work->line->number,
  };
  const InbOrigin origin = {
    .workspace_id = setting->workspace_id,
    .source_label = chunk->request->source,
    .currency = setting->currency,
    .timezone = setting->timezone,
    .received_at = setting->now,
    .import = &import,
  };

  work->decision = inb_decide (work->line->intake, &origin, chunk->rules, setting->stages, by_crm_id, by_phone, by_email,
                               matched == NULL ? NULL
                                               : inb_candidates_get_leads (chunk->book->candidates, inb_row_get_key (matched)));
}

static InbRow *
find_made (Work       *work,
           InbKind     kind,
           const char *what)
{
  g_autofree char *id = inb_import_make_id (work->chunk->setting->workspace_id, what, work->line);

  return inb_row_set_find (work->chunk->book->rows, kind, id);
}

/* Somebody imported the same line before, and what it made is still there. */
static gboolean
is_repeat (Work *work)
{
  const InbRow *contact = find_made (work, INB_KIND_CONTACT, "contact");
  const InbRow *lead = find_made (work, INB_KIND_LEAD, "lead");

  if (work->decision->lead != NULL)
    return work->decision->lead_created && lead != NULL && inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL;

  return contact != NULL && inb_row_get (contact, INB_CONTACT_DELETED_AT) == NULL;
}

static void
set_for_all (GPtrArray  *activities,
             guint       column,
             const char *value)
{
  for (guint i = 0; i < activities->len; i++)
    inb_row_set (g_ptr_array_index (activities, i), column, value);
}

/* A person that was merged into another one is not to come back. */
static gboolean
may_have_id (const InbRow *stored)
{
  return stored == NULL || (inb_row_get (stored, INB_CONTACT_DELETED_AT) != NULL && inb_row_get (stored, INB_CONTACT_MERGED_INTO) == NULL);
}

/* Gives what the line makes the ids by which it is known again. */
static void
set_ids (Work *work)
{
  InbDecision *decision = work->decision;
  const char *workspace_id = work->chunk->setting->workspace_id;

  if (decision->contact_created && may_have_id (find_made (work, INB_KIND_CONTACT, "contact")))
    {
      inb_row_take (decision->contact, INB_CONTACT_ID, inb_import_make_id (workspace_id, "contact", work->line));
      set_for_all (decision->activities, INB_ACTIVITY_CONTACT_ID, inb_row_get_key (decision->contact));
      if (decision->lead != NULL)
        inb_row_set (decision->lead, INB_LEAD_CONTACT_ID, inb_row_get_key (decision->contact));
    }
  if (decision->lead_created)
    {
      inb_row_take (decision->lead, INB_LEAD_ID, inb_import_make_id (workspace_id, "lead", work->line));
      set_for_all (decision->activities, INB_ACTIVITY_LEAD_ID, inb_row_get_key (decision->lead));
    }
}

static gboolean
is_content (InbKind kind,
            guint   column)
{
  if (!inb_undo_column_is_content (kind, column))
    return FALSE;
  if (kind == INB_KIND_CONTACT)
    return column != INB_CONTACT_LAST_ACTIVITY_AT;

  return column != INB_LEAD_LAST_ACTIVITY_AT && column != INB_LEAD_METADATA;
}

static gboolean
says_something_new (const InbRow *before,
                    const InbRow *row)
{
  InbKind kind = inb_row_get_kind (row);
  guint n_columns;

  if (before == NULL)
    return TRUE;

  inb_kind_get_columns (kind, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (is_content (kind, i) && !inb_column_equal (kind, i, inb_row_get (before, i), inb_row_get (row, i)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_deleted (const InbRow *row)
{
  switch (inb_row_get_kind (row))
    {
    case INB_KIND_CONTACT:
      return inb_row_get (row, INB_CONTACT_DELETED_AT) != NULL;
    case INB_KIND_LEAD:
      return inb_row_get (row, INB_LEAD_DELETED_AT) != NULL;
    case INB_KIND_ACTIVITY:
    default:
      return inb_row_get (row, INB_ACTIVITY_DELETED_AT) != NULL;
    }
}

/* A note or an appointment that the same line left before is not left again, unless it was taken back. */
static void
drop_repeated_activities (Work *work)
{
  GPtrArray *activities = work->decision->activities;

  for (guint i = activities->len; i > 0; i--)
    {
      InbRow *activity = g_ptr_array_index (activities, i - 1);
      const char *type = inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE);
      const InbRow *made;

      if (strcmp (type, "note") != 0 && strcmp (type, "appointment_scheduled") != 0)
        continue;
      made = find_made (work, INB_KIND_ACTIVITY, type);
      if (made != NULL && !is_deleted (made))
        {
          g_ptr_array_remove_index (activities, i - 1);
          continue;
        }
      inb_row_take (activity, INB_ACTIVITY_ID, inb_import_make_id (work->chunk->setting->workspace_id, type, work->line));
      if (made != NULL)
        inb_row_fill_defaults (activity);
    }
}

static const InbRow *
find_stored (Work         *work,
             const InbRow *row)
{
  return inb_row_set_find (work->chunk->book->rows, inb_row_get_kind (row), inb_row_get_key (row));
}

static gboolean
complete (Work *work)
{
  const InbImportChunk *chunk = work->chunk;
  const InbImportNames names = { chunk->book->members, chunk->book->teams, chunk->setting->stages };
  InbDecision *decision = work->decision;
  g_autoptr (GError) error = NULL;

  if (!inb_import_line_complete (work->line, chunk->map, &names, decision->lead, decision->contact, &error))
    {
      inb_import_report_refuse (chunk->report, work->line->number, error);
      return FALSE;
    }
  if (decision->lead_created && work->line->created_at != INB_TIME_NONE && work->line->created_at <= chunk->setting->now)
    inb_row_set_time (decision->lead, INB_LEAD_CREATED_AT, work->line->created_at);
  /* What comes back after an undo is written over the deleted row, and has to be as complete as a new one. */
  if (decision->contact_created)
    inb_row_fill_defaults (decision->contact);
  if (decision->lead_created)
    inb_row_fill_defaults (decision->lead);

  return TRUE;
}

static void
staged_free (gpointer data)
{
  InbStagedRow *self = data;

  g_clear_pointer (&self->before, inb_row_unref);
  inb_row_unref (self->row);
  g_free (self);
}

/* What comes back after an undo is taken back as what is new: only while nobody has changed it. */
static void
stage (Work     *work,
       InbRow   *row,
       gboolean  is_log)
{
  const InbRow *before = find_stored (work, row);
  InbStagedRow *staged = g_new0 (InbStagedRow, 1);

  staged->before = before == NULL || is_deleted (before) ? NULL : inb_row_ref ((InbRow *) before);
  staged->row = inb_row_ref (row);
  staged->is_log = is_log;
  g_ptr_array_add (work->staged, staged);
}

static void
stage_all (Work *work)
{
  InbDecision *decision = work->decision;

  work->staged = g_ptr_array_new_with_free_func (staged_free);
  if (work->contact_changed || work->lead_changed)
    stage (work, decision->contact, FALSE);
  if (work->lead_changed)
    stage (work, decision->lead, FALSE);
  for (guint i = 0; work->chunk->items != NULL && i < decision->activities->len; i++)
    {
      InbRow *activity = g_ptr_array_index (decision->activities, i);
      const char *type = inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE);

      stage (work, activity, strcmp (type, "note") != 0 && strcmp (type, "appointment_scheduled") != 0);
    }
}

static void
record (Work *work)
{
  const InbImportChunk *chunk = work->chunk;
  const InbDecision *decision = work->decision;
  const InbRow *entity = decision->lead != NULL && (work->lead_changed || !work->contact_changed) ? decision->lead : decision->contact;
  gboolean is_new = entity == decision->lead ? decision->lead_created : decision->contact_created;
  InbMutation *mutation;
  InbEditItem *item;

  if (chunk->items == NULL)
    return;

  mutation = inb_mutation_new (is_new ? INB_MUTATION_CREATE : INB_MUTATION_UPDATE, inb_row_get_kind (entity), inb_row_get_key (entity),
                               chunk->setting->now);
  mutation->group = g_strdup (chunk->request->id);
  if (inb_import_history_get (chunk->book->history, work->mutation_id) == INB_IMPORT_NEW)
    {
      g_free (mutation->id);
      mutation->id = g_strdup (work->mutation_id);
    }
  item = inb_edit_item_new (mutation, 0);
  item->result = inb_mutation_result_new (mutation->id, INB_MUTATION_APPLIED);
  item->undo = work->staged == NULL ? NULL : inb_undo_record_new (work->staged);
  if (entity == decision->lead)
    item->lead_id = g_strdup (inb_row_get_key (decision->lead));
  else
    item->contact_id = g_strdup (inb_row_get_key (decision->contact));
  g_ptr_array_add (chunk->items, item);
}

static void
put_all (Work *work)
{
  stage_all (work);
  for (guint i = 0; i < work->staged->len; i++)
    {
      const InbStagedRow *staged = g_ptr_array_index (work->staged, i);

      inb_import_book_put (work->chunk->book, inb_row_ref (staged->row));
    }
  record (work);
}

static void
count (Work *work)
{
  InbImportReport *report = work->chunk->report;
  const InbDecision *decision = work->decision;

  if (work->contact_changed)
    inb_import_report_count (report, decision->contact_created ? INB_IMPORT_CREATE_CONTACT : INB_IMPORT_UPDATE_CONTACT);
  if (work->lead_changed)
    inb_import_report_count (report, decision->lead_created ? INB_IMPORT_CREATE_LEAD : INB_IMPORT_UPDATE_LEAD);
}

static void
tell_conflicts (Work *work)
{
  const char *reason = work->decision->reason;
  g_autoptr (JsonNode) node = NULL;

  if (strstr (reason, "\"conflicts\":[]") != NULL)
    return;
  node = inb_json_parse (reason, strlen (reason), NULL);
  if (node != NULL)
    inb_import_report_add_conflicts (work->chunk->report, work->line->number,
                                     inb_json_get_array (json_node_get_object (node), "conflicts"));
}

/* The same number or mail address written otherwise is no news. */
static void
keep_spelling (InbRow       *contact,
               const InbRow *stored,
               guint         column,
               guint         key)
{
  if (inb_row_get (stored, column) != NULL && inb_row_get (stored, key) != NULL &&
      g_strcmp0 (inb_row_get (stored, key), inb_row_get (contact, key)) == 0)
    inb_row_set (contact, column, inb_row_get (stored, column));
}

/* What says the same as before stays as it is; a name in one cell may have been split where the stored one is not. */
static void
keep_known (Work *work)
{
  static const guint columns[] = { INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME };
  InbRow *contact = work->decision->contact;
  const InbRow *stored = find_stored (work, contact);

  if (stored == NULL)
    return;
  keep_spelling (contact, stored, INB_CONTACT_PHONE, INB_CONTACT_PHONE_E164);
  keep_spelling (contact, stored, INB_CONTACT_EMAIL, INB_CONTACT_EMAIL_NORM);
  if (!inb_import_line_knows_name (work->line, work->chunk->map, stored))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    inb_row_set (contact, columns[i], inb_row_get (stored, columns[i]));
}

static void
finish (Work *work)
{
  InbDecision *decision = work->decision;

  if (is_repeat (work))
    {
      inb_import_report_count (work->chunk->report, INB_IMPORT_UNCHANGED);
      return;
    }
  keep_known (work);
  set_ids (work);
  drop_repeated_activities (work);
  if (!complete (work))
    return;

  work->contact_changed = decision->contact_created || says_something_new (find_stored (work, decision->contact), decision->contact);
  work->lead_changed = decision->lead != NULL &&
                       (decision->activities->len > 0 || says_something_new (find_stored (work, decision->lead), decision->lead));
  if (!work->contact_changed && !work->lead_changed)
    {
      /* Known to be done, should the import be sent again after lines behind it have changed what it was compared with. */
      record (work);
      inb_import_report_count (work->chunk->report, INB_IMPORT_UNCHANGED);
      return;
    }
  tell_conflicts (work);
  put_all (work);
  count (work);
}

/**
 * inb_import_decide_new:
 *
 * As a webhook's event: the person by CRM id, phone or mail, the lead by the rules. A line whose lead or person was made by the same line
 * of another file, or that says only what is known, changes nothing.
 */
void
inb_import_decide_new (const InbImportChunk *self,
                       const InbImportLine  *line)
{
  Work work = { self, line, };

  work.mutation_id = inb_import_make_mutation_id (self->setting, line);
  if (inb_import_history_get (self->book->history, work.mutation_id) == INB_IMPORT_STANDS)
    {
      inb_import_report_count (self->report, INB_IMPORT_UNCHANGED);
    }
  else
    {
      decide (&work);
      finish (&work);
      inb_decision_free (work.decision);
    }
  g_clear_pointer (&work.staged, g_ptr_array_unref);
  g_free (work.mutation_id);
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation-fields.h"
#include "inb-mutation-log.h"
#include "inb-mutation-verbs.h"
#include "inb-time.h"

#include <string.h>

/* What happened stays as it was told; people may mark it. */
static gboolean
check_activity (InbMutationWork *work,
                const InbRow    *activity)
{
  for (guint i = 0; i < work->mutation->changes->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (work->mutation->changes, i);

      if (change->column != INB_ACTIVITY_IS_PINNED && !inb_activity_is_human (activity))
        return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE,
                                         "Only notes, calls, mails, SMS, meetings and appointments can be changed: this activity "
                                         "tells what happened");
    }

  return TRUE;
}

/* A note's text stands in two columns (see complete_note()), of which users see one. */
static void
follow_note (InbMutationWork *work,
             InbRow          *activity)
{
  const InbRow *before = inb_mutation_work_get_before (work, activity);
  const char *description = inb_row_get (activity, INB_ACTIVITY_DESCRIPTION);
  const char *body = inb_row_get (activity, INB_ACTIVITY_BODY);
  const char *text = inb_row_get (before, INB_ACTIVITY_BODY);

  if (g_strcmp0 (inb_row_get (before, INB_ACTIVITY_DESCRIPTION), text) != 0)
    return;
  if (g_strcmp0 (body, text) != 0 && inb_mutation_find_change (work->mutation, INB_ACTIVITY_DESCRIPTION) == NULL)
    inb_row_set (activity, INB_ACTIVITY_DESCRIPTION, body);
  else if (g_strcmp0 (description, text) != 0 && inb_mutation_find_change (work->mutation, INB_ACTIVITY_BODY) == NULL)
    inb_row_set (activity, INB_ACTIVITY_BODY, description);
}

static gboolean
update_activity (InbMutationWork *work,
                 InbRow          *activity)
{
  gint64 starts_at = inb_row_get_time (activity, INB_ACTIVITY_STARTS_AT);
  gint64 ends_at = inb_row_get_time (activity, INB_ACTIVITY_ENDS_AT);

  if (ends_at != INB_TIME_NONE && starts_at != INB_TIME_NONE && ends_at < starts_at)
    return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "activity.ends_at must not be before activity.starts_at");
  follow_note (work, activity);

  return TRUE;
}

static void
update_lead (InbMutationWork *work,
             InbRow          *lead)
{
  const InbRow *before = inb_mutation_work_get_before (work, lead);
  gboolean moved = g_strcmp0 (inb_row_get (before, INB_LEAD_STAGE), inb_row_get (lead, INB_LEAD_STAGE)) != 0;

  inb_mutation_log_won (work, lead);
  if (work->n_logged > 0)
    inb_mutation_touch_lead (work, lead, moved ? work->acted_at : INB_TIME_NONE);
}

gboolean
inb_mutation_update (InbMutationWork *work)
{
  InbRow *row = inb_mutation_edit_entity (work, FALSE);

  if (row == NULL)
    return FALSE;
  if (work->mutation->kind == INB_KIND_ACTIVITY && !check_activity (work, row))
    return FALSE;
  if (!inb_mutation_write_fields (work, row))
    return FALSE;
  if (work->mutation->kind == INB_KIND_ACTIVITY && !update_activity (work, row))
    return FALSE;
  if (work->mutation->kind == INB_KIND_CONTACT)
    inb_mutation_derive (work, row);

  inb_mutation_log_fields (work, row);
  if (work->mutation->kind == INB_KIND_LEAD)
    update_lead (work, row);

  return TRUE;
}

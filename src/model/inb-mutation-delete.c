#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation-fields.h"
#include "inb-mutation-log.h"
#include "inb-mutation-verbs.h"

static void
delete_lead (InbMutationWork *work,
             InbRow          *lead)
{
  inb_row_set_time (lead, INB_LEAD_DELETED_AT, work->context->now);
  inb_mutation_log_presence (work, lead, TRUE);
}

/* A lead without its person would be nobody's; it goes with it. */
static void
delete_contact (InbMutationWork *work,
                InbRow          *contact)
{
  g_autoptr (GPtrArray) leads = inb_row_set_list_of_contact (work->rows, INB_KIND_LEAD, inb_row_get_key (contact));

  inb_row_set_time (contact, INB_CONTACT_DELETED_AT, work->context->now);
  inb_mutation_log_presence (work, contact, TRUE);
  for (guint i = 0; i < leads->len; i++)
    {
      const InbRow *lead = g_ptr_array_index (leads, i);

      if (inb_row_get (lead, INB_LEAD_DELETED_AT) == NULL)
        delete_lead (work, inb_mutation_work_edit (work, INB_KIND_LEAD, inb_row_get_key (lead)));
    }
}

gboolean
inb_mutation_delete (InbMutationWork *work)
{
  InbRow *row = inb_mutation_edit_entity (work, FALSE);

  if (row == NULL)
    return FALSE;

  switch (work->mutation->kind)
    {
    case INB_KIND_LEAD:
      delete_lead (work, row);
      break;
    case INB_KIND_CONTACT:
      delete_contact (work, row);
      break;
    case INB_KIND_ACTIVITY:
      if (!inb_activity_is_human (row))
        return inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE,
                                         "Only notes, calls, mails, SMS, meetings and appointments can be deleted: this activity "
                                         "tells what happened");
      inb_row_set_time (row, INB_ACTIVITY_DELETED_AT, work->context->now);
      inb_mutation_log_presence (work, row, TRUE);
      break;
    default:
      inb_row_set_time (row, INB_VIEW_DELETED_AT, work->context->now);
      break;
    }

  return TRUE;
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation-rules.h"

#include "inb-mutation-verbs.h"
#include "inb-undo-record.h"
#include "inb-uuid.h"

#include <string.h>

static gboolean
check_rights (InbMutationWork *work)
{
  InbRight right = work->mutation->verb == INB_MUTATION_MERGE ? INB_RIGHT_MERGE : INB_RIGHT_EDIT;

  if (inb_role_may (work->context->role, right))
    return TRUE;

  return inb_mutation_work_reject (work, INB_ERROR_FORBIDDEN, "%s needs the role %s or above: yours is %s",
                                   right == INB_RIGHT_MERGE ? "Merging contacts" : "Changing anything",
                                   inb_role_get_name (inb_right_get_role (right)), inb_role_get_name (work->context->role));
}

static gboolean
apply (InbMutationWork *work,
       const char      *undo_record)
{
  if (!check_rights (work))
    return FALSE;

  switch (work->mutation->verb)
    {
    case INB_MUTATION_CREATE:
      return inb_mutation_create (work);
    case INB_MUTATION_DELETE:
      return inb_mutation_delete (work);
    case INB_MUTATION_MERGE:
      return inb_mutation_merge (work);
    case INB_MUTATION_UNDO:
      return inb_mutation_undo (work, undo_record);
    case INB_MUTATION_UPDATE:
    default:
      return inb_mutation_update (work);
    }
}

/**
 * inb_mutation_apply:
 * @rows: what inb_mutation_list_needs() names, as far as it is known here; gets the changed rows
 * @undo_record: (nullable): what inb_mutation_apply() made of the mutation that %INB_MUTATION_UNDO takes back
 * @undo: (out) (transfer full) (nullable): the record of what this one wrote
 *
 * Pure: equal rows and contexts give equal rows, ids of activities included. Any thread. A value that is stored already is not
 * written again, and leaves no activity.
 *
 * Returns: (transfer full): what became of it; change_seq is for the caller
 */
InbMutationResult *
inb_mutation_apply (const InbMutation         *mutation,
                    InbRowSet                 *rows,
                    const InbMutationContext  *context,
                    const char                *undo_record,
                    char                     **undo)
{
  g_autoptr (InbMutationWork) work = NULL;

  g_return_val_if_fail (mutation != NULL && rows != NULL && context != NULL && undo != NULL, NULL);
  g_return_val_if_fail (context->stages != NULL && context->workspace_id != NULL, NULL);

  work = inb_mutation_work_new (mutation, rows, context);
  if (!apply (work, undo_record))
    g_assert (work->result->status == INB_MUTATION_REJECTED);

  return inb_mutation_work_finish (work, undo);
}

/**
 * inb_mutation_get_activity_id:
 * @name: tells it from the mutation's other activities
 *
 * Returns: (transfer full): the same id wherever it is asked for
 */
char *
inb_mutation_get_activity_id (const InbMutation *mutation,
                              const char        *name)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (mutation != NULL && name != NULL, NULL);

  text = g_strconcat (mutation->id, " ", name, NULL);

  return inb_uuid_derive_v7 (mutation->made_at, text);
}

static void
need (GHashTable *ids,
      const char *id)
{
  if (id != NULL)
    g_hash_table_add (ids, g_strdup (id));
}

static void
need_references (const InbMutation *mutation,
                 GHashTable        *ids[INB_N_KINDS])
{
  static const struct {
    InbKind kind;
    guint   column;
    InbKind target;
  } references[] = {
    { INB_KIND_LEAD, INB_LEAD_CONTACT_ID, INB_KIND_CONTACT },
    { INB_KIND_LEAD, INB_LEAD_ASSIGNED_TO, INB_KIND_MEMBER },
    { INB_KIND_LEAD, INB_LEAD_TEAM_ID, INB_KIND_TEAM },
    { INB_KIND_CONTACT, INB_CONTACT_OWNER_ID, INB_KIND_MEMBER },
    { INB_KIND_ACTIVITY, INB_ACTIVITY_LEAD_ID, INB_KIND_LEAD },
    { INB_KIND_ACTIVITY, INB_ACTIVITY_CONTACT_ID, INB_KIND_CONTACT },
    { INB_KIND_ACTIVITY, INB_ACTIVITY_ASSIGNED_TO, INB_KIND_MEMBER },
  };

  for (guint i = 0; i < mutation->changes->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (mutation->changes, i);

      for (guint j = 0; j < G_N_ELEMENTS (references); j++)
        {
          if (references[j].kind == mutation->kind && references[j].column == change->column)
            need (ids[references[j].target], change->value);
        }
    }
}

static void
need_record (const InbUndoRow *record,
             GHashTable       *ids[INB_N_KINDS],
             GHashTable       *contact_ids)
{
  const InbUndoField *contact = record->kind == INB_KIND_LEAD ? inb_undo_row_find (record, INB_LEAD_CONTACT_ID) : NULL;
  const InbUndoField *merged = record->kind == INB_KIND_CONTACT ? inb_undo_row_find (record, INB_CONTACT_MERGED_INTO) : NULL;

  need (ids[record->kind], record->id);
  /* Whose timeline tells of it, and who may have got nothing else by it. */
  if (merged != NULL)
    need (ids[INB_KIND_CONTACT], merged->after != NULL ? merged->after : merged->before);
  if (!record->created)
    return;

  /* Whether others have built on what was created. */
  if (record->kind == INB_KIND_CONTACT)
    need (contact_ids, record->id);
  else if (contact != NULL)
    need (contact_ids, contact->after);
}

/**
 * inb_mutation_list_needs:
 * @undo_record: (nullable): of the mutation that is to be undone
 * @ids: (element-type utf8): a set of ids a kind, that own their strings
 * @contact_ids: (element-type utf8): a set of the same make
 *
 * Adds what has to be in the row set before the mutation is applied. Rows that do not exist are left out by the caller.
 */
void
inb_mutation_list_needs (const InbMutation *mutation,
                         const char        *undo_record,
                         GHashTable        *ids[INB_N_KINDS],
                         GHashTable        *contact_ids)
{
  g_autoptr (GPtrArray) records = NULL;

  g_return_if_fail (mutation != NULL && contact_ids != NULL);

  need (ids[mutation->kind], mutation->entity_id);
  need_references (mutation, ids);
  if (mutation->verb == INB_MUTATION_DELETE && mutation->kind == INB_KIND_CONTACT)
    need (contact_ids, mutation->entity_id);
  if (mutation->verb == INB_MUTATION_MERGE)
    {
      need (ids[INB_KIND_CONTACT], mutation->other_id);
      need (contact_ids, mutation->other_id);
    }

  records = inb_undo_record_parse (undo_record);
  for (guint i = 0; records != NULL && i < records->len; i++)
    need_record (g_ptr_array_index (records, i), ids, contact_ids);
}

/**
 * inb_mutation_list_crm_ids:
 * @undo_record: (nullable): of the mutation that is to be undone
 * @crm_ids: (element-type utf8): a set that owns its strings
 *
 * Adds the CRM ids that contacts would get by the mutation.
 */
void
inb_mutation_list_crm_ids (const InbMutation *mutation,
                           const char        *undo_record,
                           GHashTable        *crm_ids)
{
  const InbFieldChange *change;
  g_autoptr (GPtrArray) records = NULL;

  g_return_if_fail (mutation != NULL && crm_ids != NULL);

  if (mutation->kind != INB_KIND_CONTACT)
    return;

  change = inb_mutation_find_change (mutation, INB_CONTACT_CRM_ID);
  if (change != NULL)
    need (crm_ids, change->value);

  records = inb_undo_record_parse (undo_record);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const InbUndoRow *record = g_ptr_array_index (records, i);
      const InbUndoField *field = record->kind == INB_KIND_CONTACT ? inb_undo_row_find (record, INB_CONTACT_CRM_ID) : NULL;

      if (field != NULL)
        need (crm_ids, field->before);
    }
}

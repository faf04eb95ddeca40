#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-item.h"

#include "inb-time.h"

/**
 * inb_edit_item_new:
 * @mutation: (transfer full)
 * @index: its number in the job
 */
InbEditItem *
inb_edit_item_new (InbMutation *mutation,
                   guint        index)
{
  InbEditItem *self = g_new0 (InbEditItem, 1);

  self->mutation = mutation;
  self->index = index;

  return self;
}

void
inb_edit_item_free (InbEditItem *self)
{
  g_clear_pointer (&self->mutation, inb_mutation_unref);
  g_clear_pointer (&self->result, inb_mutation_result_unref);
  g_free (self->undo);
  g_free (self->lead_id);
  g_free (self->contact_id);
  g_free (self);
}

void
inb_edit_item_reject (InbEditItem  *self,
                      InbErrorCode  code,
                      const char   *message)
{
  g_clear_pointer (&self->result, inb_mutation_result_unref);
  self->result = inb_mutation_result_new (self->mutation->id, INB_MUTATION_REJECTED);
  inb_mutation_result_reject (self->result, code, message);
}

static const char *
get_new_value (const InbMutation *mutation,
               guint              column)
{
  const InbFieldChange *change = inb_mutation_find_change (mutation, column);

  return change == NULL ? NULL : change->value;
}

/**
 * inb_edit_item_find_subject:
 * @rows: what the mutation needs
 *
 * An undo keeps the subject of what it undoes.
 */
void
inb_edit_item_find_subject (InbEditItem *self,
                            InbRowSet   *rows)
{
  const InbMutation *mutation = self->mutation;
  const InbRow *row;

  if (mutation->verb == INB_MUTATION_UNDO)
    return;

  switch (mutation->kind)
    {
    case INB_KIND_LEAD:
      self->lead_id = g_strdup (mutation->entity_id);
      break;
    case INB_KIND_CONTACT:
      self->contact_id = g_strdup (mutation->entity_id);
      break;
    case INB_KIND_ACTIVITY:
      row = inb_row_set_find (rows, INB_KIND_ACTIVITY, mutation->entity_id);
      self->lead_id = g_strdup (row != NULL ? inb_row_get (row, INB_ACTIVITY_LEAD_ID)
                                            : get_new_value (mutation, INB_ACTIVITY_LEAD_ID));
      if (self->lead_id == NULL)
        self->contact_id = g_strdup (row != NULL ? inb_row_get (row, INB_ACTIVITY_CONTACT_ID)
                                                 : get_new_value (mutation, INB_ACTIVITY_CONTACT_ID));
      break;
    default:
      break; /* a view concerns nobody */
    }
}

static void
add_params (const InbEditItem     *self,
            const InbEditRecordOf *of,
            GPtrArray             *params)
{
  const InbMutation *mutation = self->mutation;
  GString *request = g_string_new (NULL);
  GString *answer = g_string_new (NULL);
  gboolean touched = self->result->status != INB_MUTATION_REJECTED;

  inb_mutation_append_json (mutation, request);
  inb_mutation_result_append_json (self->result, mutation->kind, answer);
  g_ptr_array_add (params, g_strdup (of->workspace_id));
  g_ptr_array_add (params, g_strdup (of->user_id));
  g_ptr_array_add (params, g_strdup (mutation->id));
  g_ptr_array_add (params, g_strdup (mutation->group));
  g_ptr_array_add (params, g_strdup (inb_kind_get_name (mutation->kind)));
  g_ptr_array_add (params, g_strdup (mutation->entity_id));
  g_ptr_array_add (params, g_string_free (request, FALSE));
  g_ptr_array_add (params, g_string_free (answer, FALSE));
  g_ptr_array_add (params, self->result->change_seq == 0 ? NULL
                                                         : g_strdup_printf ("%" G_GINT64_FORMAT, self->result->change_seq));
  g_ptr_array_add (params, inb_time_format (of->now));
  g_ptr_array_add (params, g_strdup (self->undo));
  g_ptr_array_add (params, touched ? g_strdup (self->lead_id) : NULL);
  g_ptr_array_add (params, touched ? g_strdup (self->contact_id) : NULL);
}

/**
 * inb_edit_items_send:
 * @items: (element-type InbEditItem): answered
 * @db: in pipeline mode, inside the transaction
 * @n_statements: (inout): counted up by the statements sent
 *
 * Sends the mutations' own rows, which a repeat is answered from.
 *
 * Returns: whether they were sent
 */
gboolean
inb_edit_items_send (GPtrArray             *items,
                     const InbEditRecordOf *of,
                     InbDb                 *db,
                     guint                 *n_statements,
                     GError               **error)
{
  static const char * const casts[] = {
    "text", "uuid", "uuid", "uuid", "text", "uuid", "jsonb", "jsonb", "bigint", "timestamptz", "jsonb", "uuid", "uuid", NULL
  };
  g_autoptr (GPtrArray) params = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (items, i);

      if (!item->is_repeat)
        add_params (item, of, params);
    }

  return inb_row_writer_send_values (db, "edit/insert-mutations", casts, (const char * const *) params->pdata,
                                     params->len / (G_N_ELEMENTS (casts) - 1), n_statements, error);
}

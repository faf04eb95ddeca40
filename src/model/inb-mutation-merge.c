#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation-fields.h"
#include "inb-mutation-log.h"
#include "inb-mutation-verbs.h"

#include "inb-json.h"
#include "inb-json-merge.h"
#include "inb-value.h"

#include <string.h>

static InbRow *
edit_other (InbMutationWork *work)
{
  InbRow *other = inb_mutation_work_edit (work, INB_KIND_CONTACT, work->mutation->other_id);

  if (g_strcmp0 (work->mutation->other_id, work->mutation->entity_id) == 0)
    {
      inb_mutation_work_reject (work, INB_ERROR_UNPROCESSABLE, "A contact cannot be merged with itself");
      return NULL;
    }
  if (other == NULL || inb_row_get (other, INB_CONTACT_DELETED_AT) != NULL)
    {
      inb_mutation_work_reject (work, INB_ERROR_NOT_FOUND, other == NULL ? "There is no contact %s to merge with"
                                                                         : "The contact %s to merge with was deleted: restore it first",
                                work->mutation->other_id);
      return NULL;
    }

  return other;
}

/* The entries of both that point at neither: what was in conflict between the two is settled. */
static void
append_conflicts (JsonArray    *merged,
                  const InbRow *contact,
                  const char   *one_id,
                  const char   *other_id)
{
  const char *text = inb_row_get (contact, INB_CONTACT_IDENTITY_CONFLICTS);
  g_autoptr (JsonNode) node = text == NULL ? NULL : inb_json_parse (text, strlen (text), NULL);
  JsonArray *conflicts;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return;

  conflicts = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (conflicts); i++)
    {
      JsonNode *conflict = json_array_get_element (conflicts, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (conflict) ? inb_json_get_string (json_node_get_object (conflict), "contact_id") : NULL;

      if (g_strcmp0 (id, one_id) != 0 && g_strcmp0 (id, other_id) != 0)
        json_array_add_element (merged, json_node_copy (conflict));
    }
}

static void
merge_conflicts (InbRow       *contact,
                 const InbRow *other)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *merged = json_array_new ();

  json_node_take_array (node, merged);
  append_conflicts (merged, contact, inb_row_get_key (contact), inb_row_get_key (other));
  append_conflicts (merged, other, inb_row_get_key (contact), inb_row_get_key (other));
  if (json_array_get_length (merged) > 0)
    inb_row_take (contact, INB_CONTACT_IDENTITY_CONFLICTS, json_to_string (node, FALSE));
  else
    inb_row_set (contact, INB_CONTACT_IDENTITY_CONFLICTS, NULL);
}

/* What the user did not decide on: what only the other one has is kept, nothing is overwritten. */
static void
fill_contact (InbMutationWork *work,
              InbRow          *contact,
              const InbRow    *other)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (INB_KIND_CONTACT, &n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      const char *value = inb_row_get (other, i);

      if ((columns[i].flags & INB_COLUMN_EDITABLE) == 0 || inb_mutation_find_change (work->mutation, i) != NULL)
        continue;
      if (inb_column_is_set (INB_KIND_CONTACT, i))
        inb_row_take (contact, i, inb_value_merge_set (inb_row_get (contact, i), NULL, value));
      else if (i == INB_CONTACT_CUSTOM_FIELDS)
        inb_row_take (contact, i, inb_json_merge (value, inb_row_get (contact, i)));
      else if (i == INB_CONTACT_DO_NOT_CONTACT)
        inb_row_set_boolean (contact, i, inb_row_get_boolean (contact, i) || g_strcmp0 (value, "true") == 0);
      else if (inb_row_get (contact, i) == NULL)
        inb_row_set (contact, i, value);
    }
  if (inb_row_get_time (other, INB_CONTACT_LAST_ACTIVITY_AT) > inb_row_get_time (contact, INB_CONTACT_LAST_ACTIVITY_AT))
    inb_row_set (contact, INB_CONTACT_LAST_ACTIVITY_AT, inb_row_get (other, INB_CONTACT_LAST_ACTIVITY_AT));
}

static void
move_rows (InbMutationWork *work,
           InbKind          kind,
           guint            contact_column)
{
  g_autoptr (GPtrArray) rows = inb_row_set_list_of_contact (work->rows, kind, work->mutation->other_id);

  for (guint i = 0; i < rows->len; i++)
    inb_row_set (inb_mutation_work_edit (work, kind, inb_row_get_key (g_ptr_array_index (rows, i))), contact_column,
                 work->mutation->entity_id);
}

gboolean
inb_mutation_merge (InbMutationWork *work)
{
  InbRow *contact;
  InbRow *other;

  /* The other one is written first: its CRM id must be free before the one that stays takes it. */
  other = edit_other (work);
  contact = other == NULL ? NULL : inb_mutation_edit_entity (work, FALSE);
  if (contact == NULL)
    return FALSE;

  inb_row_set (other, INB_CONTACT_MERGED_INTO, inb_row_get_key (contact));
  inb_row_set_time (other, INB_CONTACT_DELETED_AT, work->context->now);
  merge_conflicts (contact, other);
  inb_row_set (other, INB_CONTACT_IDENTITY_CONFLICTS, NULL);
  if (!inb_mutation_write_fields (work, contact))
    return FALSE;
  fill_contact (work, contact, other);
  inb_mutation_derive (work, contact);
  move_rows (work, INB_KIND_LEAD, INB_LEAD_CONTACT_ID);
  move_rows (work, INB_KIND_ACTIVITY, INB_ACTIVITY_CONTACT_ID);
  inb_mutation_log_merge (work, other, FALSE);
  inb_mutation_log_fields (work, contact);

  return TRUE;
}

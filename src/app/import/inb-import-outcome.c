#define G_LOG_DOMAIN "inb-app"

#include "inb-import-outcome.h"

#include "inb-json.h"

static const char * const names[INB_IMPORT_N_FIGURES] = {
  [INB_IMPORT_CONTACTS_CREATED] = "create_contact",
  [INB_IMPORT_CONTACTS_UPDATED] = "update_contact",
  [INB_IMPORT_LEADS_CREATED] = "create_lead",
  [INB_IMPORT_LEADS_UPDATED] = "update_lead",
  [INB_IMPORT_LINES_UNCHANGED] = "unchanged",
  [INB_IMPORT_LINES_CONFLICTING] = "conflicts",
  [INB_IMPORT_LINES_REFUSED] = "refused",
};

static void
refusal_free (gpointer data)
{
  InbImportRefusal *refusal = data;

  g_free (refusal->code);
  g_free (refusal->message);
  g_free (refusal);
}

static void
conflict_free (gpointer data)
{
  InbImportConflict *conflict = data;

  g_free (conflict->key);
  g_free (conflict->value);
  g_free (conflict);
}

static void
add_refusal (JsonArray *array,
             guint      index,
             JsonNode  *node,
             gpointer   data)
{
  InbImportOutcome *self = data;
  InbImportRefusal *refusal;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  refusal = g_new0 (InbImportRefusal, 1);
  refusal->line = (guint) inb_json_get_integer (json_node_get_object (node), "line", 0);
  refusal->code = g_strdup (inb_json_get_string (json_node_get_object (node), "code"));
  refusal->message = g_strdup (inb_json_get_string (json_node_get_object (node), "message"));
  g_ptr_array_add (self->refusals, refusal);
}

static void
add_conflict (JsonArray *array,
              guint      index,
              JsonNode  *node,
              gpointer   data)
{
  InbImportOutcome *self = data;
  InbImportConflict *conflict;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return;
  conflict = g_new0 (InbImportConflict, 1);
  conflict->line = (guint) inb_json_get_integer (json_node_get_object (node), "line", 0);
  conflict->key = g_strdup (inb_json_get_string (json_node_get_object (node), "key"));
  conflict->value = g_strdup (inb_json_get_string (json_node_get_object (node), "value"));
  g_ptr_array_add (self->conflicts, conflict);
}

/**
 * inb_import_outcome_new:
 * @result: the member "result" of an answer's last line; what it lacks is nothing
 *
 * Returns: (transfer full): the same, to be read by any thread
 */
InbImportOutcome *
inb_import_outcome_new (JsonObject *result)
{
  InbImportOutcome *self = g_atomic_rc_box_new0 (InbImportOutcome);
  JsonObject *counts;
  JsonArray *refused;
  JsonArray *conflicts;

  g_return_val_if_fail (result != NULL, NULL);

  self->refusals = g_ptr_array_new_with_free_func (refusal_free);
  self->conflicts = g_ptr_array_new_with_free_func (conflict_free);
  self->group = g_strdup (inb_json_get_string (result, "id"));
  self->n_lines = (guint) inb_json_get_integer (result, "lines", 0);
  counts = inb_json_get_object (result, "counts");
  for (guint i = 0; counts != NULL && i < INB_IMPORT_N_FIGURES; i++)
    self->figures[i] = inb_json_get_integer (counts, names[i], 0);
  refused = inb_json_get_array (result, "refused");
  if (refused != NULL)
    json_array_foreach_element (refused, add_refusal, self);
  conflicts = inb_json_get_array (result, "conflicts");
  if (conflicts != NULL)
    json_array_foreach_element (conflicts, add_conflict, self);

  return self;
}

InbImportOutcome *
inb_import_outcome_ref (InbImportOutcome *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  InbImportOutcome *self = data;

  g_free (self->group);
  g_ptr_array_unref (self->refusals);
  g_ptr_array_unref (self->conflicts);
}

void
inb_import_outcome_unref (InbImportOutcome *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gint64
inb_import_outcome_count_written (const InbImportOutcome *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->figures[INB_IMPORT_CONTACTS_CREATED] + self->figures[INB_IMPORT_CONTACTS_UPDATED] +
         self->figures[INB_IMPORT_LEADS_CREATED] + self->figures[INB_IMPORT_LEADS_UPDATED];
}

/**
 * inb_import_outcome_find_refusal:
 * @line: in the file, from 1
 *
 * Returns: (transfer none) (nullable): why that line was refused; the service lists them by line
 */
const InbImportRefusal *
inb_import_outcome_find_refusal (const InbImportOutcome *self,
                                 guint                   line)
{
  guint first = 0;
  guint end;

  g_return_val_if_fail (self != NULL, NULL);

  end = self->refusals->len;
  while (first < end)
    {
      guint middle = first + (end - first) / 2;
      const InbImportRefusal *refusal = g_ptr_array_index (self->refusals, middle);

      if (refusal->line == line)
        return refusal;
      if (refusal->line < line)
        first = middle + 1;
      else
        end = middle;
    }

  return NULL;
}

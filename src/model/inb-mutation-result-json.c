#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation.h"

#include "inb-json.h"
#include "inb-names.h"
#include "inb-uuid.h"

static const char * const statuses[] = { "applied", "conflict", "rejected" };

/**
 * inb_mutation_status_get_name:
 *
 * Returns: (transfer none): the status's name on the wire
 */
const char *
inb_mutation_status_get_name (InbMutationStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (statuses), NULL);

  return statuses[status];
}

/**
 * inb_mutation_result_append_json:
 * @kind: of the mutation
 *
 * Appends the answer as one JSON object.
 */
void
inb_mutation_result_append_json (const InbMutationResult *self,
                                 InbKind                  kind,
                                 GString                 *json)
{
  const InbColumn *columns = inb_kind_get_columns (kind, NULL);

  g_return_if_fail (self != NULL);

  g_string_append_c (json, '{');
  inb_json_append_member (json, "id", self->id);
  inb_json_append_member (json, "status", statuses[self->status]);
  inb_json_append_member_integer (json, "change_seq", self->change_seq);
  for (guint i = 0; i < self->conflicts->len; i++)
    {
      const InbFieldConflict *conflict = g_ptr_array_index (self->conflicts, i);
      const InbColumn *column = &columns[conflict->column];

      if (i == 0)
        {
          inb_json_append_name (json, "conflicts");
          g_string_append_c (json, '[');
        }
      else
        {
          g_string_append_c (json, ',');
        }
      g_string_append_c (json, '{');
      inb_json_append_member (json, "field", column->name);
      inb_json_append_name (json, "base");
      inb_json_append_value (json, column->type, conflict->base);
      inb_json_append_name (json, "mine");
      inb_json_append_value (json, column->type, conflict->mine);
      inb_json_append_name (json, "theirs");
      inb_json_append_value (json, column->type, conflict->theirs);
      g_string_append_c (json, '}');
    }
  if (self->conflicts->len > 0)
    g_string_append_c (json, ']');
  if (self->code != NULL)
    inb_json_append_member (json, "code", self->code);
  if (self->message != NULL)
    inb_json_append_member (json, "message", self->message);
  g_string_append_c (json, '}');
}

static char *
read_side (JsonObject      *object,
           const char      *name,
           const InbColumn *column)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : inb_json_dup_value (node, column->type);
}

/* A field that this version does not know was not asked for by it either. */
static void
read_conflict (InbMutationResult *self,
               InbKind            kind,
               JsonObject        *object)
{
  const char *name = inb_json_get_string (object, "field");
  int column = name == NULL ? -1 : inb_kind_find_column (kind, name);
  g_autofree char *base = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *theirs = NULL;

  if (column < 0)
    return;

  base = read_side (object, "base", &inb_kind_get_columns (kind, NULL)[column]);
  mine = read_side (object, "mine", &inb_kind_get_columns (kind, NULL)[column]);
  theirs = read_side (object, "theirs", &inb_kind_get_columns (kind, NULL)[column]);
  inb_mutation_result_add_conflict (self, (guint) column, base, mine, theirs);
}

/**
 * inb_mutation_result_new_from_json:
 * @object: as inb_mutation_result_append_json() writes it; members that are not known are passed over
 * @kind: of the mutation
 *
 * Returns: (transfer full) (nullable): the answer, else %INB_ERROR_PROTOCOL
 */
InbMutationResult *
inb_mutation_result_new_from_json (JsonObject  *object,
                                   InbKind      kind,
                                   GError     **error)
{
  g_autofree char *id = NULL;
  InbMutationResult *self;
  JsonArray *conflicts;
  guint status;

  g_return_val_if_fail (object != NULL && kind < INB_N_KINDS, NULL);

  id = inb_uuid_normalize (inb_json_get_string (object, "id"));
  if (id == NULL || !inb_names_find (statuses, G_N_ELEMENTS (statuses), inb_json_get_string (object, "status"), &status))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_PROTOCOL, "An answer to a mutation has no id, or no status that is known");
      return NULL;
    }

  self = inb_mutation_result_new (id, status);
  self->change_seq = inb_json_get_integer (object, "change_seq", 0);
  self->code = g_strdup (inb_json_get_string (object, "code"));
  self->message = g_strdup (inb_json_get_string (object, "message"));
  conflicts = inb_json_get_array (object, "conflicts");
  for (guint i = 0; conflicts != NULL && i < json_array_get_length (conflicts); i++)
    {
      JsonNode *node = json_array_get_element (conflicts, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_conflict (self, kind, json_node_get_object (node));
    }
  self->status = status;

  return self;
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-mutation.h"

#include "inb-field-check.h"
#include "inb-json.h"
#include "inb-names.h"
#include "inb-time.h"
#include "inb-uuid.h"

static const char * const verbs[] = { "create", "update", "delete", "merge", "undo" };
static const InbKind kinds[] = { INB_KIND_LEAD, INB_KIND_CONTACT, INB_KIND_ACTIVITY, INB_KIND_VIEW };

/* Columns that nobody edits, but that a new row has to be given. */
static const struct {
  InbKind kind;
  guint   column;
} creatable[] = {
  { INB_KIND_LEAD, INB_LEAD_CONTACT_ID },
  { INB_KIND_LEAD, INB_LEAD_IS_TEST },
  { INB_KIND_CONTACT, INB_CONTACT_LEAD_SOURCE },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_LEAD_ID },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_CONTACT_ID },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_ACTIVITY_TYPE },
};

/**
 * inb_mutation_verb_get_name:
 *
 * Returns: (transfer none): the verb's name on the wire
 */
const char *
inb_mutation_verb_get_name (InbMutationVerb verb)
{
  g_return_val_if_fail (verb < G_N_ELEMENTS (verbs), NULL);

  return verbs[verb];
}

/**
 * inb_mutation_may_set:
 *
 * Returns: whether a mutation with @verb may carry a change of that column
 */
gboolean
inb_mutation_may_set (InbMutationVerb verb,
                      InbKind         kind,
                      guint           column)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);

  if (column >= n_columns || verb == INB_MUTATION_DELETE || verb == INB_MUTATION_UNDO)
    return FALSE;
  if ((columns[column].flags & INB_COLUMN_EDITABLE) != 0)
    return TRUE;

  for (guint i = 0; verb == INB_MUTATION_CREATE && i < G_N_ELEMENTS (creatable); i++)
    {
      if (creatable[i].kind == kind && creatable[i].column == column)
        return TRUE;
    }

  return FALSE;
}

static void
append_changes (const InbMutation *self,
                GString           *json)
{
  const InbColumn *columns = inb_kind_get_columns (self->kind, NULL);

  inb_json_append_name (json, "fields");
  g_string_append_c (json, '{');
  for (guint i = 0; i < self->changes->len; i++)
    {
      const InbFieldChange *change = g_ptr_array_index (self->changes, i);
      const InbColumn *column = &columns[change->column];

      inb_json_append_name (json, column->name);
      g_string_append_c (json, '{');
      if (change->has_base)
        {
          inb_json_append_name (json, "base");
          inb_json_append_value (json, column->type, change->base);
        }
      inb_json_append_name (json, "value");
      inb_json_append_value (json, column->type, change->value);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, '}');
}

/**
 * inb_mutation_append_json:
 *
 * Appends the mutation as one JSON object.
 */
void
inb_mutation_append_json (const InbMutation *self,
                          GString           *json)
{
  g_return_if_fail (self != NULL);

  g_string_append_c (json, '{');
  inb_json_append_member (json, "id", self->id);
  if (self->group != NULL)
    inb_json_append_member (json, "group", self->group);
  inb_json_append_member (json, "verb", verbs[self->verb]);
  inb_json_append_member (json, "entity", inb_kind_get_name (self->kind));
  inb_json_append_member (json, "entity_id", self->entity_id);
  if (self->other_id != NULL)
    inb_json_append_member (json, "other_id", self->other_id);
  if (self->undoes != NULL)
    inb_json_append_member (json, "undoes", self->undoes);
  inb_json_append_name (json, "made_at");
  g_string_append_c (json, '"');
  inb_time_append (json, self->made_at);
  g_string_append_c (json, '"');
  if (self->changes->len > 0)
    append_changes (self, json);
  g_string_append_c (json, '}');
}

static const char *
describe_type (InbType type)
{
  switch (type)
    {
    case INB_TYPE_INTEGER:
      return "a whole number";
    case INB_TYPE_MONEY:
      return "an amount such as \"1250.00\"";
    case INB_TYPE_BOOLEAN:
      return "true or false";
    case INB_TYPE_JSON:
      return "a JSON value";
    case INB_TYPE_TEXT:
    case INB_TYPE_UUID:
    case INB_TYPE_TIME:
    case INB_TYPE_DATE:
    default:
      return "a string";
    }
}

static gboolean
read_text (JsonNode         *node,
           const InbColumn  *column,
           InbKind           kind,
           char            **text,
           GError          **error)
{
  *text = NULL;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  *text = inb_json_dup_value (node, column->type);
  if (*text == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s.%s must be %s, or null", inb_kind_get_name (kind),
                 column->name, describe_type (column->type));

  return *text != NULL;
}

/* What the user saw may be older than today's limits: only its type counts. */
static gboolean
read_change (InbMutation  *self,
             guint         column,
             JsonObject   *object,
             GError      **error)
{
  const InbColumn *info = &inb_kind_get_columns (self->kind, NULL)[column];
  JsonNode *base_node = json_object_get_member (object, "base");
  JsonNode *value_node = json_object_get_member (object, "value");
  g_autofree char *base = NULL;
  g_autofree char *value = NULL;
  g_autofree char *clean = NULL;

  if (value_node == NULL || json_object_get_size (object) != (base_node == NULL ? 1u : 2u))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s.%s must be an object with “value”, with or without “base”",
                   inb_kind_get_name (self->kind), info->name);
      return FALSE;
    }
  if (base_node != NULL && !read_text (base_node, info, self->kind, &base, error))
    return FALSE;
  if (!read_text (value_node, info, self->kind, &value, error) ||
      !inb_field_check (self->kind, column, value, &clean, error))
    return FALSE;

  if (base_node != NULL)
    inb_mutation_add_change (self, column, base, clean);
  else
    inb_mutation_add_blind_change (self, column, clean);

  return TRUE;
}

static gboolean
read_changes (InbMutation  *self,
              JsonObject   *fields,
              GError      **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, fields);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      int column = inb_kind_find_column (self->kind, name);

      if (column < 0)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "There is no field %s.%s", inb_kind_get_name (self->kind), name);
          return FALSE;
        }
      if (!inb_mutation_may_set (self->verb, self->kind, (guint) column))
        {
          g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s.%s cannot be set by “%s”", inb_kind_get_name (self->kind),
                       name, verbs[self->verb]);
          return FALSE;
        }
      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s.%s must be an object with “value”",
                       inb_kind_get_name (self->kind), name);
          return FALSE;
        }
      if (!read_change (self, (guint) column, json_node_get_object (node), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_members (JsonObject  *object,
               GError     **error)
{
  static const char * const known[] = {
    "id", "group", "verb", "entity", "entity_id", "other_id", "undoes", "made_at", "fields", NULL
  };
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (g_strv_contains (known, name))
        continue;
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "A mutation has no member “%s”", name);
      return FALSE;
    }

  return TRUE;
}

/* @id: (out): NULL when the member is absent. */
static gboolean
read_id (JsonObject  *object,
         const char  *name,
         gboolean     is_wanted,
         char       **id,
         GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  *id = NULL;
  if (node == NULL && !is_wanted)
    return TRUE;

  *id = inb_uuid_normalize (inb_json_get_string (object, name));
  if (*id == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "A mutation's “%s” must be a UUID", name);

  return *id != NULL;
}

static gboolean
find_name (JsonObject          *object,
           const char          *name,
           const char * const  *names,
           guint                n_names,
           guint               *found,
           GError             **error)
{
  const char *text = inb_json_get_string (object, name);

  if (inb_names_find (names, n_names, text, found))
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "“%s” must be one that this server knows%s%s", name,
               text == NULL ? "" : ", not ", text == NULL ? "" : text);

  return FALSE;
}

static gboolean
read_entity (JsonObject  *object,
             InbKind     *kind,
             GError     **error)
{
  const char *names[G_N_ELEMENTS (kinds)];
  guint found;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    names[i] = inb_kind_get_name (kinds[i]);
  if (!find_name (object, "entity", names, G_N_ELEMENTS (names), &found, error))
    return FALSE;
  *kind = kinds[found];

  return TRUE;
}

static gboolean
read_made_at (JsonObject  *object,
              gint64      *made_at,
              GError     **error)
{
  const char *text = inb_json_get_string (object, "made_at");

  *made_at = inb_time_now ();
  if (!json_object_has_member (object, "made_at") || (text != NULL && inb_time_parse (text, made_at)))
    return TRUE;

  g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE,
                       "A mutation's “made_at” must be a time such as 2026-11-22T17:50:00Z");

  return FALSE;
}

/* What each verb needs, and may have. */
static gboolean
check_shape (const InbMutation  *self,
             gboolean            has_fields,
             GError            **error)
{
  const char *problem = NULL;

  if (self->verb == INB_MUTATION_MERGE && self->kind != INB_KIND_CONTACT)
    problem = "Only contacts can be merged";
  else if ((self->other_id != NULL) != (self->verb == INB_MUTATION_MERGE))
    problem = "“merge”, and nothing else, needs “other_id”";
  else if ((self->undoes != NULL) != (self->verb == INB_MUTATION_UNDO))
    problem = "“undo”, and nothing else, needs “undoes”";
  else if (has_fields && (self->verb == INB_MUTATION_DELETE || self->verb == INB_MUTATION_UNDO))
    problem = "“delete” and “undo” have no “fields”";
  else if (!has_fields && (self->verb == INB_MUTATION_CREATE || self->verb == INB_MUTATION_UPDATE))
    problem = "“create” and “update” need an object “fields” with at least one field";
  if (problem == NULL)
    return TRUE;

  g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, problem);

  return FALSE;
}

/**
 * inb_mutation_new_from_json:
 * @object: as inb_mutation_append_json() writes it; "made_at" may be left out, which is now
 *
 * Strict: what is unknown, read-only, of the wrong type or past its limits is refused. Values are cleaned (inb_field_check()).
 *
 * Returns: (transfer full) (nullable): the mutation, else %INB_ERROR_UNPROCESSABLE
 */
InbMutation *
inb_mutation_new_from_json (JsonObject  *object,
                            GError     **error)
{
  g_autoptr (InbMutation) self = NULL;
  JsonObject *fields;
  InbKind kind;
  guint verb;

  g_return_val_if_fail (object != NULL, NULL);

  if (!check_members (object, error) ||
      !find_name (object, "verb", verbs, G_N_ELEMENTS (verbs), &verb, error) ||
      !read_entity (object, &kind, error))
    return NULL;

  self = inb_mutation_new (verb, kind, "", 0);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->entity_id, g_free);
  if (!read_id (object, "id", TRUE, &self->id, error) ||
      !read_id (object, "group", FALSE, &self->group, error) ||
      !read_id (object, "entity_id", TRUE, &self->entity_id, error) ||
      !read_id (object, "other_id", FALSE, &self->other_id, error) ||
      !read_id (object, "undoes", FALSE, &self->undoes, error) ||
      !read_made_at (object, &self->made_at, error))
    return NULL;

  fields = inb_json_get_object (object, "fields");
  if (fields == NULL && json_object_has_member (object, "fields"))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "A mutation's “fields” must be an object");
      return NULL;
    }
  if (!check_shape (self, fields != NULL && json_object_get_size (fields) > 0, error) ||
      (fields != NULL && !read_changes (self, fields, error)))
    return NULL;

  return g_steal_pointer (&self);
}

#define G_LOG_DOMAIN "inb-service"

#include "inb-bulk-request.h"

#include "inb-edit-body.h"
#include "inb-edit-build.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-uuid.h"

static const char * const known_members[] = { "ids", "filter", "set", "add_tags", "remove_tags", "delete", NULL };
static const char * const no_others[] = { NULL };

static gboolean
refuse (GError     **error,
        const char  *message)
{
  g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, message);

  return FALSE;
}

static gboolean
check_members (JsonObject  *body,
               GError     **error)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, body);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (g_strv_contains (known_members, name))
        continue;
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "There is no member “%s”", name);
      return FALSE;
    }
  if (json_object_has_member (body, "ids") == json_object_has_member (body, "filter"))
    return refuse (error, "Name the leads either by “ids” or by “filter”");

  return TRUE;
}

static gboolean
read_ids (InbBulkRequest  *self,
          JsonArray       *array,
          GError         **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (array == NULL)
    return refuse (error, "“ids” must be an array");
  if (json_array_get_length (array) > INB_BULK_MAX)
    return refuse (error, "These are too many leads at once");

  self->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *id = NULL;

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        id = inb_uuid_normalize (json_node_get_string (node));
      if (id == NULL)
        return refuse (error, "“ids” must be UUIDs");
      if (g_hash_table_add (seen, id))
        g_ptr_array_add (self->ids, g_steal_pointer (&id));
    }

  return TRUE;
}

/* As a parameter of the list spells it: values with commas between them. */
static char *
join_values (JsonNode *node)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonArray *array;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return NULL;
      if (i > 0)
        g_string_append_c (text, ',');
      for (const char *c = json_node_get_string (element); *c != '\0'; c++)
        {
          if (*c == ',' || *c == '\\')
            g_string_append_c (text, '\\');
          g_string_append_c (text, *c);
        }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
read_filter (InbBulkRequest  *self,
             JsonObject      *filter,
             GError         **error)
{
  g_autoptr (GHashTable) params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) unknown = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (filter == NULL)
    return refuse (error, "“filter” must be an object");

  json_object_iter_init_ordered (&iter, filter);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      char *value = join_values (node);

      if (value == NULL)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "filter.%s must be a string or an array of strings", name);
          return FALSE;
        }
      g_hash_table_insert (params, g_strdup (name), value);
    }

  self->scope = inb_lead_scope_new (params, no_others, &unknown);
  if (self->scope == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "filter.%s", unknown->message);

  return self->scope != NULL;
}

static JsonNode *
get_tags (JsonObject *body,
          const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  return node != NULL ? json_node_copy (node) : json_node_init_array (json_node_alloc (), json_array_new ());
}

/* Tags merge as a set: what is among the new ones and not in the base comes in, the other way round it goes. */
static void
add_tags (JsonObject *body,
          JsonObject *values,
          JsonObject *bases)
{
  json_object_set_member (values, "tags", get_tags (body, "add_tags"));
  json_object_set_member (bases, "tags", get_tags (body, "remove_tags"));
}

static gboolean
read_pattern (InbBulkRequest  *self,
              JsonObject      *body,
              GError         **error)
{
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autoptr (JsonObject) bases = json_object_new ();
  JsonNode *deletes = json_object_get_member (body, "delete");
  JsonObject *set = inb_json_get_object (body, "set");
  g_autoptr (JsonObject) values = set == NULL ? json_object_new () : json_object_ref (set);
  gboolean has_tags = json_object_has_member (body, "add_tags") || json_object_has_member (body, "remove_tags");
  InbEditFields fields = { .id = id, .entity_id = id, .verb = INB_MUTATION_UPDATE, .kind = INB_KIND_LEAD };

  if (set == NULL && json_object_has_member (body, "set"))
    return refuse (error, "“set” must be an object");
  if (has_tags && json_object_has_member (values, "tags"))
    return refuse (error, "Either set “tags”, or add and remove some");
  if (deletes != NULL && !(JSON_NODE_HOLDS_VALUE (deletes) && json_node_get_value_type (deletes) == G_TYPE_BOOLEAN))
    return refuse (error, "“delete” must be true or false");

  if (deletes != NULL && json_node_get_boolean (deletes))
    {
      if (has_tags || json_object_get_size (values) > 0)
        return refuse (error, "Leads are either deleted or changed");
      fields.verb = INB_MUTATION_DELETE;
    }
  else
    {
      if (has_tags)
        add_tags (body, values, bases);
      if (json_object_get_size (values) == 0)
        return refuse (error, "Name what shall be changed: “set”, “add_tags”, “remove_tags” or “delete”");
      fields.values = values;
      fields.bases = bases;
    }
  self->pattern = inb_edit_build (&fields, error);

  return self->pattern != NULL;
}

/* What was asked for without the ids, of which there may be many. */
static char *
summarize (JsonNode *body)
{
  g_autoptr (JsonNode) copy = json_node_copy (body);
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, json_node_get_object (copy));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!g_str_equal (name, "ids"))
        json_object_set_member (object, name, json_node_copy (member));
    }
  json_object_unref (object);

  return json_to_string (node, FALSE);
}

/**
 * inb_bulk_request_new:
 * @body: as it came
 *
 * Returns: (transfer full) (nullable): what is asked for
 */
InbBulkRequest *
inb_bulk_request_new (GBytes  *body,
                      GError **error)
{
  g_autoptr (InbBulkRequest) self = g_new0 (InbBulkRequest, 1);
  g_autoptr (JsonNode) node = inb_edit_body_parse (body, error);
  JsonObject *object;

  if (node == NULL)
    return NULL;

  object = json_node_get_object (node);
  if (!check_members (object, error))
    return NULL;
  self->summary = summarize (node);
  if (!(json_object_has_member (object, "ids") ? read_ids (self, inb_json_get_array (object, "ids"), error)
                                               : read_filter (self, inb_json_get_object (object, "filter"), error))
      || !read_pattern (self, object, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_bulk_request_free (InbBulkRequest *self)
{
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_pointer (&self->scope, inb_lead_scope_free);
  g_clear_pointer (&self->pattern, inb_mutation_unref);
  g_free (self->summary);
  g_free (self);
}

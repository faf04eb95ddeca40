#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-answers.h"

#include "inb-error.h"
#include "inb-json.h"

/**
 * inb_sync_answers_ask:
 *
 * Returns: (transfer full): what is sent
 */
GBytes *
inb_sync_answers_ask (GPtrArray *mutations)
{
  g_autoptr (GString) json = g_string_sized_new (512 * (gsize) mutations->len + 64);

  g_string_append (json, "{\"mutations\":[");
  for (guint i = 0; i < mutations->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      inb_mutation_append_json (g_ptr_array_index (mutations, i), json);
    }
  g_string_append (json, "]}");

  return g_string_free_to_bytes (g_steal_pointer (&json));
}

/* One whose id is missing could not be read by the server, which is a rejection as well. */
static InbMutationResult *
read_result (JsonNode           *node,
             const InbMutation  *mutation,
             GError            **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (InbMutationResult) result = NULL;

  if (object == NULL)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_PROTOCOL, "A result is no object");
      return NULL;
    }
  if (inb_json_get_string (object, "id") == NULL)
    json_object_set_string_member (object, "id", mutation->id);
  result = inb_mutation_result_new_from_json (object, mutation->kind, error);
  if (result == NULL || g_strcmp0 (result->id, mutation->id) == 0)
    return g_steal_pointer (&result);

  g_set_error (error, INB_ERROR, INB_ERROR_PROTOCOL, "A result is of %s, not of %s", result->id, mutation->id);

  return NULL;
}

/**
 * inb_sync_answers_read:
 * @mutations: (element-type InbMutation): as they were sent
 *
 * Returns: (transfer full) (element-type InbMutationResult) (nullable): what became of each
 */
GPtrArray *
inb_sync_answers_read (GBytes     *body,
                       GPtrArray  *mutations,
                       GError    **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = inb_json_parse (text != NULL ? text : "", length, error);
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_mutation_result_unref);
  JsonArray *array;

  if (root == NULL)
    return NULL;
  array = JSON_NODE_HOLDS_OBJECT (root) ? inb_json_get_array (json_node_get_object (root), "results") : NULL;
  if (array == NULL || json_array_get_length (array) != mutations->len)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_PROTOCOL, "The answer does not have a result for each mutation");
      return NULL;
    }

  for (guint i = 0; i < mutations->len; i++)
    {
      InbMutationResult *result = read_result (json_array_get_element (array, i), g_ptr_array_index (mutations, i), error);

      if (result == NULL)
        {
          g_prefix_error (error, "Reading the server's answer to an edit: ");
          return NULL;
        }
      g_ptr_array_add (results, result);
    }

  return g_steal_pointer (&results);
}

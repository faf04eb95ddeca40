#define G_LOG_DOMAIN "inb-model"

#include "inb-json-merge.h"

#include "inb-json.h"

#include <string.h>

static JsonNode *
parse_object (const char *text)
{
  g_autoptr (JsonNode) node = NULL;

  if (text == NULL)
    return NULL;

  node = inb_json_parse (text, strlen (text), NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return g_steal_pointer (&node);
}

static char *
merge_members (JsonNode *base,
               JsonNode *over,
               gboolean  only_known)
{
  g_autoptr (JsonNode) merged = json_node_new (JSON_NODE_OBJECT);
  JsonObject *target = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_node_take_object (merged, target);
  json_object_iter_init_ordered (&iter, json_node_get_object (base));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    json_object_set_member (target, name, json_node_copy (value));

  json_object_iter_init_ordered (&iter, json_node_get_object (over));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      if (!only_known || json_object_has_member (target, name))
        json_object_set_member (target, name, json_node_copy (value));
    }

  return json_to_string (merged, FALSE);
}

/**
 * inb_json_merge:
 * @base: (nullable): a JSON object
 * @over: (nullable): a JSON object whose members win
 *
 * Returns: (transfer full) (nullable): the merged object; %NULL when neither is an object
 */
char *
inb_json_merge (const char *base,
                const char *over)
{
  g_autoptr (JsonNode) base_node = NULL;
  g_autoptr (JsonNode) over_node = NULL;
  g_autofree char *merged = NULL;

  /* The common case, a row that has nothing yet, costs no parsing: what we write ourselves is an object. */
  if (base == NULL || strcmp (base, "{}") == 0)
    return g_strdup (over != NULL ? over : base);
  if (over == NULL || strcmp (over, "{}") == 0 || strcmp (base, over) == 0)
    return g_strdup (base);

  base_node = parse_object (base);
  over_node = parse_object (over);
  if (base_node == NULL)
    return g_strdup (over_node == NULL ? NULL : over);
  if (over_node == NULL)
    return g_strdup (base);

  merged = merge_members (base_node, over_node, FALSE);
  if (strlen (merged) > INB_JSON_MERGE_MAX)
    return merge_members (base_node, over_node, TRUE);

  return g_steal_pointer (&merged);
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-value.h"

#include "inb-json.h"
#include "inb-money.h"
#include "inb-row-defaults.h"
#include "inb-time.h"

#include <string.h>

static gboolean nodes_equal (JsonNode *a,
                             JsonNode *b);

static gboolean
objects_equal (JsonObject *a,
               JsonObject *b)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (json_object_get_size (a) != json_object_get_size (b))
    return FALSE;

  json_object_iter_init (&iter, a);
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *other = json_object_get_member (b, name);

      if (other == NULL || !nodes_equal (value, other))
        return FALSE;
    }

  return TRUE;
}

static gboolean
arrays_equal (JsonArray *a,
              JsonArray *b)
{
  guint length = json_array_get_length (a);

  if (length != json_array_get_length (b))
    return FALSE;

  for (guint i = 0; i < length; i++)
    {
      if (!nodes_equal (json_array_get_element (a, i), json_array_get_element (b, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_number (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE;
}

/* json_node_equal() takes 1 and 1.0 for two values; PostgreSQL may hand out either. */
static gboolean
nodes_equal (JsonNode *a,
             JsonNode *b)
{
  if (json_node_get_node_type (a) != json_node_get_node_type (b))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (a))
    return objects_equal (json_node_get_object (a), json_node_get_object (b));
  if (JSON_NODE_HOLDS_ARRAY (a))
    return arrays_equal (json_node_get_array (a), json_node_get_array (b));
  if (!JSON_NODE_HOLDS_VALUE (a))
    return TRUE;
  if (json_node_get_value_type (a) != json_node_get_value_type (b) && is_number (a) && is_number (b))
    return json_node_get_double (a) == json_node_get_double (b);

  return json_node_equal (a, b);
}

static gboolean
json_equal (const char *a,
            const char *b)
{
  g_autoptr (JsonNode) first = inb_json_parse (a, strlen (a), NULL);
  g_autoptr (JsonNode) second = inb_json_parse (b, strlen (b), NULL);

  return first != NULL && second != NULL && nodes_equal (first, second);
}

/**
 * inb_value_equal:
 * @a: (nullable): in the text form of @type
 * @b: (nullable): in the text form of @type
 *
 * Returns: whether they mean the same
 */
gboolean
inb_value_equal (InbType     type,
                 const char *a,
                 const char *b)
{
  gint64 first, second;

  if (a != NULL && *a == '\0')
    a = NULL;
  if (b != NULL && *b == '\0')
    b = NULL;
  if (a == NULL || b == NULL)
    return a == b;
  if (strcmp (a, b) == 0)
    return TRUE;

  switch (type)
    {
    case INB_TYPE_MONEY:
      return inb_money_parse (a, &first) && inb_money_parse (b, &second) && first == second;
    case INB_TYPE_INTEGER:
      return g_ascii_string_to_signed (a, 10, G_MININT64, G_MAXINT64, &first, NULL) &&
             g_ascii_string_to_signed (b, 10, G_MININT64, G_MAXINT64, &second, NULL) && first == second;
    case INB_TYPE_TIME:
      return inb_time_parse (a, &first) && inb_time_parse (b, &second) && first == second;
    case INB_TYPE_JSON:
      return json_equal (a, b);
    case INB_TYPE_UUID:
      return g_ascii_strcasecmp (a, b) == 0;
    case INB_TYPE_TEXT:
    case INB_TYPE_BOOLEAN:
    case INB_TYPE_DATE:
    default:
      return FALSE;
    }
}

/**
 * inb_column_equal:
 * @a: (nullable): in the column's text form
 * @b: (nullable): in the column's text form
 *
 * Returns: whether a row with the one says the same as a row with the other
 */
gboolean
inb_column_equal (InbKind     kind,
                  guint       column,
                  const char *a,
                  const char *b)
{
  const char *fallback;

  if (g_strcmp0 (a, b) == 0)
    return TRUE;

  fallback = inb_column_get_default (kind, column);

  return inb_value_equal (inb_kind_get_columns (kind, NULL)[column].type,
                          a == NULL || *a == '\0' ? fallback : a, b == NULL || *b == '\0' ? fallback : b);
}

gboolean
inb_column_is_set (InbKind kind,
                   guint   column)
{
  return (kind == INB_KIND_LEAD && column == INB_LEAD_TAGS) || (kind == INB_KIND_CONTACT && column == INB_CONTACT_TAGS);
}

/* The strings of an array, in order, each once. */
static GPtrArray *
list_members (const char *text)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) node = text == NULL ? NULL : inb_json_parse (text, strlen (text), NULL);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return members;

  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonNode *element = json_array_get_element (json_node_get_array (node), i);

      if (json_node_get_value_type (element) == G_TYPE_STRING &&
          !g_ptr_array_find_with_equal_func (members, json_node_get_string (element), g_str_equal, NULL))
        g_ptr_array_add (members, json_node_dup_string (element));
    }

  return members;
}

static gboolean
contains (GPtrArray  *members,
          const char *member)
{
  return g_ptr_array_find_with_equal_func (members, member, g_str_equal, NULL);
}

/**
 * inb_value_merge_set:
 * @stored: (nullable): the set as it is
 * @base: (nullable): the set that the user saw
 * @value: (nullable): the set that the user made of it
 *
 * Returns: (transfer full): @stored with the user's additions at its end and without what the user took out
 */
char *
inb_value_merge_set (const char *stored,
                     const char *base,
                     const char *value)
{
  g_autoptr (GPtrArray) stored_members = list_members (stored);
  g_autoptr (GPtrArray) base_members = list_members (base);
  g_autoptr (GPtrArray) value_members = list_members (value);
  GString *json = g_string_new ("[");

  for (guint i = 0; i < stored_members->len; i++)
    {
      const char *member = g_ptr_array_index (stored_members, i);

      if (contains (base_members, member) && !contains (value_members, member))
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      inb_json_append_string (json, member);
    }
  for (guint i = 0; i < value_members->len; i++)
    {
      const char *member = g_ptr_array_index (value_members, i);

      if (contains (base_members, member) || contains (stored_members, member))
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      inb_json_append_string (json, member);
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

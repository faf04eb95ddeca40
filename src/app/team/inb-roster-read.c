#define G_LOG_DOMAIN "inb-app"

#include "inb-roster-read.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-time.h"

void
inb_token_info_free (gpointer data)
{
  InbTokenInfo *info = data;

  g_free (info->id);
  g_free (info->user_id);
  g_free (info->name);
  g_free (info);
}

/* (transfer full) (nullable): the objects below @name. */
static JsonArray *
parse_list (GBytes      *answer,
            const char  *name,
            GError     **error)
{
  g_autoptr (JsonNode) node = inb_json_parse (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), error);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? inb_json_get_array (json_node_get_object (node), name) : NULL;

  if (array != NULL)
    return json_array_ref (array);
  if (error == NULL || *error == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_PROTOCOL, "The answer has no %s", name);

  return NULL;
}

/**
 * inb_roster_read_rows:
 * @name: the member that has the list
 *
 * Returns: (transfer full) (element-type InbRow) (nullable): in the order of the answer
 */
GPtrArray *
inb_roster_read_rows (GBytes      *answer,
                      const char  *name,
                      InbKind      kind,
                      GError     **error)
{
  g_autoptr (JsonArray) array = parse_list (answer, name, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      InbRow *row = JSON_NODE_HOLDS_OBJECT (node) ? inb_row_new_from_json (kind, json_node_get_object (node), error) : NULL;

      if (row == NULL)
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, INB_ERROR, INB_ERROR_PROTOCOL, "One of the %s is no object", name);
          return NULL;
        }
      g_ptr_array_add (rows, row);
    }

  return array != NULL ? g_steal_pointer (&rows) : NULL;
}

static gint64
read_time (JsonObject *object,
           const char *name)
{
  const char *text = inb_json_get_string (object, name);
  gint64 time;

  return text != NULL && inb_time_parse (text, &time) ? time : INB_TIME_NONE;
}

GPtrArray *
inb_roster_read_tokens (GBytes  *answer,
                        GError **error)
{
  g_autoptr (JsonArray) array = parse_list (answer, "tokens", error);
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (inb_token_info_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *role = object != NULL ? inb_json_get_string (object, "role") : NULL;
      InbTokenInfo *info;

      if (object == NULL || inb_json_get_string (object, "id") == NULL)
        continue;
      info = g_new0 (InbTokenInfo, 1);
      info->id = g_strdup (inb_json_get_string (object, "id"));
      info->user_id = g_strdup (inb_json_get_string (object, "user_id"));
      info->name = g_strdup (inb_json_get_string (object, "name"));
      if (role == NULL || !inb_role_from_name (role, &info->role))
        info->role = INB_ROLE_NONE;
      info->created_at = read_time (object, "created_at");
      info->expires_at = read_time (object, "expires_at");
      info->last_used_at = read_time (object, "last_used_at");
      g_ptr_array_add (tokens, info);
    }

  return array != NULL ? g_steal_pointer (&tokens) : NULL;
}

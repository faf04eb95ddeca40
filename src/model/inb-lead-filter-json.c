#define G_LOG_DOMAIN "inb-model"

#include "inb-lead-filter.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-time.h"

#include <string.h>

static const struct {
  InbFilterFlags  flag;
  const char     *name;
} flag_names[] = {
  { INB_FILTER_FOLLOW_UP_DUE, "follow_up_due" },
  { INB_FILTER_CONVERTED, "converted" },
  { INB_FILTER_UNANSWERED, "unanswered" },
};

static void
append_times (GString            *json,
              const char         *name,
              const InbDateRange *range)
{
  g_autofree char *since = range->since != G_MININT64 ? inb_time_format (range->since) : NULL;
  g_autofree char *until = range->until != G_MAXINT64 ? inb_time_format (range->until) : NULL;

  inb_json_append_name (json, name);
  g_string_append_c (json, '{');
  if (since != NULL)
    inb_json_append_member (json, "since", since);
  if (until != NULL)
    inb_json_append_member (json, "until", until);
  g_string_append_c (json, '}');
}

static void
append_range (GString            *json,
              const char         *name,
              const InbDateRange *range)
{
  if (range->kind == INB_DATE_RANGE_ANY)
    return;
  if (range->kind == INB_DATE_RANGE_TIMES)
    {
      append_times (json, name, range);
      return;
    }
  if (range->kind != INB_DATE_RANGE_DAYS)
    {
      inb_json_append_member (json, name, inb_date_range_kind_get_name (range->kind));
      return;
    }

  inb_json_append_name (json, name);
  g_string_append_c (json, '{');
  if (*range->from != '\0')
    inb_json_append_member (json, "from", range->from);
  if (*range->to != '\0')
    inb_json_append_member (json, "to", range->to);
  g_string_append_c (json, '}');
}

/**
 * inb_lead_filter_to_json:
 *
 * Returns: (transfer full): a JSON object with what is not open
 */
char *
inb_lead_filter_to_json (const InbLeadFilter *self)
{
  g_autoptr (GString) json = g_string_new ("{");

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    {
      if (self->values[i] == NULL)
        continue;
      inb_json_append_name (json, inb_filter_field_get_name (i));
      g_string_append_c (json, '[');
      for (guint j = 0; self->values[i][j] != NULL; j++)
        {
          if (j > 0)
            g_string_append_c (json, ',');
          inb_json_append_string (json, self->values[i][j]);
        }
      g_string_append_c (json, ']');
    }
  append_range (json, "created", &self->created);
  append_range (json, "activity", &self->activity);
  if (self->weekday != 0)
    inb_json_append_member_integer (json, "weekday", self->weekday);
  if (self->hour >= 0)
    inb_json_append_member_integer (json, "hour", self->hour);
  for (guint i = 0; i < G_N_ELEMENTS (flag_names); i++)
    {
      if ((self->flags & flag_names[i].flag) != 0)
        inb_json_append_member_boolean (json, flag_names[i].name, TRUE);
    }
  if (self->text != NULL)
    inb_json_append_member (json, "text", self->text);
  g_string_append_c (json, '}');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

static gboolean
read_values (InbLeadFilter  *self,
             InbFilterField  field,
             JsonNode       *node)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return FALSE;
      g_ptr_array_add (values, (gpointer) json_node_get_string (element));
    }
  g_ptr_array_add (values, NULL);
  inb_lead_filter_set_values (self, field, (const char * const *) values->pdata);

  return TRUE;
}

static gboolean
read_times (InbDateRange *range,
            JsonObject   *object)
{
  const char *since_text = inb_json_get_string (object, "since");
  const char *until_text = inb_json_get_string (object, "until");
  gint64 since = G_MININT64;
  gint64 until = G_MAXINT64;

  if ((since_text != NULL && !inb_time_parse (since_text, &since)) ||
      (until_text != NULL && !inb_time_parse (until_text, &until)))
    return FALSE;

  return inb_date_range_set_times (range, since, until);
}

static gboolean
read_range (InbDateRange *range,
            JsonNode     *node)
{
  JsonObject *object;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return inb_date_range_kind_from_name (json_node_get_string (node), &range->kind);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;

  object = json_node_get_object (node);
  if (json_object_has_member (object, "since") || json_object_has_member (object, "until"))
    return read_times (range, object);

  return inb_date_range_set_days (range, inb_json_get_string (object, "from"), inb_json_get_string (object, "to"));
}

static gboolean
read_number (JsonNode *node,
             int       minimum,
             int       maximum,
             int      *number)
{
  gint64 value;

  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  value = json_node_get_int (node);
  if (value < minimum || value > maximum)
    return FALSE;
  *number = (int) value;

  return TRUE;
}

static gboolean
read_flag (InbLeadFilter *self,
           const char    *name,
           JsonNode      *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (flag_names); i++)
    {
      if (strcmp (name, flag_names[i].name) != 0)
        continue;
      if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return FALSE;
      if (json_node_get_boolean (node))
        self->flags |= flag_names[i].flag;
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_member (InbLeadFilter *self,
             const char    *name,
             JsonNode      *node)
{
  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    {
      if (strcmp (name, inb_filter_field_get_name (i)) == 0)
        return read_values (self, i, node);
    }
  if (strcmp (name, "created") == 0)
    return read_range (&self->created, node);
  if (strcmp (name, "activity") == 0)
    return read_range (&self->activity, node);
  if (strcmp (name, "weekday") == 0)
    return read_number (node, 1, 7, &self->weekday);
  if (strcmp (name, "hour") == 0)
    return read_number (node, 0, 23, &self->hour);
  if (strcmp (name, "text") == 0 && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      inb_lead_filter_set_text (self, json_node_get_string (node));
      return TRUE;
    }

  return read_flag (self, name, node);
}

/**
 * inb_lead_filter_new_from_json:
 * @json: what inb_lead_filter_to_json() made
 *
 * Returns: (transfer full) (nullable): the filter, or %NULL with %INB_ERROR_INVALID_ARGUMENT
 */
InbLeadFilter *
inb_lead_filter_new_from_json (const char  *json,
                               GError     **error)
{
  g_autoptr (InbLeadFilter) self = inb_lead_filter_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  g_return_val_if_fail (json != NULL, NULL);

  root = inb_json_parse (json, strlen (json), error);
  if (root == NULL)
    {
      g_prefix_error (error, "Reading a filter: ");
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "A filter is a JSON object");
      return NULL;
    }

  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (read_member (self, name, node))
        continue;
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "A filter has no “%s” with such a value", name);
      return NULL;
    }

  return g_steal_pointer (&self);
}

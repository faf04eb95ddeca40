#define G_LOG_DOMAIN "inb-model"

#include "inb-lead-filter.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-time.h"

#include <stdlib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (InbLeadFilter, inb_lead_filter, inb_lead_filter_copy, inb_lead_filter_free)

static const char * const field_names[INB_N_FILTER_FIELDS] = {
  [INB_FILTER_STAGE] = "stage",
  [INB_FILTER_SOURCE] = "source",
  [INB_FILTER_PRODUCT] = "product",
  [INB_FILTER_OWNER] = "owner",
  [INB_FILTER_TEAM] = "team",
  [INB_FILTER_TEMPERATURE] = "temperature",
  [INB_FILTER_CAMPAIGN] = "campaign",
};

static const struct {
  InbFilterFlags  flag;
  const char     *name;
} flag_names[] = {
  { INB_FILTER_FOLLOW_UP_DUE, "follow_up_due" },
  { INB_FILTER_CONVERTED, "converted" },
  { INB_FILTER_UNANSWERED, "unanswered" },
};

/**
 * inb_lead_filter_new:
 *
 * Returns: (transfer full): every lead
 */
InbLeadFilter *
inb_lead_filter_new (void)
{
  InbLeadFilter *self = g_new0 (InbLeadFilter, 1);

  self->hour = -1;

  return self;
}

/**
 * inb_lead_filter_copy:
 *
 * Returns: (transfer full): a deep copy
 */
InbLeadFilter *
inb_lead_filter_copy (const InbLeadFilter *self)
{
  InbLeadFilter *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof (InbLeadFilter));
  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    copy->values[i] = g_strdupv (self->values[i]);
  copy->text = g_strdup (self->text);

  return copy;
}

/**
 * inb_lead_filter_clear:
 *
 * Makes it mean every lead.
 */
void
inb_lead_filter_clear (InbLeadFilter *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    g_strfreev (self->values[i]);
  g_free (self->text);
  memset (self, 0, sizeof *self);
  self->hour = -1;
}

void
inb_lead_filter_free (InbLeadFilter *self)
{
  if (self == NULL)
    return;

  inb_lead_filter_clear (self);
  g_free (self);
}

static gboolean
values_equal (GStrv a,
              GStrv b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strv_equal ((const char * const *) a, (const char * const *) b);
}

/**
 * inb_lead_filter_equal:
 *
 * Returns: whether both mean the same leads
 */
gboolean
inb_lead_filter_equal (const InbLeadFilter *a,
                       const InbLeadFilter *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (guint i = 0; i < INB_N_FILTER_FIELDS; i++)
    {
      if (!values_equal (a->values[i], b->values[i]))
        return FALSE;
    }

  return inb_date_range_equal (&a->created, &b->created) &&
         inb_date_range_equal (&a->activity, &b->activity) &&
         a->weekday == b->weekday &&
         a->hour == b->hour &&
         a->flags == b->flags &&
         g_strcmp0 (a->text, b->text) == 0;
}

gboolean
inb_lead_filter_is_empty (const InbLeadFilter *self)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();

  return inb_lead_filter_equal (self, every);
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * inb_lead_filter_set_values:
 * @values: (nullable): the alternatives; "" stands for leads without a value
 */
void
inb_lead_filter_set_values (InbLeadFilter      *self,
                            InbFilterField      field,
                            const char * const *values)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) sorted = NULL;
  guint n_values = values != NULL ? g_strv_length ((char **) values) : 0;

  g_return_if_fail (self != NULL && field < INB_N_FILTER_FIELDS);

  sorted = g_strdupv ((char **) values);
  g_clear_pointer (&self->values[field], g_strfreev);
  if (n_values == 0)
    return;

  qsort (sorted, n_values, sizeof (char *), compare_strings);
  builder = g_strv_builder_new ();
  for (guint i = 0; i < n_values; i++)
    {
      if (i == 0 || strcmp (sorted[i], sorted[i - 1]) != 0)
        g_strv_builder_add (builder, sorted[i]);
    }
  self->values[field] = g_strv_builder_end (builder);
}

gboolean
inb_lead_filter_has_value (const InbLeadFilter *self,
                           InbFilterField       field,
                           const char          *value)
{
  g_return_val_if_fail (self != NULL && field < INB_N_FILTER_FIELDS && value != NULL, FALSE);

  return self->values[field] != NULL && g_strv_contains ((const char * const *) self->values[field], value);
}

/**
 * inb_lead_filter_toggle_value:
 *
 * Adds @value to the field's alternatives, or takes it away; without any left the field is open again.
 */
void
inb_lead_filter_toggle_value (InbLeadFilter  *self,
                              InbFilterField  field,
                              const char     *value)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_auto (GStrv) old = NULL;
  gboolean had;

  g_return_if_fail (self != NULL && field < INB_N_FILTER_FIELDS && value != NULL);

  had = inb_lead_filter_has_value (self, field, value);
  old = g_strdupv (self->values[field]);
  for (guint i = 0; old != NULL && old[i] != NULL; i++)
    {
      if (strcmp (old[i], value) != 0)
        g_ptr_array_add (values, old[i]);
    }
  if (!had)
    g_ptr_array_add (values, (gpointer) value);
  g_ptr_array_add (values, NULL);
  inb_lead_filter_set_values (self, field, (const char * const *) values->pdata);
}

/**
 * inb_lead_filter_set_text:
 * @text: (nullable): trimmed; blank means any
 */
void
inb_lead_filter_set_text (InbLeadFilter *self,
                          const char    *text)
{
  char *trimmed;

  g_return_if_fail (self != NULL);

  trimmed = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  if (trimmed != NULL && *trimmed == '\0')
    g_clear_pointer (&trimmed, g_free);
  g_free (self->text);
  self->text = trimmed;
}

const char *
inb_filter_field_get_name (InbFilterField field)
{
  g_return_val_if_fail (field < INB_N_FILTER_FIELDS, NULL);

  return field_names[field];
}

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
      inb_json_append_name (json, field_names[i]);
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
      if (strcmp (name, field_names[i]) == 0)
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

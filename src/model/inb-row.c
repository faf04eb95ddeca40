#define G_LOG_DOMAIN "inb-model"

#include "inb-row.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-money.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

struct _InbRow {
  gatomicrefcount  refs;
  InbKind          kind;
  guint            n_values;
  char            *values[];
};

/**
 * inb_row_new:
 *
 * Returns: (transfer full): a row of @kind in which every value is NULL
 */
InbRow *
inb_row_new (InbKind kind)
{
  guint n_columns;
  InbRow *self;

  g_return_val_if_fail (kind < INB_N_KINDS, NULL);

  inb_kind_get_columns (kind, &n_columns);
  self = g_malloc0 (sizeof (InbRow) + n_columns * sizeof (char *));
  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->n_values = n_columns;

  return self;
}

static char *
text_from_node (JsonNode *node)
{
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return NULL;
}

static char *
value_from_node (JsonNode *node,
                 InbType   type)
{
  g_autofree char *text = NULL;
  gint64 number;

  if (type == INB_TYPE_JSON)
    return json_to_string (node, FALSE);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (type == INB_TYPE_BOOLEAN)
    {
      if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
        return NULL;
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    }

  text = text_from_node (node);
  if (text == NULL)
    return NULL;
  if (type == INB_TYPE_INTEGER && !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return NULL;
  if (type == INB_TYPE_MONEY)
    return inb_money_parse (text, &number) ? inb_money_format (number) : NULL;
  if (type == INB_TYPE_TIME)
    return inb_time_parse (text, &number) ? inb_time_format (number) : NULL;
  if (type == INB_TYPE_UUID)
    return inb_uuid_normalize (text);
  if (type == INB_TYPE_DATE && !inb_date_is_valid (text))
    return NULL;

  return g_steal_pointer (&text);
}

/**
 * inb_row_new_from_json:
 * @object: a row as the wire carries it; members that are no column are passed over, so that an older client
 *   reads a newer server
 *
 * Returns: (transfer full) (nullable): the row, or %NULL with %INB_ERROR_INVALID_ARGUMENT when a member is not of
 *   its column's type
 */
InbRow *
inb_row_new_from_json (InbKind      kind,
                       JsonObject  *object,
                       GError     **error)
{
  g_autoptr (InbRow) self = inb_row_new (kind);
  const InbColumn *columns = inb_kind_get_columns (kind, NULL);

  for (guint i = 0; i < self->n_values; i++)
    {
      JsonNode *node = json_object_get_member (object, columns[i].name);

      if (node == NULL || JSON_NODE_HOLDS_NULL (node))
        continue;

      self->values[i] = value_from_node (node, columns[i].type);
      if (self->values[i] == NULL)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s.%s is not of its type",
                       inb_kind_get_name (kind), columns[i].name);
          return NULL;
        }
    }

  return g_steal_pointer (&self);
}

/**
 * inb_row_copy:
 *
 * Returns: (transfer full): a deep copy
 */
InbRow *
inb_row_copy (const InbRow *self)
{
  InbRow *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = inb_row_new (self->kind);
  for (guint i = 0; i < self->n_values; i++)
    copy->values[i] = g_strdup (self->values[i]);

  return copy;
}

InbRow *
inb_row_ref (InbRow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_row_unref (InbRow *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint i = 0; i < self->n_values; i++)
    g_free (self->values[i]);
  g_free (self);
}

InbKind
inb_row_get_kind (const InbRow *self)
{
  g_return_val_if_fail (self != NULL, INB_N_KINDS);

  return self->kind;
}

/**
 * inb_row_get:
 *
 * Returns: (transfer none) (nullable): the value in text form, valid until it is set again
 */
const char *
inb_row_get (const InbRow *self,
             guint         column)
{
  g_return_val_if_fail (self != NULL && column < self->n_values, NULL);

  return self->values[column];
}

gint64
inb_row_get_integer (const InbRow *self,
                     guint         column,
                     gint64        fallback)
{
  const char *value = inb_row_get (self, column);

  return value == NULL ? fallback : g_ascii_strtoll (value, NULL, 10);
}

gboolean
inb_row_get_boolean (const InbRow *self,
                     guint         column)
{
  return g_strcmp0 (inb_row_get (self, column), "true") == 0;
}

/**
 * inb_row_get_time:
 *
 * Returns: microseconds since 1970 UTC, or %INB_TIME_NONE when the value is NULL
 */
gint64
inb_row_get_time (const InbRow *self,
                  guint         column)
{
  const char *value = inb_row_get (self, column);
  gint64 microseconds;

  if (value == NULL || !inb_time_parse (value, &microseconds))
    return INB_TIME_NONE;

  return microseconds;
}

void
inb_row_set (InbRow     *self,
             guint       column,
             const char *value)
{
  inb_row_take (self, column, g_strdup (value));
}

/**
 * inb_row_take:
 * @value: (transfer full) (nullable): in the text form of the column's type
 */
void
inb_row_take (InbRow *self,
              guint   column,
              char   *value)
{
  g_return_if_fail (self != NULL && column < self->n_values);

  g_free (self->values[column]);
  self->values[column] = value;
}

void
inb_row_set_integer (InbRow *self,
                     guint   column,
                     gint64  value)
{
  inb_row_take (self, column, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

void
inb_row_set_boolean (InbRow   *self,
                     guint     column,
                     gboolean  value)
{
  inb_row_set (self, column, value ? "true" : "false");
}

/**
 * inb_row_set_time:
 * @microseconds: since 1970 UTC, or %INB_TIME_NONE for NULL
 */
void
inb_row_set_time (InbRow *self,
                  guint   column,
                  gint64  microseconds)
{
  inb_row_take (self, column, microseconds == INB_TIME_NONE ? NULL : inb_time_format (microseconds));
}

/**
 * inb_row_fill:
 * @value: (nullable): a new value
 *
 * Sets the column unless @value is NULL or empty: what is missing never overwrites what is known.
 *
 * Returns: whether the row changed
 */
gboolean
inb_row_fill (InbRow     *self,
              guint       column,
              const char *value)
{
  if (value == NULL || *value == '\0' || g_strcmp0 (inb_row_get (self, column), value) == 0)
    return FALSE;

  inb_row_set (self, column, value);

  return TRUE;
}

const char *
inb_row_get_key (const InbRow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->values[inb_kind_get_key_column (self->kind)];
}

gint64
inb_row_get_seq (const InbRow *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return inb_row_get_integer (self, (guint) inb_kind_get_seq_column (self->kind), 0);
}

/**
 * inb_row_append_json:
 * @with_nulls: whether members without a value are written as null, or left out
 *
 * Appends the row as one JSON object.
 */
void
inb_row_append_json (const InbRow *self,
                     gboolean      with_nulls,
                     GString      *json)
{
  const InbColumn *columns;
  gboolean first = TRUE;

  g_return_if_fail (self != NULL);

  columns = inb_kind_get_columns (self->kind, NULL);
  g_string_append_c (json, '{');
  for (guint i = 0; i < self->n_values; i++)
    {
      if (self->values[i] == NULL && !with_nulls)
        continue;

      if (!first)
        g_string_append_c (json, ',');
      first = FALSE;
      g_string_append_c (json, '"');
      g_string_append (json, columns[i].name);
      g_string_append (json, "\":");
      inb_json_append_value (json, columns[i].type, self->values[i]);
    }
  g_string_append_c (json, '}');
}

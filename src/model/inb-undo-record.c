#define G_LOG_DOMAIN "inb-model"

#include "inb-undo-record.h"

#include "inb-json.h"
#include "inb-mutation-work.h"
#include "inb-value.h"

#include <string.h>

gboolean
inb_undo_column_is_content (InbKind kind,
                            guint   column)
{
  const char *name = inb_kind_get_columns (kind, NULL)[column].name;

  return (int) column != inb_kind_get_seq_column (kind) &&
         strcmp (name, "updated_at") != 0 && strcmp (name, "updated_by") != 0;
}

static void
append_field (GString    *json,
              const char *name,
              const char *before,
              const char *after)
{
  inb_json_append_name (json, name);
  g_string_append_c (json, '{');
  if (before != NULL)
    inb_json_append_member (json, "before", before);
  if (after != NULL)
    inb_json_append_member (json, "after", after);
  g_string_append_c (json, '}');
}

static void
append_row (const InbStagedRow *staged,
            GString            *json)
{
  InbKind kind = inb_row_get_kind (staged->row);
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (kind, &n_columns);

  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  g_string_append_c (json, '{');
  inb_json_append_member (json, "kind", inb_kind_get_name (kind));
  inb_json_append_member (json, "id", inb_row_get_key (staged->row));
  if (staged->before == NULL)
    inb_json_append_member_boolean (json, "created", TRUE);
  inb_json_append_name (json, "fields");
  g_string_append_c (json, '{');
  for (guint i = 0; i < n_columns; i++)
    {
      const char *before = staged->before == NULL ? NULL : inb_row_get (staged->before, i);
      const char *after = inb_row_get (staged->row, i);

      if (inb_undo_column_is_content (kind, i) && !inb_value_equal (columns[i].type, before, after))
        append_field (json, columns[i].name, before, after);
    }
  g_string_append (json, "}}");
}

char *
inb_undo_record_new (GPtrArray *staged)
{
  GString *json = g_string_new ("{\"rows\":[");
  gsize empty = json->len;

  for (guint i = 0; i < staged->len; i++)
    {
      const InbStagedRow *row = g_ptr_array_index (staged, i);

      if (!row->is_log)
        append_row (row, json);
    }
  if (json->len == empty)
    {
      g_string_free (json, TRUE);
      return NULL;
    }
  g_string_append (json, "]}");

  return g_string_free (json, FALSE);
}

static void
undo_field_clear (gpointer data)
{
  InbUndoField *self = data;

  g_free (self->before);
  g_free (self->after);
}

static void
undo_row_free (gpointer data)
{
  InbUndoRow *self = data;

  g_free (self->id);
  g_array_unref (self->fields);
  g_free (self);
}

static InbUndoRow *
parse_row (JsonObject *object)
{
  const char *kind_name = inb_json_get_string (object, "kind");
  const char *id = inb_json_get_string (object, "id");
  JsonObject *fields = inb_json_get_object (object, "fields");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  InbUndoRow *self;
  InbKind kind;

  if (kind_name == NULL || id == NULL || fields == NULL || !inb_kind_from_name (kind_name, &kind))
    return NULL;

  self = g_new0 (InbUndoRow, 1);
  self->id = g_strdup (id);
  self->kind = kind;
  self->created = inb_json_get_boolean (object, "created", FALSE);
  self->fields = g_array_new (FALSE, FALSE, sizeof (InbUndoField));
  g_array_set_clear_func (self->fields, undo_field_clear);
  json_object_iter_init_ordered (&iter, fields);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      int column = inb_kind_find_column (kind, name);
      JsonObject *values = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      InbUndoField field;

      if (column < 0 || values == NULL)
        continue;
      field.column = (guint) column;
      field.before = g_strdup (inb_json_get_string (values, "before"));
      field.after = g_strdup (inb_json_get_string (values, "after"));
      g_array_append_val (self->fields, field);
    }

  return self;
}

GPtrArray *
inb_undo_record_parse (const char *record)
{
  g_autoptr (JsonNode) node = record == NULL ? NULL : inb_json_parse (record, strlen (record), NULL);
  g_autoptr (GPtrArray) parsed = g_ptr_array_new_with_free_func (undo_row_free);
  JsonArray *rows = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    rows = inb_json_get_array (json_node_get_object (node), "rows");
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode *element = json_array_get_element (rows, i);
      InbUndoRow *row = JSON_NODE_HOLDS_OBJECT (element) ? parse_row (json_node_get_object (element)) : NULL;

      if (row == NULL)
        return NULL;
      g_ptr_array_add (parsed, row);
    }

  return g_steal_pointer (&parsed);
}

const InbUndoField *
inb_undo_row_find (const InbUndoRow *self,
                   guint             column)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const InbUndoField *field = &g_array_index (self->fields, InbUndoField, i);

      if (field->column == column)
        return field;
    }

  return NULL;
}

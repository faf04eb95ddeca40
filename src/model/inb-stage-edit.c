#define G_LOG_DOMAIN "inb-model"

#include "inb-stage-edit.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-key.h"
#include "inb-stage-defaults.h"
#include "inb-uuid.h"
#include "inb-value.h"

#include <string.h>

#define FALLBACK_KEY "stage"
#define POSITION_STEP 10

/* What people say of a stage. */
static const guint8 editable[] = {
  INB_STAGE_NAME, INB_STAGE_COLOR, INB_STAGE_CATEGORY, INB_STAGE_PROBABILITY, INB_STAGE_IS_DEFAULT, INB_STAGE_DESCRIPTION,
  INB_STAGE_ICON, INB_STAGE_IS_HIDDEN, INB_STAGE_REQUIRES_LOST_REASON, INB_STAGE_REQUIRES_VALUE, INB_STAGE_STATUS_WORDS,
  INB_STAGE_STALE_AFTER_DAYS, INB_STAGE_FOLLOW_UP_AFTER_DAYS, INB_STAGE_SETS_TEMPERATURE, INB_STAGE_NOTIFY_ON_ENTER,
};

/* Without them a row is none. */
static const struct {
  guint       column;
  const char *value;
} defaults[] = {
  { INB_STAGE_COLOR, INB_STAGE_NEW_COLOR },
  { INB_STAGE_CATEGORY, "open" },
  { INB_STAGE_PROBABILITY, "0" },
  { INB_STAGE_IS_DEFAULT, "false" },
  { INB_STAGE_IS_HIDDEN, "false" },
  { INB_STAGE_REQUIRES_LOST_REASON, "false" },
  { INB_STAGE_REQUIRES_VALUE, "false" },
  { INB_STAGE_STATUS_WORDS, "[]" },
  { INB_STAGE_NOTIFY_ON_ENTER, "false" },
};

static InbStageEdit *
edit_new (void)
{
  InbStageEdit *self = g_new0 (InbStageEdit, 1);

  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  self->archive = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

/**
 * inb_stage_edit_new:
 *
 * Returns: (transfer full): an edit that changes nothing yet
 */
InbStageEdit *
inb_stage_edit_new (InbStageSet *stages)
{
  InbStageEdit *self = edit_new ();

  for (guint i = 0; i < inb_stage_set_get_size (stages); i++)
    {
      const InbRow *row = inb_stage_set_get (stages, i);

      if (inb_row_get (row, INB_STAGE_ARCHIVED_AT) == NULL)
        g_ptr_array_add (self->stages, inb_row_copy (row));
    }

  return self;
}

void
inb_stage_edit_free (InbStageEdit *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->stages);
  g_hash_table_unref (self->archive);
  g_free (self);
}

static gboolean
refuse (GError     **error,
        guint        index,
        const char  *member,
        const char  *message)
{
  g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "stages[%u].%s %s", index, member, message);

  return FALSE;
}

static gboolean
is_editable (guint column)
{
  return memchr (editable, (int) column, sizeof editable) != NULL;
}

static gboolean
read_value (InbRow      *row,
            guint        column,
            JsonNode    *node,
            guint        index,
            GError     **error)
{
  const InbColumn *info = &inb_kind_get_columns (INB_KIND_STAGE, NULL)[column];
  GType type = json_node_get_value_type (node);

  if (JSON_NODE_HOLDS_NULL (node))
    {
      inb_row_set (row, column, NULL);
      return TRUE;
    }
  switch (info->type)
    {
    case INB_TYPE_INTEGER:
      if (type != G_TYPE_INT64)
        return refuse (error, index, info->name, "must be a whole number");
      inb_row_set_integer (row, column, json_node_get_int (node));
      return TRUE;
    case INB_TYPE_BOOLEAN:
      if (type != G_TYPE_BOOLEAN)
        return refuse (error, index, info->name, "must be true or false");
      inb_row_set_boolean (row, column, json_node_get_boolean (node));
      return TRUE;
    case INB_TYPE_JSON:
      if (!JSON_NODE_HOLDS_ARRAY (node))
        return refuse (error, index, info->name, "must be a list of words");
      inb_row_take (row, column, json_to_string (node, FALSE));
      return TRUE;
    default:
      if (type != G_TYPE_STRING)
        return refuse (error, index, info->name, "must be text");
      inb_row_take (row, column, g_strstrip (g_strdup (json_node_get_string (node))));
      if (*inb_row_get (row, column) == '\0')
        inb_row_set (row, column, NULL);
      return TRUE;
    }
}

static gboolean
read_members (InbRow      *row,
              JsonObject  *object,
              guint        index,
              GError     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      int column = inb_kind_find_column (INB_KIND_STAGE, name);

      if (column < 0)
        return refuse (error, index, name, "is nothing that a stage has");
      if (is_editable ((guint) column) && !read_value (row, (guint) column, node, index, error))
        return FALSE;
    }

  return TRUE;
}

/* The stage that the object is about, or a new one; NULL when there is none of its key. */
static InbRow *
begin_stage (JsonObject   *object,
             InbStageSet  *stages,
             guint         index,
             GError      **error)
{
  const char *key = inb_json_get_string (object, "key");
  const char *id = inb_json_get_string (object, "id");
  const InbRow *row = inb_stage_set_find (stages, key);

  if (key == NULL && id == NULL)
    return inb_row_new (INB_KIND_STAGE);
  if (row == NULL)
    {
      refuse (error, index, "key", "is no stage of this workspace: leave it out for a new one, which gets its key by itself");
      return NULL;
    }
  if (id != NULL && g_strcmp0 (id, inb_row_get (row, INB_STAGE_ID)) != 0)
    {
      refuse (error, index, "id", "is another stage’s: keys never change");
      return NULL;
    }

  return inb_row_copy (row);
}

static gboolean
read_stage (InbStageEdit  *self,
            JsonNode      *node,
            InbStageSet   *stages,
            GError       **error)
{
  guint index = self->stages->len;
  g_autoptr (InbRow) row = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "stages[%u] must be an object", index);
      return FALSE;
    }
  row = begin_stage (json_node_get_object (node), stages, index, error);
  if (row == NULL || !read_members (row, json_node_get_object (node), index, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      if (inb_row_get (row, defaults[i].column) == NULL)
        inb_row_set (row, defaults[i].column, defaults[i].value);
    }
  g_ptr_array_add (self->stages, g_steal_pointer (&row));

  return TRUE;
}

static gboolean
read_archive (InbStageEdit  *self,
              JsonObject    *object,
              GError       **error)
{
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node))
    {
      if (!JSON_NODE_HOLDS_NULL (node) && json_node_get_value_type (node) != G_TYPE_STRING)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE,
                       "archive.%s must be the key of the stage that its leads go to, or null when it has none", key);
          return FALSE;
        }
      g_hash_table_insert (self->archive, g_strdup (key), JSON_NODE_HOLDS_NULL (node) ? NULL : g_strdup (json_node_get_string (node)));
    }

  return TRUE;
}

/**
 * inb_stage_edit_new_from_json:
 * @object: the body of PUT /api/stages; its change_seq is for the caller
 * @stages: as they are
 *
 * Returns: (transfer full): the edit, to be checked; or %NULL
 */
InbStageEdit *
inb_stage_edit_new_from_json (JsonObject   *object,
                              InbStageSet  *stages,
                              GError      **error)
{
  g_autoptr (InbStageEdit) self = edit_new ();
  JsonArray *list = inb_json_get_array (object, "stages");
  JsonNode *archive = json_object_get_member (object, "archive");

  if (list == NULL || json_array_get_length (list) > INB_STAGE_EDIT_MAX)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "stages must be the whole list, in order, of at most %d stages",
                   INB_STAGE_EDIT_MAX);
      return NULL;
    }
  if (archive != NULL && !JSON_NODE_HOLDS_OBJECT (archive))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "archive must be an object: the key of a stage that goes → the key of the "
                   "one that its leads go to");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      if (!read_stage (self, json_array_get_element (list, i), stages, error))
        return NULL;
    }
  if (archive != NULL && !read_archive (self, json_node_get_object (archive), error))
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_stage_edit_append_json (const InbStageEdit *self,
                            gint64              change_seq,
                            GString            *json)
{
  const InbColumn *columns = inb_kind_get_columns (INB_KIND_STAGE, NULL);
  GHashTableIter iter;
  gpointer key, value;

  g_string_append_c (json, '{');
  inb_json_append_member_integer (json, "change_seq", change_seq);
  inb_json_append_name (json, "stages");
  g_string_append_c (json, '[');
  for (guint i = 0; i < self->stages->len; i++)
    {
      const InbRow *row = g_ptr_array_index (self->stages, i);

      g_string_append (json, i == 0 ? "{" : ",{");
      if (inb_row_get (row, INB_STAGE_KEY) != NULL)
        inb_json_append_member (json, "key", inb_row_get (row, INB_STAGE_KEY));
      for (guint j = 0; j < G_N_ELEMENTS (editable); j++)
        {
          inb_json_append_name (json, columns[editable[j]].name);
          inb_json_append_value (json, columns[editable[j]].type, inb_row_get (row, editable[j]));
        }
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
  inb_json_append_name (json, "archive");
  g_string_append_c (json, '{');
  g_hash_table_iter_init (&iter, self->archive);
  while (g_hash_table_iter_next (&iter, &key, &value))
    inb_json_append_member (json, key, value);
  g_string_append (json, "}}");
}

static gboolean
differs (const InbRow *row,
         const InbRow *before)
{
  for (guint i = 0; i < INB_N_STAGE_COLUMNS; i++)
    {
      if (!inb_column_equal (INB_KIND_STAGE, i, inb_row_get (row, i), inb_row_get (before, i)))
        return TRUE;
    }

  return FALSE;
}

/* What a new workspace's stages and those of an edit have in common: the values that no column may be without. */
static void
complete_new (InbRow      *row,
              const char  *workspace_id,
              const char  *user_id,
              GHashTable  *keys,
              gint64       number,
              gint64       now)
{
  char *key = inb_key_make (inb_row_get (row, INB_STAGE_NAME), FALLBACK_KEY, keys);

  inb_row_take (row, INB_STAGE_ID, inb_uuid_new_v7 ());
  inb_row_set (row, INB_STAGE_WORKSPACE_ID, workspace_id);
  inb_row_set_integer (row, INB_STAGE_NUMBER, number);
  inb_row_set (row, INB_STAGE_KEY, key);
  inb_row_set_time (row, INB_STAGE_CREATED_AT, now);
  inb_row_set (row, INB_STAGE_CREATED_BY, user_id);
  g_hash_table_add (keys, key);
}

static void
archive_stage (GPtrArray    *changed,
               const InbRow *before,
               const char   *user_id,
               gint64        now)
{
  InbRow *row = inb_row_copy (before);

  inb_row_set_time (row, INB_STAGE_ARCHIVED_AT, now);
  inb_row_set_time (row, INB_STAGE_UPDATED_AT, now);
  inb_row_set (row, INB_STAGE_UPDATED_BY, user_id);
  inb_row_set_boolean (row, INB_STAGE_IS_DEFAULT, FALSE);
  g_ptr_array_add (changed, row);
}

/**
 * inb_stage_edit_apply:
 * @self: passed inb_stage_edit_check()
 * @stages: as they are
 * @user_id: who wants it
 * @now: microseconds since 1970 UTC
 *
 * Returns: (transfer full) (element-type InbRow): what has to be written
 */
GPtrArray *
inb_stage_edit_apply (const InbStageEdit *self,
                      InbStageSet        *stages,
                      const char         *workspace_id,
                      const char         *user_id,
                      gint64              now)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 number = 0;
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < inb_stage_set_get_size (stages); i++)
    {
      const InbRow *row = inb_stage_set_get (stages, i);

      g_hash_table_add (keys, g_strdup (inb_row_get (row, INB_STAGE_KEY)));
      number = MAX (number, inb_row_get_integer (row, INB_STAGE_NUMBER, 0));
    }

  for (guint i = 0; i < self->stages->len; i++)
    {
      g_autoptr (InbRow) row = inb_row_copy (g_ptr_array_index (self->stages, i));
      const InbRow *before = inb_stage_set_find (stages, inb_row_get (row, INB_STAGE_KEY));

      inb_row_set_integer (row, INB_STAGE_POSITION, (i + 1) * POSITION_STEP);
      inb_row_set (row, INB_STAGE_ARCHIVED_AT, NULL);
      if (before != NULL && !differs (row, before))
        continue;
      if (before == NULL)
        complete_new (row, workspace_id, user_id, keys, ++number, now);
      inb_row_set_time (row, INB_STAGE_UPDATED_AT, now);
      inb_row_set (row, INB_STAGE_UPDATED_BY, user_id);
      g_ptr_array_add (changed, g_steal_pointer (&row));
    }

  g_hash_table_iter_init (&iter, self->archive);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    archive_stage (changed, inb_stage_set_find (stages, key), user_id, now);

  return changed;
}

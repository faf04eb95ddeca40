#define G_LOG_DOMAIN "inb-model"

#include "inb-event-private.h"

#include "inb-error.h"

#include <string.h>

/* Below this a walk over the fields is as quick as an index of them. */
#define MAX_UNINDEXED_FIELDS 16

/* "answers.0.choices.0" of arrays with one element each goes by "answers.0.choices", and answers to the full path and
 * to "answers.choices" too. */
typedef struct {
  char *path;
  char *value;
  char *full_path;  /* nullable: with the index that path lacks */
  char *short_path; /* nullable: without any index of a one-element array */
} Field;

struct _InbEvent {
  GArray     *fields;  /* Owned, of Field */
  GHashTable *index;   /* Owned, path → position + 1; made when first asked for, keys borrowed from fields */
  GBytes     *raw;     /* Owned */
};

static void
field_clear (gpointer data)
{
  Field *field = data;

  g_free (field->path);
  g_free (field->value);
  g_free (field->full_path);
  g_free (field->short_path);
}

static Field *
get_field (InbEvent *self,
           guint     index)
{
  return &g_array_index (self->fields, Field, index);
}

/**
 * inb_event_new:
 *
 * Returns: (transfer full): an event without fields
 */
InbEvent *
inb_event_new (void)
{
  InbEvent *self = g_new0 (InbEvent, 1);

  self->fields = g_array_sized_new (FALSE, TRUE, sizeof (Field), 16);
  g_array_set_clear_func (self->fields, field_clear);

  return self;
}

void
inb_event_free (InbEvent *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->index, g_hash_table_unref);
  g_array_unref (self->fields);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_free (self);
}

/**
 * inb_event_add:
 * @path: dotted
 * @value: UTF-8
 *
 * Adds a field behind the others.
 */
void
inb_event_add (InbEvent   *self,
               const char *path,
               const char *value)
{
  Field field = { NULL };

  g_return_if_fail (self != NULL && path != NULL && value != NULL);

  g_clear_pointer (&self->index, g_hash_table_unref);
  field.path = g_strdup (path);
  field.value = g_strdup (value);
  g_array_append_val (self->fields, field);
}

gboolean
inb_event_add_limited (InbEvent    *self,
                       const char  *path,
                       const char  *value,
                       gsize       *budget,
                       GError     **error)
{
  gsize path_length = strlen (path);
  gsize size = path_length + strlen (value);

  if (self->fields->len == INB_PAYLOAD_MAX_FIELDS)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE, "More than %d fields in one event", INB_PAYLOAD_MAX_FIELDS);
      return FALSE;
    }
  if (path_length > INB_PAYLOAD_MAX_PATH || size > *budget)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_TOO_LARGE, "The names of the fields are too long");
      return FALSE;
    }
  *budget -= size;
  inb_event_add (self, path, value);

  return TRUE;
}

static void
cut_out (char  *text,
         gsize  position,
         gsize  length)
{
  memmove (text + position, text + position + length, strlen (text + position + length) + 1);
}

void
inb_event_drop_index (InbEvent *self,
                      guint     first_field,
                      gsize     prefix_length,
                      gboolean  is_scalar)
{
  if (prefix_length == 0)
    return;

  for (guint i = first_field; i < self->fields->len; i++)
    {
      Field *field = get_field (self, i);

      if (is_scalar)
        {
          field->full_path = g_strdup (field->path);
          field->path[prefix_length] = '\0';
          continue;
        }
      if (field->short_path == NULL)
        field->short_path = g_strdup (field->path);
      cut_out (field->short_path, prefix_length, strlen (".0"));
    }
}

void
inb_event_set_raw (InbEvent *self,
                   GBytes   *raw)
{
  g_clear_pointer (&self->raw, g_bytes_unref);
  self->raw = g_bytes_ref (raw);
}

guint
inb_event_get_n_fields (InbEvent *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->fields->len;
}

/**
 * inb_event_get_path:
 *
 * Returns: (transfer none): the dotted path of the field; of the only element of an array, the array's
 */
const char *
inb_event_get_path (InbEvent *self,
                    guint     index)
{
  g_return_val_if_fail (self != NULL && index < self->fields->len, NULL);

  return get_field (self, index)->path;
}

/**
 * inb_event_get_value:
 *
 * Returns: (transfer none): the value as text; a number as the sender spelled it
 */
const char *
inb_event_get_value (InbEvent *self,
                     guint     index)
{
  g_return_val_if_fail (self != NULL && index < self->fields->len, NULL);

  return get_field (self, index)->value;
}

static void
index_path (InbEvent *self,
            char     *path,
            guint     position)
{
  if (path != NULL && !g_hash_table_contains (self->index, path))
    g_hash_table_insert (self->index, path, GUINT_TO_POINTER (position + 1));
}

/* Own paths come before the other names that a field answers to. */
static void
make_index (InbEvent *self)
{
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->fields->len; i++)
    index_path (self, get_field (self, i)->path, i);
  for (guint i = 0; i < self->fields->len; i++)
    index_path (self, get_field (self, i)->full_path, i);
  for (guint i = 0; i < self->fields->len; i++)
    index_path (self, get_field (self, i)->short_path, i);
}

/**
 * inb_event_find:
 * @path: dotted, with or without the indices of one-element arrays
 *
 * Returns: (transfer none) (nullable): the value of the first field of that path
 */
const char *
inb_event_find (InbEvent   *self,
                const char *path)
{
  guint position;

  g_return_val_if_fail (self != NULL && path != NULL, NULL);

  if (self->fields->len > MAX_UNINDEXED_FIELDS)
    {
      if (self->index == NULL)
        make_index (self);
      position = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, path));
      return position > 0 ? get_field (self, position - 1)->value : NULL;
    }

  for (guint i = 0; i < self->fields->len; i++)
    {
      if (strcmp (get_field (self, i)->path, path) == 0)
        return get_field (self, i)->value;
    }
  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = get_field (self, i);

      if (g_strcmp0 (field->full_path, path) == 0 || g_strcmp0 (field->short_path, path) == 0)
        return field->value;
    }

  return NULL;
}

/**
 * inb_event_get_raw:
 *
 * Returns: (transfer none) (nullable): the bytes of the body that the event was read from; %NULL for an event that was
 *   made by hand
 */
GBytes *
inb_event_get_raw (InbEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->raw;
}

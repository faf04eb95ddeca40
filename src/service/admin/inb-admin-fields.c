#define G_LOG_DOMAIN "inb-service"

#include "inb-admin-fields.h"

#include "inb-error.h"

static gboolean
has_control (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (c)))
        return TRUE;
    }

  return FALSE;
}

gboolean
inb_admin_read_text (JsonObject  *body,
                     const char  *name,
                     gsize        max,
                     char       **text,
                     GError     **error)
{
  JsonNode *node = json_object_get_member (body, name);
  g_autofree char *value = NULL;

  *text = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    value = g_strstrip (g_strdup (json_node_get_string (node)));
  if (value == NULL || !g_utf8_validate (value, -1, NULL) || (gsize) g_utf8_strlen (value, -1) > max || has_control (value))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s must be text of at most %" G_GSIZE_FORMAT " characters in one line", name, max);
      return FALSE;
    }
  if (*value != '\0')
    *text = g_steal_pointer (&value);

  return TRUE;
}

gboolean
inb_admin_take_text (JsonObject  *body,
                     const char  *name,
                     gsize        max,
                     gboolean     required,
                     InbRow      *row,
                     guint        column,
                     GError     **error)
{
  char *text;

  if (!inb_admin_read_text (body, name, max, &text, error))
    return FALSE;
  if (json_object_has_member (body, name))
    inb_row_take (row, column, text);
  if (!required || inb_row_get (row, column) != NULL)
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s must have 1 to %" G_GSIZE_FORMAT " characters", name, max);

  return FALSE;
}

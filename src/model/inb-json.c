#define G_LOG_DOMAIN "inb-model"

#include "inb-json.h"

#include "inb-error.h"
#include "inb-json-scanner.h"
#include "inb-money.h"

#include <string.h>

/* Builds the tree while the scanner reads: json-glib's own parser is slower and mistakes numbers and escapes. */
typedef struct {
  JsonNode *root;                          /* Owned */
  char     *name;                          /* Owned: of the member that comes next */
  JsonNode *open[INB_JSON_MAX_DEPTH];      /* Borrowed from root */
  guint     depth;
} Builder;

/**
 * inb_json_scan:
 * @text: (array length=length): foreign bytes; need not end with NUL
 *
 * Returns: whether the text is exactly one acceptable JSON value, else %INB_ERROR_INVALID_BODY
 */
gboolean
inb_json_scan (const char  *text,
               gsize        length,
               GError     **error)
{
  return inb_json_scanner_run (text, length, NULL, NULL, error);
}

static JsonNode *
make_node (InbJsonToken  token,
           const char   *start,
           gsize         length)
{
  JsonNode *node = json_node_alloc ();
  char number[64];
  g_autofree char *text = NULL;

  switch (token)
    {
    case INB_JSON_OBJECT_START:
      json_node_init (node, JSON_NODE_OBJECT);
      json_node_take_object (node, json_object_new ());
      return node;
    case INB_JSON_ARRAY_START:
      json_node_init (node, JSON_NODE_ARRAY);
      json_node_take_array (node, json_array_new ());
      return node;
    case INB_JSON_STRING:
      text = inb_json_scanner_unescape (start, length);
      return json_node_init_string (node, text);
    case INB_JSON_INTEGER:
      memcpy (number, start, length);
      number[length] = '\0';
      return json_node_init_int (node, g_ascii_strtoll (number, NULL, 10));
    case INB_JSON_NUMBER:
      text = g_strndup (start, length);
      return json_node_init_double (node, g_ascii_strtod (text, NULL));
    case INB_JSON_TRUE:
    case INB_JSON_FALSE:
      return json_node_init_boolean (node, token == INB_JSON_TRUE);
    default:
      return json_node_init_null (node);
    }
}

static gboolean
build_token (InbJsonToken   token,
             const char    *start,
             gsize          length,
             gpointer       user_data,
             GError       **error)
{
  Builder *self = user_data;
  JsonNode *parent;
  JsonNode *node;

  if (token == INB_JSON_NAME)
    {
      g_free (self->name);
      self->name = inb_json_scanner_unescape (start, length);
      return TRUE;
    }
  if (token == INB_JSON_OBJECT_END || token == INB_JSON_ARRAY_END)
    {
      self->depth--;
      return TRUE;
    }

  node = make_node (token, start, length);
  parent = self->depth > 0 ? self->open[self->depth - 1] : NULL;
  if (parent == NULL)
    self->root = node;
  else if (JSON_NODE_HOLDS_OBJECT (parent))
    json_object_set_member (json_node_get_object (parent), self->name, node);
  else
    json_array_add_element (json_node_get_array (parent), node);

  if (token == INB_JSON_OBJECT_START || token == INB_JSON_ARRAY_START)
    self->open[self->depth++] = node;

  return TRUE;
}

/**
 * inb_json_parse:
 * @text: (array length=length): foreign bytes; need not end with NUL
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with %INB_ERROR_INVALID_BODY when inb_json_scan() would
 *   refuse it
 */
JsonNode *
inb_json_parse (const char  *text,
                gsize        length,
                GError     **error)
{
  Builder builder = { NULL };
  gboolean parsed;

  parsed = inb_json_scanner_run (text, length, build_token, &builder, error);
  g_free (builder.name);
  if (!parsed)
    g_clear_pointer (&builder.root, json_node_unref);

  return builder.root;
}

static JsonNode *
get_value (JsonObject *object,
           const char *name,
           GType       type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

/**
 * inb_json_get_string:
 *
 * Returns: (transfer none) (nullable): the member, or %NULL when it is no string
 */
const char *
inb_json_get_string (JsonObject *object,
                     const char *name)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL, NULL);

  node = get_value (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

/**
 * inb_json_get_integer:
 *
 * Returns: the member, or @fallback when it is no integer
 */
gint64
inb_json_get_integer (JsonObject *object,
                      const char *name,
                      gint64      fallback)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL, fallback);

  node = get_value (object, name, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : fallback;
}

/**
 * inb_json_get_boolean:
 *
 * Returns: the member, or @fallback when it is no boolean
 */
gboolean
inb_json_get_boolean (JsonObject *object,
                      const char *name,
                      gboolean    fallback)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL, fallback);

  node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

/**
 * inb_json_get_object:
 *
 * Returns: (transfer none) (nullable): the member, or %NULL when it is no object
 */
JsonObject *
inb_json_get_object (JsonObject *object,
                     const char *name)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL, NULL);

  node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * inb_json_get_array:
 *
 * Returns: (transfer none) (nullable): the member, or %NULL when it is no array
 */
JsonArray *
inb_json_get_array (JsonObject *object,
                    const char *name)
{
  JsonNode *node;

  g_return_val_if_fail (object != NULL && name != NULL, NULL);

  node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* What stands behind the backslash for each byte that needs one; 'u' = \u00XX; 0 = the byte stays as it is. */
static const char escapes[256] = {
  'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u',
  'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
  ['"'] = '"',
  ['\\'] = '\\',
};

/**
 * inb_json_append_string:
 * @text: (nullable): UTF-8
 *
 * Appends @text quoted and escaped, or null.
 */
void
inb_json_append_string (GString    *json,
                        const char *text)
{
  static const char hex[] = "0123456789abcdef";
  const char *start = text;

  if (text == NULL)
    {
      g_string_append_len (json, "null", 4);
      return;
    }

  g_string_append_c (json, '"');
  while (TRUE)
    {
      const char *c = start;
      char escape;

      while (escapes[(guchar) *c] == 0)
        c++;
      if (c > start)
        g_string_append_len (json, start, c - start);
      if (*c == '\0')
        break;

      escape = escapes[(guchar) *c];
      g_string_append_c (json, '\\');
      g_string_append_c (json, escape);
      if (escape == 'u')
        {
          const char digits[4] = { '0', '0', hex[(guchar) *c >> 4], hex[*c & 15] };

          g_string_append_len (json, digits, 4);
        }
      start = c + 1;
    }
  g_string_append_c (json, '"');
}

/**
 * inb_json_append_name:
 *
 * Appends the name of a member, with the comma that it needs.
 */
void
inb_json_append_name (GString    *json,
                      const char *name)
{
  if (json->len > 0 && json->str[json->len - 1] != '{' && json->str[json->len - 1] != '[')
    g_string_append_c (json, ',');
  inb_json_append_string (json, name);
  g_string_append_c (json, ':');
}

/**
 * inb_json_append_member:
 * @text: (nullable): UTF-8
 *
 * Appends a member that is a string, or null.
 */
void
inb_json_append_member (GString    *json,
                        const char *name,
                        const char *text)
{
  inb_json_append_name (json, name);
  inb_json_append_string (json, text);
}

void
inb_json_append_member_integer (GString    *json,
                                const char *name,
                                gint64      value)
{
  inb_json_append_name (json, name);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, value);
}

void
inb_json_append_member_boolean (GString    *json,
                                const char *name,
                                gboolean    value)
{
  inb_json_append_name (json, name);
  g_string_append (json, value ? "true" : "false");
}

/**
 * inb_json_append_value:
 * @value: (nullable): in the text form of @type
 *
 * Appends the value as the wire wants it.
 */
void
inb_json_append_value (GString    *json,
                       InbType     type,
                       const char *value)
{
  if (value == NULL)
    g_string_append_len (json, "null", 4);
  else if (type == INB_TYPE_INTEGER || type == INB_TYPE_BOOLEAN || type == INB_TYPE_JSON)
    g_string_append (json, value);
  else
    inb_json_append_string (json, value);
}

static char *
money_from_double (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  gint64 hundredths;

  /* A number that has more places than money is refused, not rounded. */
  g_ascii_formatd (text, sizeof text, "%.2f", number);
  if (g_ascii_strtod (text, NULL) != number || !inb_money_parse (text, &hundredths))
    return NULL;

  return inb_money_format (hundredths);
}

/**
 * inb_json_dup_value:
 * @node: what inb_json_append_value() writes; an amount may also be a number
 *
 * Looks at the type alone: a text need not be a time to be one of a time's column.
 *
 * Returns: (transfer full) (nullable): the text form of @type, or %NULL when the node is of another type
 */
char *
inb_json_dup_value (JsonNode *node,
                    InbType   type)
{
  GType value_type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;
  gint64 hundredths;

  g_return_val_if_fail (node != NULL, NULL);

  switch (type)
    {
    case INB_TYPE_JSON:
      return json_to_string (node, FALSE);
    case INB_TYPE_INTEGER:
      return value_type != G_TYPE_INT64 ? NULL : g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case INB_TYPE_BOOLEAN:
      return value_type != G_TYPE_BOOLEAN ? NULL : g_strdup (json_node_get_boolean (node) ? "true" : "false");
    case INB_TYPE_MONEY:
      if (value_type == G_TYPE_INT64)
        return g_strdup_printf ("%" G_GINT64_FORMAT ".00", json_node_get_int (node));
      if (value_type == G_TYPE_DOUBLE)
        return money_from_double (json_node_get_double (node));
      if (value_type != G_TYPE_STRING || !inb_money_parse (json_node_get_string (node), &hundredths))
        return NULL;
      return inb_money_format (hundredths);
    case INB_TYPE_TEXT:
    case INB_TYPE_UUID:
    case INB_TYPE_TIME:
    case INB_TYPE_DATE:
    default:
      return value_type != G_TYPE_STRING ? NULL : json_node_dup_string (node);
    }
}

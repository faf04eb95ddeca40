#define G_LOG_DOMAIN "inb-app"

#include "inb-field-text.h"

#include "inb-field-check.h"
#include "inb-field-value.h"
#include "inb-format.h"
#include "inb-json.h"
#include "inb-money.h"
#include "inb-source-text.h"
#include "inb-stage-chip.h"
#include "inb-temperature.h"
#include "inb-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- showing ------------------------------------------------------------------------------------------------------------ */

/* ["a","b"] → "a, b"; {"name":"x"} → "name: x"; anything else as it was written. */
static void
append_json (GString  *text,
             JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append (text, ", ");
          append_json (text, json_array_get_element (array, i));
        }
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;
      gboolean first = TRUE;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_autofree char *label = inb_format_key (name);

          g_string_append_printf (text, "%s%s: ", first ? "" : ", ", label);
          append_json (text, member);
          first = FALSE;
        }
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_string_append (text, json_node_get_string (node));
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      g_string_append (text, json_node_get_boolean (node) ? _("Yes") : _("No"));
    }
  else if (!JSON_NODE_HOLDS_NULL (node))
    {
      g_autofree char *json = json_to_string (node, FALSE);

      g_string_append (text, json);
    }
}

char *
inb_field_text_describe_json (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  append_json (text, node);

  return g_string_free (text, text->len == 0);
}

static char *
describe_json (const char *json)
{
  g_autoptr (JsonNode) node = inb_json_parse (json, strlen (json), NULL);

  return node != NULL ? inb_field_text_describe_json (node) : g_strdup (json);
}

static char *
describe_word (const char *word)
{
  static const struct {
    const char *key;
    const char *name;
  } ours[] = {
    { "low", N_("Low") },
    { "normal", N_("Normal") },
    { "medium", N_("Medium") },
    { "high", N_("High") },
    { "urgent", N_("Urgent") },
    { "phone", N_("Phone") },
    { "email", N_("Mail") },
    { "whatsapp", N_("WhatsApp") },
    { "sms", N_("SMS") },
    { "active", N_("Active") },
    { "reached", N_("Reached") },
    { "no_answer", N_("No answer") },
    { "voicemail", N_("Voicemail") },
    { "busy", N_("Busy") },
    { "wrong_number", N_("Wrong number") },
    { "call_back", N_("Call back") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    if (g_ascii_strcasecmp (ours[i].key, word) == 0)
      return g_strdup (_(ours[i].name));

  return inb_format_key (word);
}

static char *
describe_by_look (InbFieldLook           look,
                  const char            *value,
                  const InbFieldContext *context)
{
  InbDirectory *directory = context->directory;

  switch (look)
    {
    case INB_FIELD_LOOK_KEY:
      return describe_word (value);
    case INB_FIELD_LOOK_SOURCE:
      return g_strdup (inb_source_text_get_name (value));
    case INB_FIELD_LOOK_STAGE:
      return inb_stage_chip_get_name (directory != NULL ? inb_directory_get_stages (directory) : NULL, value);
    case INB_FIELD_LOOK_TEMPERATURE:
      return inb_temperature_dup_name (value);
    case INB_FIELD_LOOK_MEMBER:
      return directory != NULL ? g_strdup (inb_directory_get_member_name (directory, value)) : NULL;
    case INB_FIELD_LOOK_TEAM:
      return directory != NULL ? g_strdup (inb_directory_get_team_name (directory, value)) : NULL;
    case INB_FIELD_LOOK_PERCENT:
      return g_strdup_printf (_("%s\u202f%%"), value);
    case INB_FIELD_LOOK_PLAIN:
    case INB_FIELD_LOOK_LINK:
    case INB_FIELD_LOOK_MAIL:
    case INB_FIELD_LOOK_PHONE:
    case INB_FIELD_LOOK_DUE:
    case INB_FIELD_LOOK_ONLY_YES:
    default:
      return g_strdup (value);
    }
}

InbFieldContext
inb_field_context_get (InbSession   *session,
                       const InbRow *lead)
{
  const char *currency = lead != NULL ? inb_row_get (lead, INB_LEAD_CURRENCY) : NULL;

  return (InbFieldContext) {
    .zone = inb_clock_get_timezone (inb_session_get_clock (session)),
    .directory = inb_session_get_directory (session),
    .currency = currency != NULL ? currency : inb_session_get_currency (session),
  };
}

/**
 * inb_field_text_describe:
 * @value: (nullable): in the column's text form
 *
 * Returns: (transfer full) (nullable): what is shown of it; %NULL for nothing
 */
char *
inb_field_text_describe (InbKind                kind,
                         guint                  column,
                         const char            *value,
                         const InbFieldContext *context)
{
  const InbField *field = inb_field_table_find (kind, column);
  InbFieldLook look = field != NULL ? field->look : INB_FIELD_LOOK_PLAIN;
  gint64 time;

  if (value == NULL || *value == '\0' || (look == INB_FIELD_LOOK_ONLY_YES && !g_str_equal (value, "true")))
    return NULL;

  switch (inb_kind_get_columns (kind, NULL)[column].type)
    {
    case INB_TYPE_MONEY:
      return inb_format_money (value, context->currency);
    case INB_TYPE_BOOLEAN:
      return g_strdup (g_str_equal (value, "true") ? _("Yes") : _("No"));
    case INB_TYPE_TIME:
      return inb_time_parse (value, &time) ? inb_format_moment (time, context->zone) : g_strdup (value);
    case INB_TYPE_DATE:
      return inb_format_date (value);
    case INB_TYPE_JSON:
      return describe_json (value);
    case INB_TYPE_TEXT:
    case INB_TYPE_UUID:
    case INB_TYPE_INTEGER:
    default:
      return describe_by_look (look, value, context);
    }
}

/* Only these schemes become links: what a form was filled with must not start anything else. */
char *
inb_field_text_make_link (InbFieldLook  look,
                          const char   *value)
{
  g_autofree char *escaped = NULL;

  if (look == INB_FIELD_LOOK_LINK && (g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://")))
    return g_strdup (value);
  if (look != INB_FIELD_LOOK_MAIL && look != INB_FIELD_LOOK_PHONE)
    return NULL;

  escaped = g_uri_escape_string (value, look == INB_FIELD_LOOK_MAIL ? "@+" : "+", FALSE);

  return g_strconcat (look == INB_FIELD_LOOK_MAIL ? "mailto:" : "tel:", escaped, NULL);
}

/* --- typing ------------------------------------------------------------------------------------------------------------- */

const char *const *
inb_field_text_get_choices (InbKind kind,
                            guint   column)
{
  static const char *const temperatures[] = { "hot", "warm", "cold", NULL };
  static const char *const priorities[] = { "low", "normal", "high", "urgent", NULL };
  static const char *const methods[] = { "phone", "email", "sms", "whatsapp", NULL };
  static const char *const answers[] = { "true", "false", NULL };

  if (inb_kind_get_columns (kind, NULL)[column].type == INB_TYPE_BOOLEAN)
    return answers;
  if (kind != INB_KIND_LEAD)
    return NULL;

  return column == INB_LEAD_TEMPERATURE ? temperatures : column == INB_LEAD_PRIORITY ? priorities
         : column == INB_LEAD_PREFERRED_CONTACT_METHOD ? methods : NULL;
}

/* One a line. (transfer full) (nullable): NULL when it is more than a list of words. */
static char *
list_to_lines (const char *json)
{
  g_autoptr (JsonNode) node = inb_json_parse (json, strlen (json), NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return NULL;
      g_string_append_printf (lines, "%s%s", i > 0 ? ", " : "", json_node_get_string (element));
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* (transfer full) (nullable) */
static char *
lines_to_list (const char *typed)
{
  g_auto (GStrv) words = g_strsplit_set (typed, ",;\n", -1);
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*g_strstrip (words[i]) == '\0')
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      inb_json_append_string (json, words[i]);
    }
  if (json->len == 1)
    return NULL;
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/**
 * inb_field_text_to_typed:
 * @value: (nullable): in the column's text form
 *
 * Returns: (transfer full) (nullable): as a person would type it; %NULL when nobody would
 */
char *
inb_field_text_to_typed (InbKind     kind,
                         guint       column,
                         const char *value)
{
  if (value == NULL)
    return g_strdup ("");
  if (inb_kind_get_columns (kind, NULL)[column].type == INB_TYPE_JSON)
    return list_to_lines (value);

  return g_strdup (value);
}

/* What would do, in the user's language; the model's own words are a programmer's. */
static char *
explain (InbKind kind,
         guint   column)
{
  if (inb_field_is_required (kind, column))
    return g_strdup (_("This must not be empty."));

  switch (inb_kind_get_columns (kind, NULL)[column].type)
    {
    case INB_TYPE_INTEGER:
      return g_strdup (kind == INB_KIND_LEAD ? _("Write a whole number from 0 to 100.") : _("Write a whole number."));
    case INB_TYPE_MONEY:
      return g_strdup (_("Write an amount such as 1250.00."));
    case INB_TYPE_DATE:
      return g_strdup (_("Write the day as 2026-11-22."));
    case INB_TYPE_JSON:
      return g_strdup (_("Write words with commas between them."));
    case INB_TYPE_TEXT:
    case INB_TYPE_UUID:
    case INB_TYPE_BOOLEAN:
    case INB_TYPE_TIME:
    default:
      break;
    }
  if (kind == INB_KIND_CONTACT && (column == INB_CONTACT_EMAIL || column == INB_CONTACT_EMAIL_SECONDARY))
    return g_strdup (_("Write a mail address such as name@example.org."));
  if (kind == INB_KIND_CONTACT && (column == INB_CONTACT_PHONE || column == INB_CONTACT_PHONE_SECONDARY))
    return g_strdup (_("Write a phone number with at least three digits."));

  return g_strdup_printf (_("At most %u characters, please."), (guint) inb_field_get_max_chars (kind, column));
}

/**
 * inb_field_text_parse:
 * @typed: what is in the entry
 * @clean: (out) (transfer full) (nullable): the value; %NULL for none
 * @problem: (out) (optional) (transfer full) (nullable): what is wrong with it
 *
 * Returns: whether it may be kept
 */
gboolean
inb_field_text_parse (InbKind      kind,
                      guint        column,
                      const char  *typed,
                      char       **clean,
                      char       **problem)
{
  g_autofree char *stripped = g_strstrip (g_strdup (typed));
  g_autofree char *value = NULL;
  InbType type = inb_kind_get_columns (kind, NULL)[column].type;
  gint64 hundredths;

  g_return_val_if_fail (clean != NULL, FALSE);

  *clean = NULL;
  if (problem != NULL)
    *problem = NULL;
  if (type == INB_TYPE_MONEY && *stripped != '\0' && inb_money_parse_loose (stripped, &hundredths))
    value = inb_money_format (hundredths);
  else if (type == INB_TYPE_JSON)
    value = lines_to_list (stripped);
  else
    value = g_steal_pointer (&stripped);
  if (inb_field_check (kind, column, value, clean, NULL))
    return TRUE;
  if (problem != NULL)
    *problem = explain (kind, column);

  return FALSE;
}

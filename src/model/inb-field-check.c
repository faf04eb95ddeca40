#define G_LOG_DOMAIN "inb-model"

#include "inb-field-check.h"

#include "inb-error.h"
#include "inb-field-value.h"
#include "inb-json.h"
#include "inb-json-merge.h"
#include "inb-money.h"
#include "inb-row-defaults.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

#define MAX_JSON 16384            /* bytes; custom_fields may be as large as senders make it */
#define MAX_SHOWN 60              /* characters of a refused value that a message repeats */
#define MAX_DURATION (7 * 24 * 3600)
#define FIRST_YEAR "1900"
#define LAST_YEAR "2199"

/* What is checked. All borrowed. */
typedef struct {
  const InbColumn *column;
  const char      *value;
  InbKind          kind;
  guint            index;
} Field;

typedef struct {
  InbKind kind;
  guint   column;
  gint64  least;
  gint64  most;
} Range;

static const Range ranges[] = {
  { INB_KIND_LEAD, INB_LEAD_PROBABILITY, 0, 100 },
  { INB_KIND_LEAD, INB_LEAD_LEAD_SCORE, 0, 100 },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_DURATION_SECONDS, 0, MAX_DURATION },
  { INB_KIND_VIEW, INB_VIEW_POSITION, 0, 1000000 },
};

typedef struct {
  InbKind     kind;
  guint       column;
  const char *words[7];
} Words;

static const Words choices[] = {
  { INB_KIND_LEAD, INB_LEAD_TEMPERATURE, { "hot", "warm", "cold" } },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_DIRECTION, { "inbound", "outbound" } },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_ACTIVITY_TYPE, { "note", "call", "email", "sms", "meeting", "appointment_scheduled" } },
};

static const struct {
  InbKind kind;
  guint   column;
} required[] = {
  { INB_KIND_LEAD, INB_LEAD_STAGE },
  { INB_KIND_LEAD, INB_LEAD_LEAD_SOURCE },
  { INB_KIND_LEAD, INB_LEAD_CURRENCY },
  { INB_KIND_LEAD, INB_LEAD_CONTACT_ID },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_ACTIVITY_TYPE },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_TITLE },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_OCCURRED_AT },
  { INB_KIND_VIEW, INB_VIEW_NAME },
};

static gboolean
refuse (const Field *field,
        const char  *wanted,
        GError     **error)
{
  g_autofree char *shown = NULL;

  if (g_utf8_validate (field->value, -1, NULL) && g_utf8_strlen (field->value, -1) <= MAX_SHOWN)
    shown = g_strdup_printf (", not “%s”", field->value);
  g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s.%s must be %s%s", inb_kind_get_name (field->kind),
               field->column->name, wanted, shown == NULL ? "" : shown);

  return FALSE;
}

/**
 * inb_field_is_required:
 *
 * Returns: whether a row cannot be without a value there, nor has it a default
 */
gboolean
inb_field_is_required (InbKind kind,
                       guint   column)
{
  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    {
      if (required[i].kind == kind && required[i].column == column)
        return TRUE;
    }

  return FALSE;
}

static const Words *
find_choice (const Field *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      if (choices[i].kind == field->kind && choices[i].column == field->index)
        return &choices[i];
    }

  return NULL;
}

static gboolean
check_choice (const Field  *field,
              const Words  *choice,
              char        **clean,
              GError      **error)
{
  g_autofree char *word = g_ascii_strdown (field->value, -1);
  g_autofree char *listed = NULL;
  g_autofree char *wanted = NULL;

  if (g_strv_contains (choice->words, g_strstrip (word)))
    {
      *clean = g_steal_pointer (&word);
      return TRUE;
    }
  listed = g_strjoinv (", ", (char **) choice->words);
  wanted = g_strconcat ("one of ", listed, NULL);

  return refuse (field, wanted, error);
}

static const char *
describe_text (const Field *field)
{
  if (field->kind == INB_KIND_CONTACT)
    switch (field->index)
      {
      case INB_CONTACT_EMAIL:
      case INB_CONTACT_EMAIL_SECONDARY:
        return "a mail address such as name@example.org";
      case INB_CONTACT_PHONE:
      case INB_CONTACT_PHONE_SECONDARY:
        return "a phone number with at least three digits";
      case INB_CONTACT_CRM_ID:
        return "an id of at most 200 bytes";
      default:
        break;
      }
  if (field->kind == INB_KIND_LEAD && field->index == INB_LEAD_CURRENCY)
    return "a currency's three letters such as EUR";

  return "readable text";
}

static gboolean
check_text (const Field  *field,
            char        **clean,
            GError      **error)
{
  const Words *choice = find_choice (field);
  gsize max_chars = inb_field_get_max_chars (field->kind, field->index);
  g_autofree char *wanted = NULL;

  if (!g_utf8_validate (field->value, -1, NULL))
    return refuse (field, "UTF-8", error);
  if (choice != NULL)
    return check_choice (field, choice, clean, error);
  if ((gsize) g_utf8_strlen (field->value, -1) > max_chars)
    {
      wanted = g_strdup_printf ("at most %" G_GSIZE_FORMAT " characters long", max_chars);
      return refuse (field, wanted, error);
    }

  *clean = inb_field_clean (field->value, max_chars, max_chars == INB_FIELD_MAX_TEXT);
  if (*clean == NULL || field->kind == INB_KIND_ACTIVITY || field->kind == INB_KIND_VIEW)
    return TRUE;

  g_free (*clean);
  *clean = inb_field_value_new (field->kind, field->index, field->value);

  return *clean != NULL || refuse (field, describe_text (field), error);
}

static gboolean
check_integer (const Field  *field,
               char        **clean,
               GError      **error)
{
  Range range = { field->kind, field->index, G_MININT32, G_MAXINT32 };
  g_autofree char *wanted = NULL;
  gint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      if (ranges[i].kind == field->kind && ranges[i].column == field->index)
        range = ranges[i];
    }
  if (g_ascii_string_to_signed (field->value, 10, range.least, range.most, &number, NULL))
    {
      *clean = g_strdup_printf ("%" G_GINT64_FORMAT, number);
      return TRUE;
    }
  wanted = g_strdup_printf ("a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, range.least, range.most);

  return refuse (field, wanted, error);
}

static gboolean
check_money (const Field  *field,
             char        **clean,
             GError      **error)
{
  gint64 hundredths;

  if (!inb_money_parse (field->value, &hundredths) || hundredths < 0)
    return refuse (field, "an amount such as 1250.00, not below zero, with at most 13 digits before the point", error);
  *clean = inb_money_format (hundredths);

  return TRUE;
}

/* Both forms begin with the year, and compare as text. */
static gboolean
is_sane (const char *iso)
{
  return strncmp (iso, FIRST_YEAR, 4) >= 0 && strncmp (iso, LAST_YEAR, 4) <= 0;
}

static gboolean
check_time (const Field  *field,
            char        **clean,
            GError      **error)
{
  gint64 microseconds;

  if (inb_time_parse (field->value, &microseconds))
    *clean = inb_time_format (microseconds);
  if (*clean != NULL && is_sane (*clean))
    return TRUE;

  g_clear_pointer (clean, g_free);

  return refuse (field, "a time such as 2026-11-22T17:50:00Z, from " FIRST_YEAR " to " LAST_YEAR, error);
}

static gboolean
check_date (const Field  *field,
            char        **clean,
            GError      **error)
{
  if (!inb_date_is_valid (field->value) || !is_sane (field->value))
    return refuse (field, "a date such as 2026-11-22, from " FIRST_YEAR " to " LAST_YEAR, error);
  *clean = g_strdup (field->value);

  return TRUE;
}

static gboolean
check_tags (const Field  *field,
            JsonArray    *tags,
            char        **clean,
            GError      **error)
{
  GString *json = g_string_new ("[");
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (tags); i++)
    {
      JsonNode *node = json_array_get_element (tags, i);
      const char *text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      char *tag = NULL;

      if (text != NULL && g_utf8_strlen (text, -1) <= INB_FIELD_MAX_TAG)
        tag = inb_field_clean (text, INB_FIELD_MAX_TAG, FALSE);
      if (tag == NULL)
        {
          g_string_free (json, TRUE);
          return refuse (field, "a list of words of 1 to 60 characters each", error);
        }
      if (g_hash_table_contains (known, tag))
        {
          g_free (tag);
          continue;
        }
      if (json->len > 1)
        g_string_append_c (json, ',');
      inb_json_append_string (json, tag);
      g_hash_table_add (known, tag);
    }
  g_string_append_c (json, ']');
  *clean = g_string_free (json, FALSE);

  return g_hash_table_size (known) <= INB_FIELD_MAX_TAGS || refuse (field, "a list of at most 100 tags", error);
}

static gboolean
is_object_column (const Field *field)
{
  return (field->kind == INB_KIND_CONTACT && field->index == INB_CONTACT_CUSTOM_FIELDS) ||
         (field->kind == INB_KIND_LEAD && field->index == INB_LEAD_CUSTOM_FIELDS) ||
         (field->kind == INB_KIND_VIEW && field->index == INB_VIEW_FILTER);
}

static gboolean
check_json (const Field  *field,
            char        **clean,
            GError      **error)
{
  gboolean must_be_object = is_object_column (field);
  gsize most = must_be_object && field->kind != INB_KIND_VIEW ? INB_JSON_MERGE_MAX : MAX_JSON;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *wanted = NULL;

  if (strlen (field->value) > most)
    {
      wanted = g_strdup_printf ("at most %" G_GSIZE_FORMAT " bytes of JSON", most);
      return refuse (field, wanted, error);
    }
  node = inb_json_parse (field->value, strlen (field->value), NULL);
  if (must_be_object && (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)))
    return refuse (field, "a JSON object", error);
  if (!must_be_object && (node == NULL || !JSON_NODE_HOLDS_ARRAY (node)))
    return refuse (field, "a JSON array", error);
  if (strcmp (field->column->name, "tags") == 0)
    return check_tags (field, json_node_get_array (node), clean, error);
  *clean = json_to_string (node, FALSE);

  return TRUE;
}

static gboolean
check_value (const Field  *field,
             char        **clean,
             GError      **error)
{
  switch (field->column->type)
    {
    case INB_TYPE_TEXT:
      return check_text (field, clean, error);
    case INB_TYPE_UUID:
      *clean = inb_uuid_normalize (field->value);
      return *clean != NULL || refuse (field, "an id (36 characters)", error);
    case INB_TYPE_INTEGER:
      return check_integer (field, clean, error);
    case INB_TYPE_MONEY:
      return check_money (field, clean, error);
    case INB_TYPE_BOOLEAN:
      if (strcmp (field->value, "true") != 0 && strcmp (field->value, "false") != 0)
        return refuse (field, "true or false", error);
      *clean = g_strdup (field->value);
      return TRUE;
    case INB_TYPE_TIME:
      return check_time (field, clean, error);
    case INB_TYPE_DATE:
      return check_date (field, clean, error);
    case INB_TYPE_JSON:
    default:
      return check_json (field, clean, error);
    }
}

/**
 * inb_field_check:
 * @kind: %INB_KIND_LEAD, %INB_KIND_CONTACT, %INB_KIND_ACTIVITY or %INB_KIND_VIEW
 * @value: (nullable): in the column's text form; "" is none
 * @clean: (out) (transfer full) (nullable): the value as it is kept
 *
 * Text is trimmed and loses control characters; what is too long is refused, not cut.
 *
 * Returns: whether it may be kept, else %INB_ERROR_UNPROCESSABLE
 */
gboolean
inb_field_check (InbKind      kind,
                 guint        column,
                 const char  *value,
                 char       **clean,
                 GError     **error)
{
  Field field = { &inb_kind_get_columns (kind, NULL)[column], value, kind, column };

  g_return_val_if_fail (clean != NULL, FALSE);

  *clean = NULL;
  if (value != NULL && *value != '\0' && !check_value (&field, clean, error))
    {
      g_clear_pointer (clean, g_free);
      return FALSE;
    }
  if (*clean != NULL)
    return TRUE;

  if (inb_field_is_required (kind, column))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s.%s must not be empty", inb_kind_get_name (kind),
                   field.column->name);
      return FALSE;
    }
  *clean = g_strdup (inb_column_get_default (kind, column));

  return TRUE;
}

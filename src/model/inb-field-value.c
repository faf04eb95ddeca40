#define G_LOG_DOMAIN "inb-model"

#include "inb-field-value.h"

#include "inb-fold.h"
#include "inb-json.h"
#include "inb-mail.h"
#include "inb-money.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

#define MAX_URL 2000
#define MAX_KEY 200      /* of what rows are matched and grouped by: index entries have a size limit */
#define MAX_JSON 16384   /* bytes */
#define MIN_PHONE_DIGITS 3
#define MAX_PHONE 60

/* Of the columns that are no ordinary line. */
static const struct {
  InbKind kind;
  guint   column;
  gsize   max_chars;
} limits[] = {
  { INB_KIND_CONTACT, INB_CONTACT_NOTES, INB_FIELD_MAX_TEXT },
  { INB_KIND_CONTACT, INB_CONTACT_CONSENT_TEXT, INB_FIELD_MAX_TEXT },
  { INB_KIND_CONTACT, INB_CONTACT_WEBSITE, MAX_URL },
  { INB_KIND_CONTACT, INB_CONTACT_SOURCE_URL, MAX_URL },
  { INB_KIND_CONTACT, INB_CONTACT_FIRSTNAME, MAX_KEY },
  { INB_KIND_CONTACT, INB_CONTACT_LASTNAME, MAX_KEY },
  { INB_KIND_CONTACT, INB_CONTACT_LEAD_SOURCE, MAX_KEY },
  { INB_KIND_LEAD, INB_LEAD_INITIAL_INQUIRY, INB_FIELD_MAX_TEXT },
  { INB_KIND_LEAD, INB_LEAD_LANDING_PAGE_URL, MAX_URL },
  { INB_KIND_LEAD, INB_LEAD_REFERRAL_SOURCE, MAX_URL },
  { INB_KIND_LEAD, INB_LEAD_PRODUCT_INTEREST, MAX_KEY },
  { INB_KIND_LEAD, INB_LEAD_LEAD_SOURCE, MAX_KEY },
  { INB_KIND_LEAD, INB_LEAD_SUB_SOURCE, MAX_KEY },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_DESCRIPTION, INB_FIELD_MAX_TEXT },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_BODY, INB_FIELD_MAX_TEXT },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_RECORDING_URL, MAX_URL },
  { INB_KIND_ACTIVITY, INB_ACTIVITY_MEETING_URL, MAX_URL },
  { INB_KIND_VIEW, INB_VIEW_NAME, MAX_KEY },
};

/* Most values are short, plain and trimmed already. */
static gboolean
is_clean (const char *text,
          gsize       length,
          gsize       max_chars)
{
  if (length > max_chars || text[0] == ' ' || text[length - 1] == ' ')
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];

      if (c < 0x20 || c >= 0x7f)
        return FALSE;
    }

  return TRUE;
}

/* Marks that turn the direction of the text around them could make a name read as another one. */
static gboolean
is_unwanted (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/**
 * inb_field_clean:
 * @text: (nullable): a sender's value; repaired where it is not UTF-8
 * @max_chars: characters, not bytes
 *
 * Returns: (transfer full) (nullable): the cleaned text
 */
char *
inb_field_clean (const char *text,
                 gsize       max_chars,
                 gboolean    multi_line)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) clean = NULL;
  gsize n_chars = 0;
  gsize length = text == NULL ? 0 : strlen (text);

  if (length == 0)
    return NULL;
  if (is_clean (text, length, max_chars))
    return g_strndup (text, length);

  if (!g_utf8_validate (text, (gssize) length, NULL))
    text = valid = g_utf8_make_valid (text, (gssize) length);

  clean = g_string_sized_new (MIN (length, max_chars * 4) + 1);
  for (; *text != '\0' && n_chars < max_chars; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
        c = !multi_line ? ' ' : c == '\t' ? '\t' : '\n';
      else if (c == '\r')
        {
          if (text[1] == '\n')
            continue;
          c = multi_line ? '\n' : ' ';
        }
      else if (is_unwanted (c))
        continue;
      if (clean->len == 0 && g_unichar_isspace (c))
        continue;

      g_string_append_unichar (clean, c);
      n_chars++;
    }
  while (clean->len > 0)
    {
      const char *last = g_utf8_find_prev_char (clean->str, clean->str + clean->len);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      g_string_truncate (clean, (gsize) (last - clean->str));
    }
  if (clean->len == 0)
    return NULL;

  return g_strndup (clean->str, clean->len);
}

/**
 * inb_field_parse_boolean:
 * @value: (out): what the text says
 *
 * Returns: whether it says either
 */
gboolean
inb_field_parse_boolean (const char *text,
                         gboolean   *value)
{
  static const char * const yes[] = { "true", "1", "yes", "y", "on", "ja", "oui", "si", "sim", "checked", "accepted", NULL };
  static const char * const no[] = { "false", "0", "no", "n", "off", "nein", "non", "nao", NULL };
  g_autofree char *folded = NULL;

  if (strlen (text) > 20)
    return FALSE;

  folded = inb_fold_text (text);
  if (!g_strv_contains (yes, folded) && !g_strv_contains (no, folded))
    return FALSE;
  *value = g_strv_contains (yes, folded);

  return TRUE;
}

/**
 * inb_field_get_max_chars:
 * @kind: %INB_KIND_CONTACT, %INB_KIND_LEAD, %INB_KIND_ACTIVITY or %INB_KIND_VIEW
 * @column: one of text
 *
 * Returns: how many characters it may have; %INB_FIELD_MAX_TEXT when it may have several lines
 */
gsize
inb_field_get_max_chars (InbKind kind,
                         guint   column)
{
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      if (limits[i].kind == kind && limits[i].column == column)
        return limits[i].max_chars;
    }

  return INB_FIELD_MAX_LINE;
}

static char *
read_phone (char *text)
{
  g_autofree char *owned = text;
  g_autofree char *digits = NULL;

  /* Facebook writes "p:+49…"; an extension in words is libphonenumber's business. */
  if (g_str_has_prefix (text, "p:"))
    memmove (text, text + 2, strlen (text) - 1);
  else if (g_ascii_strncasecmp (text, "tel:", 4) == 0)
    memmove (text, text + 4, strlen (text) - 3);
  g_strchug (text);

  digits = inb_fold_digits (text);
  if (strlen (digits) < MIN_PHONE_DIGITS || strlen (text) > MAX_PHONE || strchr (text, '@') != NULL)
    return NULL;

  return g_steal_pointer (&owned);
}

static char *
read_text (InbKind  kind,
           guint    column,
           char    *text)
{
  g_autofree char *owned = text;
  gboolean is_contact = kind == INB_KIND_CONTACT;

  if (is_contact && (column == INB_CONTACT_PHONE || column == INB_CONTACT_PHONE_SECONDARY))
    return read_phone (g_steal_pointer (&owned));
  if (is_contact && (column == INB_CONTACT_EMAIL || column == INB_CONTACT_EMAIL_SECONDARY))
    {
      g_autofree char *normal = inb_mail_normalize (text);

      return normal == NULL ? NULL : g_steal_pointer (&owned);
    }
  /* A cut id would be the id of somebody else. */
  if (is_contact && column == INB_CONTACT_CRM_ID && strlen (text) > MAX_KEY)
    return NULL;
  if (!is_contact && column == INB_LEAD_CURRENCY)
    {
      if (strlen (text) != 3 || strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != 3)
        return NULL;
      return g_ascii_strup (text, 3);
    }

  return g_steal_pointer (&owned);
}

static char *
read_json (const char *text,
           gboolean    must_be_object)
{
  g_autoptr (JsonNode) node = NULL;
  g_auto (GStrv) parts = NULL;
  GString *json;

  if (strlen (text) > MAX_JSON)
    return NULL;
  if (*text == '{' || *text == '[')
    node = inb_json_parse (text, strlen (text), NULL);
  if (node != NULL)
    return must_be_object && !JSON_NODE_HOLDS_OBJECT (node) ? NULL : json_to_string (node, FALSE);
  if (must_be_object)
    return NULL;

  json = g_string_new ("[");
  parts = g_strsplit (text, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) == '\0')
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      inb_json_append_string (json, parts[i]);
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

static char *
read_integer (const char *text,
              gboolean    is_percent)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, is_percent ? 0 : G_MININT32, is_percent ? 100 : G_MAXINT32, &number, NULL))
    return NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
read_date (const char *text)
{
  g_autoptr (GTimeZone) utc = NULL;
  gint64 microseconds;

  if (inb_date_is_valid (text))
    return g_strdup (text);

  utc = g_time_zone_new_utc ();
  if (!inb_time_parse_loose (text, utc, &microseconds))
    return NULL;

  return inb_time_get_day (microseconds, utc);
}

static char *
read_time (const char *text)
{
  g_autoptr (GTimeZone) utc = NULL;
  gint64 microseconds;

  if (inb_time_parse (text, &microseconds))
    return inb_time_format (microseconds);

  utc = g_time_zone_new_utc ();

  return inb_time_parse_loose (text, utc, &microseconds) ? inb_time_format (microseconds) : NULL;
}

static char *
read_money (const char *text)
{
  gint64 hundredths;

  if (!inb_money_parse (text, &hundredths) && !inb_money_parse_loose (text, &hundredths))
    return NULL;

  return inb_money_format (hundredths);
}

/**
 * inb_field_value_new:
 * @kind: %INB_KIND_CONTACT or %INB_KIND_LEAD
 * @text: a sender's value
 *
 * Returns: (transfer full) (nullable): the value as the column keeps it
 */
char *
inb_field_value_new (InbKind     kind,
                     guint       column,
                     const char *text)
{
  InbType type = inb_kind_get_columns (kind, NULL)[column].type;
  gsize max_chars = type == INB_TYPE_JSON ? MAX_JSON : inb_field_get_max_chars (kind, column);
  g_autofree char *clean = inb_field_clean (text, max_chars, max_chars == INB_FIELD_MAX_TEXT);
  gboolean truth;

  if (clean == NULL)
    return NULL;

  switch (type)
    {
    case INB_TYPE_TEXT:
      return read_text (kind, column, g_steal_pointer (&clean));
    case INB_TYPE_UUID:
      return inb_uuid_normalize (clean);
    case INB_TYPE_INTEGER:
      return read_integer (clean, kind == INB_KIND_LEAD && column == INB_LEAD_PROBABILITY);
    case INB_TYPE_MONEY:
      return read_money (clean);
    case INB_TYPE_BOOLEAN:
      return inb_field_parse_boolean (clean, &truth) ? g_strdup (truth ? "true" : "false") : NULL;
    case INB_TYPE_TIME:
      return read_time (clean);
    case INB_TYPE_DATE:
      return read_date (clean);
    case INB_TYPE_JSON:
    default:
      return read_json (clean, column == (guint) (kind == INB_KIND_CONTACT ? INB_CONTACT_CUSTOM_FIELDS : INB_LEAD_CUSTOM_FIELDS));
    }
}

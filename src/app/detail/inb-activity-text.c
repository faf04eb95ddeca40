#define G_LOG_DOMAIN "inb-app"

#include "inb-activity-text.h"

#include "inb-format.h"
#include "inb-json.h"
#include "inb-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_VALUE 60 /* characters that still read as one of two values */

typedef struct {
  const char *key;
  const char *name;
} Word;

static const Word directions[] = {
  { "outbound", N_("Outgoing") },
  { "inbound", N_("Incoming") },
};

/* What the service calls the entries that people write; a subject may follow. */
static const Word names[] = {
  { "Note", N_("Note") },
  { "Call", N_("Call") },
  { "Mail", N_("Mail") },
  { "SMS", N_("SMS") },
  { "Meeting", N_("Meeting") },
  { "Appointment", N_("Appointment") },
};

/* What the service writes by itself. */
static const char *const sentences[] = {
  N_("New Lead Created"),
  N_("Lead created from webhook submission"),
  N_("Lead created by hand"),
  N_("Lead Converted to Won"),
  N_("Lead deleted"),
  N_("Lead restored"),
};

static const char *
find_word (const Word *words,
           guint       n_words,
           const char *key)
{
  for (guint i = 0; i < n_words; i++)
    if (g_strcmp0 (words[i].key, key) == 0)
      return _(words[i].name);

  return NULL;
}

/* Titles begin with an emoji ("🆕 New Lead Created") that the icon beside them already says. */
static const char *
skip_emoji (const char *title)
{
  const char *p = title;

  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type != G_UNICODE_OTHER_SYMBOL && c != 0xfe0f && c != 0x200d && !g_unichar_isspace (c))
        break;
      p = g_utf8_next_char (p);
    }

  return *p != '\0' ? p : title;
}

static const char *
translate (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_str_equal (sentences[i], text))
      return _(sentences[i]);

  return text;
}

/* --- changes of a field ------------------------------------------------------------------------------------------------- */

/* A value as the log keeps it, in the column's text form. (transfer full) (nullable) */
static char *
read_value (const char *json,
            InbType     type)
{
  g_autoptr (JsonNode) node = json != NULL ? inb_json_parse (json, strlen (json), NULL) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (type != INB_TYPE_JSON && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  return json_to_string (node, FALSE);
}

static char *
describe_value (InbKind                kind,
                guint                  column,
                const char            *json,
                const InbFieldContext *context)
{
  g_autofree char *value = read_value (json, inb_kind_get_columns (kind, NULL)[column].type);

  return inb_field_text_describe (kind, column, value, context);
}

static gboolean
fits (const char *value)
{
  return value == NULL || (strchr (value, '\n') == NULL && g_utf8_strlen (value, -1) <= MAX_VALUE);
}

/* (transfer full) (nullable): NULL for what is no change of a field that is known here. */
static char *
describe_change (const InbRow          *activity,
                 const InbFieldContext *context)
{
  InbKind kind = inb_row_get (activity, INB_ACTIVITY_LEAD_ID) != NULL ? INB_KIND_LEAD : INB_KIND_CONTACT;
  const char *name = inb_row_get (activity, INB_ACTIVITY_FIELD_NAME);
  int column = name != NULL ? inb_kind_find_column (kind, name) : -1;
  g_autofree char *label = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (column < 0 || inb_field_table_find (kind, (guint) column) == NULL ||
      inb_row_get_boolean (activity, INB_ACTIVITY_IS_AUTOMATED))
    return NULL;

  label = inb_field_table_dup_label (kind, (guint) column);
  before = describe_value (kind, (guint) column, inb_row_get (activity, INB_ACTIVITY_OLD_VALUE), context);
  after = describe_value (kind, (guint) column, inb_row_get (activity, INB_ACTIVITY_NEW_VALUE), context);
  if (!fits (before) || !fits (after))
    return g_strdup_printf (_("%s changed"), label);
  if (before == NULL && after != NULL)
    return g_strdup_printf (_("%s: %s"), label, after);

  /* Translators: a field was changed: "Company: Acme → Acme Ltd" */
  return g_strdup_printf (_("%s: %s → %s"), label, before != NULL ? before : "–", after != NULL ? after : "–");
}

/* --- what people write -------------------------------------------------------------------------------------------------- */

/* "Call", "Mail: Offer". (transfer full) (nullable) */
static char *
describe_entry (const char *title)
{
  const char *colon = strchr (title, ':');
  g_autofree char *head = colon != NULL ? g_strndup (title, (gsize) (colon - title)) : g_strdup (title);
  const char *name = find_word (names, G_N_ELEMENTS (names), head);

  return name != NULL ? g_strconcat (name, colon, NULL) : NULL;
}

static gboolean
is_conversation (const char *type)
{
  static const char *const types[] = { "call", "email", "sms", "meeting", "appointment_scheduled", NULL };

  return type != NULL && g_strv_contains (types, type);
}

static void
append (GString    *details,
        const char *text)
{
  if (text != NULL && *text != '\0')
    g_string_append_printf (details, "%s%s", details->len > 0 ? " · " : "", text);
}

static void
append_time (GString               *details,
             const InbRow          *activity,
             const InbFieldContext *context)
{
  gint64 time = inb_row_get_time (activity, INB_ACTIVITY_STARTS_AT);
  g_autofree char *text = NULL;

  if (time == INB_TIME_NONE)
    time = inb_row_get_time (activity, INB_ACTIVITY_DUE_AT);
  if (time == INB_TIME_NONE)
    return;

  text = inb_format_moment (time, context->zone);
  append (details, text);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_activity_text_get_title:
 * @context: what names and times are shown in
 *
 * Returns: (transfer full): one line
 */
char *
inb_activity_text_get_title (const InbRow          *activity,
                             const InbFieldContext *context)
{
  const char *title = inb_row_get (activity, INB_ACTIVITY_TITLE);
  const char *type = inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE);
  char *text = describe_change (activity, context);

  if (text != NULL)
    return text;
  if (title == NULL)
    return inb_format_key (type != NULL ? type : "");

  title = skip_emoji (title);
  text = g_strcmp0 (type, "note") == 0 || is_conversation (type) ? describe_entry (title) : NULL;

  return text != NULL ? text : g_strdup (translate (title));
}

/**
 * inb_activity_text_get_details:
 *
 * Returns: (transfer full) (nullable): what was noted of a conversation beside its text; %NULL for nothing
 */
char *
inb_activity_text_get_details (const InbRow          *activity,
                               const InbFieldContext *context)
{
  const char *direction = inb_row_get (activity, INB_ACTIVITY_DIRECTION);
  gint64 seconds = inb_row_get_integer (activity, INB_ACTIVITY_DURATION_SECONDS, 0);
  g_autofree char *duration = seconds > 0 ? inb_format_duration (seconds) : NULL;
  g_autofree char *outcome = NULL;
  g_autoptr (GString) details = g_string_new (NULL);

  if (!is_conversation (inb_row_get (activity, INB_ACTIVITY_ACTIVITY_TYPE)))
    return NULL;

  outcome = inb_field_text_describe (INB_KIND_ACTIVITY, INB_ACTIVITY_OUTCOME, inb_row_get (activity, INB_ACTIVITY_OUTCOME), context);
  append (details, find_word (directions, G_N_ELEMENTS (directions), direction));
  append_time (details, activity, context);
  append (details, duration);
  append (details, outcome);
  append (details, inb_row_get (activity, INB_ACTIVITY_LOCATION));

  return details->len > 0 ? g_string_free (g_steal_pointer (&details), FALSE) : NULL;
}

char *
inb_activity_text_get_text (const InbRow *activity)
{
  const char *text = inb_row_get (activity, INB_ACTIVITY_DESCRIPTION);

  if (text == NULL)
    text = inb_row_get (activity, INB_ACTIVITY_BODY);

  return text != NULL && *text != '\0' ? g_strdup (translate (text)) : NULL;
}

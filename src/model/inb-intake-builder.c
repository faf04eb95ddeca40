#define G_LOG_DOMAIN "inb-model"

#include "inb-intake-builder.h"

#include "inb-error.h"
#include "inb-field-value.h"
#include "inb-fold.h"
#include "inb-json.h"
#include "inb-mail.h"

#include <string.h>

#define MAX_STATUS 200
#define MAX_APPOINTMENT 200
#define MAX_CUSTOM_KEY 200            /* characters */
#define MAX_CUSTOM_TOTAL (64 * 1024)  /* bytes; the delivery keeps what goes beyond */
#define LEFT_OUT_KEY "_left_out"      /* how many fields that was */

typedef struct {
  char    *key;
  GString *value;
} Custom;

struct _InbIntakeBuilder {
  /* Owned */
  InbIntake  *intake;
  char       *full_name;
  char       *appointment_time;
  GArray     *custom;       /* of Custom, in the event's order */
  GHashTable *custom_index; /* key, borrowed from custom → position + 1 */

  gsize       custom_size;
  guint       n_left_out;
};

static void
clear_custom (gpointer data)
{
  Custom *custom = data;

  g_free (custom->key);
  g_string_free (custom->value, TRUE);
}

/**
 * inb_intake_builder_new:
 *
 * Returns: (transfer full): a builder of an empty intake
 */
InbIntakeBuilder *
inb_intake_builder_new (void)
{
  InbIntakeBuilder *self = g_new0 (InbIntakeBuilder, 1);

  self->intake = inb_intake_new ();
  self->custom = g_array_new (FALSE, FALSE, sizeof (Custom));
  g_array_set_clear_func (self->custom, clear_custom);
  self->custom_index = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

void
inb_intake_builder_free (InbIntakeBuilder *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->intake, inb_intake_free);
  g_hash_table_unref (self->custom_index);
  g_array_unref (self->custom);
  g_free (self->full_name);
  g_free (self->appointment_time);
  g_free (self);
}

/* A second phone or mail has a column of its own. */
static gboolean
assign_second (InbRow     *contact,
               guint       column,
               const char *value)
{
  guint second;

  if (column == INB_CONTACT_PHONE)
    second = INB_CONTACT_PHONE_SECONDARY;
  else if (column == INB_CONTACT_EMAIL)
    second = INB_CONTACT_EMAIL_SECONDARY;
  else
    return FALSE;

  if (inb_row_get (contact, second) == NULL)
    inb_row_set (contact, second, value);

  return strcmp (inb_row_get (contact, second), value) == 0;
}

static gboolean
assign_column (InbRow     *row,
               guint       column,
               const char *text)
{
  g_autofree char *value = inb_field_value_new (inb_row_get_kind (row), column, text);
  const char *present = inb_row_get (row, column);

  if (value == NULL)
    return FALSE;
  if (present == NULL)
    {
      inb_row_take (row, column, g_steal_pointer (&value));
      return TRUE;
    }

  return strcmp (present, value) == 0 ||
         (inb_row_get_kind (row) == INB_KIND_CONTACT && assign_second (row, column, value));
}

static gboolean
assign_text (char       **place,
             const char  *text,
             gsize        max_chars,
             gboolean     multi_line)
{
  g_autofree char *value = inb_field_clean (text, max_chars, multi_line);

  if (*place == NULL)
    *place = g_strdup (value);

  return g_strcmp0 (*place, value) == 0;
}

static gboolean
assign_test (InbIntakeBuilder *self,
             const char       *text)
{
  g_autofree char *value = inb_field_clean (text, INB_FIELD_MAX_LINE, FALSE);
  gboolean is_test;

  if (value == NULL || !inb_field_parse_boolean (value, &is_test))
    return FALSE;
  self->intake->is_test |= is_test;

  return TRUE;
}

/**
 * inb_intake_builder_assign:
 * @value: a sender's value, not blank
 *
 * Returns: whether the value is in the intake now
 */
gboolean
inb_intake_builder_assign (InbIntakeBuilder     *self,
                           const InbFieldTarget *target,
                           const char           *value)
{
  switch (target->kind)
    {
    case INB_TARGET_CONTACT:
      return assign_column (self->intake->contact, target->column, value);
    case INB_TARGET_LEAD:
      return assign_column (self->intake->lead, target->column, value);
    case INB_TARGET_STATUS:
      return assign_text (&self->intake->status, value, MAX_STATUS, FALSE);
    case INB_TARGET_NOTES:
      return assign_text (&self->intake->notes, value, INB_FIELD_MAX_TEXT, TRUE);
    case INB_TARGET_APPOINTMENT:
      return assign_text (&self->intake->appointment, value, MAX_APPOINTMENT, FALSE);
    case INB_TARGET_APPOINTMENT_TIME:
      return assign_text (&self->appointment_time, value, MAX_APPOINTMENT, FALSE);
    case INB_TARGET_DELIVERY_KEY:
      return assign_text (&self->intake->delivery_key, value, INB_FIELD_MAX_LINE, FALSE);
    case INB_TARGET_NAME:
      return assign_text (&self->full_name, value, INB_FIELD_MAX_LINE, FALSE);
    case INB_TARGET_TEST:
      return assign_test (self, value);
    case INB_TARGET_CUSTOM:
      inb_intake_builder_add_custom (self, target->custom_key, strlen (target->custom_key), value);
      return TRUE;
    case INB_TARGET_IGNORE:
    default:
      return TRUE;
    }
}

static void
join_custom (Custom     *custom,
             const char *value)
{
  if (strcmp (custom->value->str, value) == 0 || custom->value->len + strlen (value) > INB_FIELD_MAX_CUSTOM)
    return;

  g_string_append (custom->value, ", ");
  g_string_append (custom->value, value);
}

/**
 * inb_intake_builder_add_custom:
 * @key_length: bytes of @key
 * @text: a sender's value
 */
void
inb_intake_builder_add_custom (InbIntakeBuilder *self,
                               const char       *key,
                               gsize             key_length,
                               const char       *text)
{
  g_autofree char *value = inb_field_clean (text, INB_FIELD_MAX_CUSTOM, TRUE);
  g_autofree char *part = g_strndup (key, key_length);
  g_autofree char *name = inb_field_clean (part, MAX_CUSTOM_KEY, FALSE);
  guint position;
  Custom custom;

  if (value == NULL)
    return;
  if (name == NULL)
    name = g_strdup ("_");

  if (self->custom_size + strlen (name) + strlen (value) > MAX_CUSTOM_TOTAL)
    {
      self->n_left_out++;
      return;
    }
  self->custom_size += strlen (name) + strlen (value);

  position = GPOINTER_TO_UINT (g_hash_table_lookup (self->custom_index, name));
  if (position > 0)
    {
      join_custom (&g_array_index (self->custom, Custom, position - 1), value);
      return;
    }

  custom.key = g_steal_pointer (&name);
  custom.value = g_string_new (value);
  g_array_append_val (self->custom, custom);
  g_hash_table_insert (self->custom_index, custom.key, GUINT_TO_POINTER (self->custom->len));
}

static char *
custom_to_json (InbIntakeBuilder *self)
{
  GString *json;

  if (self->custom->len == 0)
    return NULL;

  json = g_string_sized_new (self->custom_size + self->custom->len * 8);
  g_string_append_c (json, '{');
  for (guint i = 0; i < self->custom->len; i++)
    {
      const Custom *custom = &g_array_index (self->custom, Custom, i);

      if (i > 0)
        g_string_append_c (json, ',');
      inb_json_append_string (json, custom->key);
      g_string_append_c (json, ':');
      inb_json_append_string (json, custom->value->str);
    }
  if (self->n_left_out > 0 && !g_hash_table_contains (self->custom_index, LEFT_OUT_KEY))
    g_string_append_printf (json, ",\"" LEFT_OUT_KEY "\":%u", self->n_left_out);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

/* "Groß, Jörg" and "Jörg Groß"; one word is a first name. */
static void
split_name (const char  *full_name,
            char       **firstname,
            char       **lastname)
{
  const char *comma = strchr (full_name, ',');
  const char *space = strrchr (full_name, ' ');

  if (comma != NULL && strchr (comma + 1, ',') == NULL && comma > full_name && comma[1] != '\0')
    {
      *lastname = g_strstrip (g_strndup (full_name, (gsize) (comma - full_name)));
      *firstname = g_strstrip (g_strdup (comma + 1));
    }
  else if (space != NULL)
    {
      *firstname = g_strstrip (g_strndup (full_name, (gsize) (space - full_name)));
      *lastname = g_strdup (space + 1);
    }
  else
    {
      *firstname = g_strdup (full_name);
      *lastname = NULL;
    }
}

/* Beside a first name, a field called "Name" holds the last name, or both again; likewise the other way round. */
static void
fill_other_name (InbRow     *contact,
                 guint       known_column,
                 guint       missing_column,
                 const char *full_name)
{
  const char *known = inb_row_get (contact, known_column);
  gsize length = strlen (full_name);
  g_autofree char *rest = NULL;

  if (known_column == INB_CONTACT_FIRSTNAME && g_str_has_prefix (full_name, known) && full_name[strlen (known)] == ' ')
    rest = g_strdup (full_name + strlen (known));
  else if (known_column == INB_CONTACT_LASTNAME && g_str_has_suffix (full_name, known) &&
           length > strlen (known) && full_name[length - strlen (known) - 1] == ' ')
    rest = g_strndup (full_name, length - strlen (known));
  else if (strcmp (full_name, known) != 0)
    rest = g_strdup (full_name);

  if (rest != NULL && !assign_column (contact, missing_column, rest))
    g_debug ("A name could not be kept");
}

static void
apply_full_name (InbIntakeBuilder *self)
{
  InbRow *contact = self->intake->contact;
  const char *firstname = inb_row_get (contact, INB_CONTACT_FIRSTNAME);
  const char *lastname = inb_row_get (contact, INB_CONTACT_LASTNAME);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (self->full_name == NULL)
    return;
  if (firstname != NULL && lastname != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s %s", firstname, lastname);

      if (g_ascii_strcasecmp (both, self->full_name) != 0)
        inb_intake_builder_add_custom (self, "name", strlen ("name"), self->full_name);
      return;
    }
  if (firstname != NULL)
    {
      fill_other_name (contact, INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME, self->full_name);
      return;
    }
  if (lastname != NULL)
    {
      fill_other_name (contact, INB_CONTACT_LASTNAME, INB_CONTACT_FIRSTNAME, self->full_name);
      return;
    }

  split_name (self->full_name, &first, &last);
  if (first != NULL)
    assign_column (contact, INB_CONTACT_FIRSTNAME, first);
  if (last != NULL)
    assign_column (contact, INB_CONTACT_LASTNAME, last);
}

static void
apply_appointment_time (InbIntakeBuilder *self)
{
  InbIntake *intake = self->intake;
  g_autofree char *date = g_steal_pointer (&intake->appointment);

  if (date == NULL || self->appointment_time == NULL || strchr (date, ':') != NULL)
    intake->appointment = g_strdup (date);
  else
    intake->appointment = g_strdup_printf ("%s %s", date, self->appointment_time);
  if (date == NULL && self->appointment_time != NULL)
    inb_intake_builder_add_custom (self, "appointment_time", strlen ("appointment_time"), self->appointment_time);
}

/**
 * inb_intake_builder_finish:
 * @self: (transfer full): the builder
 *
 * Returns: (transfer full) (nullable): the intake, or %NULL with %INB_ERROR_IDENTITY_MISSING
 */
InbIntake *
inb_intake_builder_finish (InbIntakeBuilder  *self,
                           GError           **error)
{
  g_autoptr (InbIntakeBuilder) builder = self;
  InbRow *contact = builder->intake->contact;
  const char *email = inb_row_get (contact, INB_CONTACT_EMAIL);

  if (email == NULL && inb_row_get (contact, INB_CONTACT_PHONE) == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_IDENTITY_MISSING,
                   "The event has neither a phone number nor a mail address that could be read");
      return NULL;
    }

  apply_full_name (builder);
  apply_appointment_time (builder);
  if (email != NULL)
    inb_row_take (contact, INB_CONTACT_EMAIL_NORM, inb_mail_normalize (email));
  inb_row_take (contact, INB_CONTACT_NAME_FOLDED, inb_fold_name (inb_row_get (contact, INB_CONTACT_FIRSTNAME),
                                                                 inb_row_get (contact, INB_CONTACT_LASTNAME)));
  builder->intake->custom_fields = custom_to_json (builder);

  return g_steal_pointer (&builder->intake);
}

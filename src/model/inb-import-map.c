#define G_LOG_DOMAIN "inb-model"

#include "inb-import-map.h"

#include "inb-error.h"
#include "inb-field-defaults.h"
#include "inb-field-value.h"
#include "inb-json.h"

#include <string.h>

#define MAX_NAME 200 /* characters of a column's name that become a custom field's */

struct _InbImportMap {
  GPtrArray *columns; /* Owned, InbImportColumn */
};

static const struct {
  const char       *target;
  InbImportMeaning  meaning;
} plain_targets[] = {
  { "ignore", INB_IMPORT_IGNORE },
  { "lead.id", INB_IMPORT_LEAD_ID },
  { "contact.id", INB_IMPORT_CONTACT_ID },
  { "owner", INB_IMPORT_OWNER },
  { "lead.created_at", INB_IMPORT_CREATED_AT },
};

/* Of a webhook's mapping only. */
static const char * const unfit_targets[] = { "delivery_key", "contact.ip_address", NULL };

static void
column_free (gpointer data)
{
  InbImportColumn *self = data;

  g_free (self->name);
  g_free (self->target);
  g_free (self);
}

static gboolean
parse_edited (const char      *text,
              const char      *prefix,
              InbKind          kind,
              InbImportColumn *column)
{
  int index;

  if (!g_str_has_prefix (text, prefix))
    return FALSE;
  index = inb_kind_find_column (kind, text + strlen (prefix));
  if (index < 0 || (inb_kind_get_columns (kind, NULL)[index].flags & INB_COLUMN_EDITABLE) == 0)
    return FALSE;
  column->meaning = INB_IMPORT_EDIT;
  column->entity = kind;
  column->column = (guint) index;

  return TRUE;
}

/* Sets what column->target means. */
static gboolean
parse_target (InbImportColumn *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_targets); i++)
    {
      if (strcmp (plain_targets[i].target, column->target) == 0)
        {
          column->meaning = plain_targets[i].meaning;
          return TRUE;
        }
    }
  if (g_strv_contains (unfit_targets, column->target))
    return FALSE;

  /* Where a lead stands is said by a word, as webhooks say it. */
  if (inb_field_target_parse (strcmp (column->target, "lead.stage") == 0 ? "status" : column->target, &column->field, NULL))
    {
      column->meaning = INB_IMPORT_FIELD;
      return TRUE;
    }

  return parse_edited (column->target, "lead.", INB_KIND_LEAD, column) ||
         parse_edited (column->target, "contact.", INB_KIND_CONTACT, column);
}

/**
 * inb_import_map_has_target:
 * @target: "contact.city", "custom.colour" …
 *
 * Returns: whether a column may be imported into it
 */
gboolean
inb_import_map_has_target (const char *target)
{
  InbImportColumn column = { .target = (char *) target };

  return parse_target (&column);
}

/* What the table's headings are called in a file that the app has exported; what it is by another rule is not here. */
static const struct {
  const char *heading;
  const char *target;
} headings[] = {
  { "Contact ID", "contact.id" },
  { "Created", "lead.created_at" },
  { "Last Activity", "ignore" },
  { "First Response (seconds)", "ignore" },
};

/* A report of refused lines says of each what was wrong. An export names the lead's columns bare, and the contact's with their
 * prefix; what only the service writes means nothing here. */
static char *
guess_exported (const char *name)
{
  g_autofree char *of_lead = g_strconcat ("lead.", name, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    {
      if (g_ascii_strcasecmp (name, headings[i].heading) == 0)
        return g_strdup (headings[i].target);
    }
  if (g_str_has_prefix (name, INB_IMPORT_REPORT_PREFIX))
    return g_strdup ("ignore");
  if (g_ascii_strcasecmp (name, "id") == 0)
    return g_strdup ("lead.id");
  if (strcmp (name, "contact_id") == 0)
    return g_strdup ("contact.id");
  if (strcmp (name, "owner") == 0)
    return g_strdup ("owner");
  if (inb_import_map_has_target (of_lead))
    return g_steal_pointer (&of_lead);
  if (g_str_has_prefix (name, "contact.") && inb_import_map_has_target (name))
    return g_strdup (name);
  if (inb_kind_find_column (INB_KIND_LEAD, name) >= 0 ||
      (g_str_has_prefix (name, "contact.") && inb_kind_find_column (INB_KIND_CONTACT, name + strlen ("contact.")) >= 0))
    return g_strdup ("ignore");

  return NULL;
}

static char *
describe_target (const InbFieldTarget *target)
{
  switch (target->kind)
    {
    case INB_TARGET_CONTACT:
      return g_strconcat ("contact.", inb_kind_get_columns (INB_KIND_CONTACT, NULL)[target->column].name, NULL);
    case INB_TARGET_LEAD:
      return g_strconcat ("lead.", inb_kind_get_columns (INB_KIND_LEAD, NULL)[target->column].name, NULL);
    case INB_TARGET_STATUS:
      return g_strdup ("status");
    case INB_TARGET_NOTES:
      return g_strdup ("notes");
    case INB_TARGET_APPOINTMENT:
      return g_strdup ("appointment");
    case INB_TARGET_APPOINTMENT_TIME:
      return g_strdup ("appointment_time");
    case INB_TARGET_NAME:
      return g_strdup ("name");
    case INB_TARGET_TEST:
      return g_strdup ("is_test");
    case INB_TARGET_CUSTOM:
      return g_strconcat ("custom.", target->custom_key, NULL);
    case INB_TARGET_DELIVERY_KEY:
    case INB_TARGET_IGNORE:
    default:
      return g_strdup ("ignore");
    }
}

/**
 * inb_import_is_unnamed:
 * @name: as inb_import_map_distinguish() leaves it
 *
 * Returns: whether the file has no name for the column
 */
gboolean
inb_import_is_unnamed (const char *name)
{
  const char *text = name + strspn (name, " \t\r\n");
  gsize n_digits;

  if (*text == '\0')
    return TRUE;
  if (text == name || *text != '(')
    return FALSE;
  n_digits = strspn (text + 1, "0123456789");

  return n_digits > 0 && strcmp (text + 1 + n_digits, ")") == 0;
}

/**
 * inb_import_make_custom:
 * @name: what a file calls a column
 *
 * Returns: (transfer full): the custom field that is called as the column is
 */
char *
inb_import_make_custom (const char *name)
{
  g_autofree char *clean = g_strstrip (g_strdup (name));

  if (!inb_import_is_unnamed (name))
    return g_strconcat ("custom.", clean, NULL);

  return g_strconcat ("custom._", *clean == '\0' ? NULL : " ", clean, NULL);
}

/**
 * inb_import_guess:
 * @name: what a file calls a column
 *
 * Returns: (transfer full): the target: our own name of an export, a common spelling, else a custom field
 */
char *
inb_import_guess (const char *name)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *clean = inb_field_clean (name, MAX_NAME, FALSE);
  const InbSpelling *spelling;
  char *target;

  if (clean == NULL || inb_import_is_unnamed (name))
    return g_strdup ("ignore");

  target = guess_exported (clean);
  if (target != NULL)
    return target;

  inb_spelling_fold (clean, strlen (clean), key);
  spelling = inb_spelling_find (key->str);
  target = spelling == NULL ? g_strconcat ("custom.", clean, NULL) : describe_target (&spelling->target);
  if (!inb_import_map_has_target (target))
    {
      g_free (target);
      target = g_strdup ("ignore");
    }

  return target;
}

static gboolean
may_repeat (const InbImportColumn *column)
{
  return column->meaning == INB_IMPORT_IGNORE ||
         (column->meaning == INB_IMPORT_FIELD && (column->field.kind == INB_TARGET_CUSTOM || column->field.kind == INB_TARGET_NOTES));
}

static gboolean
is_same_target (const InbImportColumn *a,
                const InbImportColumn *b)
{
  if (a->meaning != b->meaning)
    return FALSE;
  if (a->meaning == INB_IMPORT_FIELD)
    return a->field.kind == b->field.kind && a->field.column == b->field.column;

  return a->meaning != INB_IMPORT_EDIT || (a->entity == b->entity && a->column == b->column);
}

static gboolean
check_mapping (GPtrArray   *names,
               JsonObject  *mapping,
               GError     **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (mapping == NULL)
    return TRUE;

  json_object_iter_init_ordered (&iter, mapping);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "mapping: the file has no column “%s”", name);
      else if (json_node_get_value_type (node) != G_TYPE_STRING)
        g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "mapping: the field of “%s” must be text", name);
      else if (!inb_import_map_has_target (json_node_get_string (node)))
        g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "mapping: there is no field “%s” to import into",
                     json_node_get_string (node));
      else
        continue;
      return FALSE;
    }

  return TRUE;
}

static void
add_column (InbImportMap *self,
            const char   *name,
            const char   *given)
{
  InbImportColumn *column = g_new0 (InbImportColumn, 1);

  column->name = g_strdup (name);
  column->is_given = given != NULL;
  column->target = given != NULL ? g_strdup (given) : inb_import_guess (name);
  if (!parse_target (column))
    g_assert_not_reached ();
  g_ptr_array_add (self->columns, column);
}

/* The first of those that were given the target, else the first of all. */
static const InbImportColumn *
find_rightful (InbImportMap          *self,
               const InbImportColumn *column)
{
  const InbImportColumn *rightful = NULL;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const InbImportColumn *other = g_ptr_array_index (self->columns, i);

      if (!is_same_target (other, column))
        continue;
      if (rightful == NULL || (other->is_given && !rightful->is_given))
        rightful = other;
    }

  return rightful;
}

/* What two columns would fill is one's; another that was only guessed is kept under its own name. */
static gboolean
settle (InbImportMap     *self,
        InbImportColumn  *column,
        GError          **error)
{
  const InbImportColumn *rightful = may_repeat (column) ? column : find_rightful (self, column);

  if (rightful == column)
    return TRUE;
  if (column->is_given)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "mapping: “%s” and “%s” cannot both be imported into %s",
                   rightful->name, column->name, column->target);
      return FALSE;
    }
  g_free (column->target);
  column->target = inb_import_make_custom (column->name);
  if (!parse_target (column))
    g_assert_not_reached ();

  return TRUE;
}

/**
 * inb_import_map_distinguish:
 * @names: (element-type utf8): the columns' names; has g_free() as its free function
 *
 * Of columns of one name, or of none, each behind the first gets a number, so that its field can be chosen and nothing is written over.
 */
void
inb_import_map_distinguish (GPtrArray *names)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < names->len; i++)
    {
      char *name = g_ptr_array_index (names, i);
      char *other = g_strdup (name);

      for (guint number = 2; g_hash_table_contains (seen, other); number++)
        {
          g_free (other);
          other = g_strdup_printf ("%s (%u)", name, number);
        }
      g_hash_table_add (seen, g_strdup (other));
      names->pdata[i] = other;
      g_free (name);
    }
}

/**
 * inb_import_map_new:
 *
 * Of several columns of one name, @mapping is about the first.
 *
 * Returns: (transfer full) (nullable): what the columns mean, in their order
 */
InbImportMap *
inb_import_map_new (GPtrArray   *names,
                    JsonObject  *mapping,
                    GError     **error)
{
  g_autoptr (InbImportMap) self = g_new0 (InbImportMap, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  self->columns = g_ptr_array_new_with_free_func (column_free);
  if (!check_mapping (names, mapping, error))
    return NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const char *target = mapping != NULL && g_hash_table_add (seen, (char *) name) ? inb_json_get_string (mapping, name) : NULL;

      add_column (self, name, target);
    }
  for (guint i = self->columns->len; i > 0; i--)
    {
      if (!settle (self, g_ptr_array_index (self->columns, i - 1), error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

void
inb_import_map_free (InbImportMap *self)
{
  g_ptr_array_unref (self->columns);
  g_free (self);
}

guint
inb_import_map_get_size (InbImportMap *self)
{
  return self->columns->len;
}

/**
 * inb_import_map_get:
 *
 * Returns: (transfer none): the column at that place of the file
 */
const InbImportColumn *
inb_import_map_get (InbImportMap *self,
                    guint         index)
{
  g_return_val_if_fail (index < self->columns->len, NULL);

  return g_ptr_array_index (self->columns, index);
}

#define G_LOG_DOMAIN "inb-model"

#include "inb-import-value.h"

#include "inb-error.h"
#include "inb-field-check.h"
#include "inb-field-value.h"
#include "inb-json.h"
#include "inb-json-merge.h"
#include "inb-time.h"
#include "inb-uuid.h"
#include "inb-value.h"

#include <string.h>

/* A cell and the column of a row that it is about. */
typedef struct {
  const InbImportNames *names;
  const char           *cell;
  InbKind               kind;
  guint                 column;
} Cell;

/* FALSE for a column of the file that is about no single one of ours. */
static gboolean
find_column (const InbImportColumn *column,
             Cell                  *cell)
{
  switch (column->meaning)
    {
    case INB_IMPORT_EDIT:
      cell->kind = column->entity;
      cell->column = column->column;
      return TRUE;
    case INB_IMPORT_OWNER:
      cell->kind = INB_KIND_LEAD;
      cell->column = INB_LEAD_ASSIGNED_TO;
      return TRUE;
    case INB_IMPORT_FIELD:
      break;
    case INB_IMPORT_IGNORE:
    case INB_IMPORT_LEAD_ID:
    case INB_IMPORT_CONTACT_ID:
    case INB_IMPORT_CREATED_AT:
    default:
      return FALSE;
    }

  cell->kind = column->field.kind == INB_TARGET_CONTACT || column->field.kind == INB_TARGET_NOTES ? INB_KIND_CONTACT : INB_KIND_LEAD;
  cell->column = column->field.column;
  if (column->field.kind == INB_TARGET_STATUS)
    cell->column = INB_LEAD_STAGE;
  else if (column->field.kind == INB_TARGET_NOTES)
    cell->column = INB_CONTACT_NOTES;
  else if (column->field.kind != INB_TARGET_CONTACT && column->field.kind != INB_TARGET_LEAD)
    return FALSE;

  return (inb_kind_get_columns (cell->kind, NULL)[cell->column].flags & INB_COLUMN_EDITABLE) != 0;
}

static gboolean
names_member (const InbRow *member,
              const char   *text)
{
  const char *email = inb_row_get (member, INB_MEMBER_EMAIL);

  return g_strcmp0 (inb_row_get (member, INB_MEMBER_USER_ID), text) == 0 ||
         g_strcmp0 (inb_row_get (member, INB_MEMBER_NAME), text) == 0 || (email != NULL && g_ascii_strcasecmp (email, text) == 0);
}

static gboolean
names_team (const InbRow *team,
            const char   *text)
{
  return g_strcmp0 (inb_row_get (team, INB_TEAM_ID), text) == 0 || g_strcmp0 (inb_row_get (team, INB_TEAM_NAME), text) == 0;
}

/* Who is meant: the one that is there already (@stored), or the only one of that name. */
static const InbRow *
find_named (const Cell   *cell,
            const char   *stored,
            gboolean      is_team,
            GError      **error)
{
  GPtrArray *rows = is_team ? cell->names->teams : cell->names->members;
  guint deleted_at = is_team ? (guint) INB_TEAM_DELETED_AT : (guint) INB_MEMBER_DELETED_AT;
  g_autofree char *name = g_strstrip (g_strdup (cell->cell));
  const InbRow *found = NULL;
  guint n_found = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const InbRow *row = g_ptr_array_index (rows, i);

      if (!(is_team ? names_team (row, name) : names_member (row, name)))
        continue;
      if (g_strcmp0 (inb_row_get_key (row), stored) == 0)
        return row;
      if (inb_row_get (row, deleted_at) != NULL)
        continue;
      found = row;
      n_found++;
    }
  if (n_found == 1)
    return found;

  g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, n_found == 0 ? "There is no %s “%s”: give a name%s as it is here, or an id"
                                                                       : "There is more than one %s “%s”: give %san id",
               is_team ? "team" : "member", name, is_team ? "" : n_found == 0 ? " or a mail address" : "a mail address or ");

  return NULL;
}

static gboolean
is_user_column (const Cell *cell)
{
  return (cell->kind == INB_KIND_LEAD && cell->column == INB_LEAD_ASSIGNED_TO) ||
         (cell->kind == INB_KIND_CONTACT && cell->column == INB_CONTACT_OWNER_ID);
}

static gboolean
refuse (const Cell  *cell,
        GError     **error)
{
  g_autofree char *clean = NULL;

  /* Whoever wants the strict form says best what that is. */
  if (inb_field_check (cell->kind, cell->column, cell->cell, &clean, error))
    g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "%s.%s cannot be “%s”", inb_kind_get_name (cell->kind),
                 inb_kind_get_columns (cell->kind, NULL)[cell->column].name, cell->cell);

  return FALSE;
}

/* @value: (out): as the column keeps it. */
static gboolean
read_value (const Cell  *cell,
            const char  *stored,
            char       **value,
            GError     **error)
{
  gboolean is_team = cell->kind == INB_KIND_LEAD && cell->column == INB_LEAD_TEAM_ID;
  const char *key;

  *value = NULL;
  if (is_team || is_user_column (cell))
    {
      const InbRow *row = find_named (cell, stored, is_team, error);

      *value = row == NULL ? NULL : g_strdup (inb_row_get_key (row));
      return row != NULL;
    }
  if (cell->kind == INB_KIND_LEAD && cell->column == INB_LEAD_STAGE)
    {
      key = inb_stage_set_find (cell->names->stages, cell->cell) != NULL ? cell->cell
                                                                          : inb_stage_set_map_word (cell->names->stages, NULL, cell->cell);
      *value = g_strdup (key);
      if (key == NULL)
        g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "lead.stage: no stage is called “%s”", cell->cell);
      return key != NULL;
    }

  *value = inb_field_value_new (cell->kind, cell->column, cell->cell);

  return *value != NULL || refuse (cell, error);
}

/* A spreadsheet keeps no fractions of seconds. */
static gboolean
is_same_second (const char *value,
                const char *stored)
{
  gint64 time, stored_time;

  return value != NULL && stored != NULL && inb_time_parse (value, &time) && inb_time_parse (stored, &stored_time) &&
         time % INB_TIME_SECOND == 0 && stored_time / INB_TIME_SECOND == time / INB_TIME_SECOND;
}

/* As tables show a number. */
static gboolean
is_shown_phone (const Cell   *cell,
                const InbRow *row)
{
  return cell->kind == INB_KIND_CONTACT && cell->column == INB_CONTACT_PHONE &&
         (g_strcmp0 (cell->cell, inb_row_get (row, INB_CONTACT_PHONE_DISPLAY)) == 0 ||
          g_strcmp0 (cell->cell, inb_row_get (row, INB_CONTACT_PHONE_E164)) == 0);
}

/* Tables show of a won lead what it brought in, and of any other what it is thought to. */
static gboolean
is_shown_value (const Cell   *cell,
                const char   *value,
                const InbRow *row)
{
  return cell->kind == INB_KIND_LEAD && cell->column == INB_LEAD_ESTIMATED_VALUE &&
         inb_row_get (row, INB_LEAD_CONVERSION_VALUE) != NULL &&
         inb_column_equal (INB_KIND_LEAD, INB_LEAD_CONVERSION_VALUE, value, inb_row_get (row, INB_LEAD_CONVERSION_VALUE));
}

static gboolean
says_the_same (const Cell   *cell,
               const char   *value,
               const InbRow *row)
{
  InbType type = inb_kind_get_columns (cell->kind, NULL)[cell->column].type;
  const char *stored = inb_row_get (row, cell->column);

  return inb_column_equal (cell->kind, cell->column, value, stored) || (type == INB_TYPE_TIME && is_same_second (value, stored)) ||
         is_shown_phone (cell, row) || is_shown_value (cell, value, row);
}

/* @raw: the cell as it stands in the file, apostrophe and all: the stored text may have begun with one. */
static gboolean
compare_cell (const Cell    *cell,
              const char    *raw,
              const InbRow  *row,
              InbMutation   *mutation,
              GError       **error)
{
  const char *stored = inb_row_get (row, cell->column);
  g_autofree char *value = NULL;

  if (g_strcmp0 (raw, stored) == 0 || g_strcmp0 (cell->cell, stored) == 0)
    return TRUE;
  if (!read_value (cell, stored, &value, error))
    return FALSE;
  if (!says_the_same (cell, value, row))
    inb_mutation_add_blind_change (mutation, cell->column, value);

  return TRUE;
}

/* Members that the lead's custom fields do not have, or have otherwise. Columns whose names nobody knew are no such: the file may be an
 * export with headings in another language. */
static char *
find_custom_changes (const InbImportLine *line,
                     InbImportMap        *map,
                     JsonObject          *stored)
{
  g_autoptr (GString) json = g_string_new ("{");

  for (guint i = 0; i < inb_import_map_get_size (map); i++)
    {
      const InbImportColumn *column = inb_import_map_get (map, i);
      const char *cell = inb_import_line_get (line, i);

      if (cell == NULL || !column->is_given || column->meaning != INB_IMPORT_FIELD || column->field.kind != INB_TARGET_CUSTOM)
        continue;
      if (stored == NULL || g_strcmp0 (inb_json_get_string (stored, column->field.custom_key), cell) != 0)
        inb_json_append_member (json, column->field.custom_key, cell);
    }
  if (json->len == 1)
    return NULL;
  g_string_append_c (json, '}');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void
compare_custom (const InbImportLine *line,
                InbImportMap        *map,
                const InbRow        *lead,
                InbMutation         *mutation)
{
  const char *text = inb_row_get (lead, INB_LEAD_CUSTOM_FIELDS);
  g_autoptr (JsonNode) node = text == NULL ? NULL : inb_json_parse (text, strlen (text), NULL);
  JsonObject *stored = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *changes = find_custom_changes (line, map, stored);
  g_autofree char *merged = changes == NULL ? NULL : inb_json_merge (text, changes);

  if (merged != NULL)
    inb_mutation_add_blind_change (mutation, INB_LEAD_CUSTOM_FIELDS, merged);
}

/* What the line calls the person in one cell, first and last name; NULL when it does not. */
static const char *
find_name (const InbImportLine *line,
           InbImportMap        *map)
{
  for (guint i = 0; i < inb_import_map_get_size (map); i++)
    {
      const InbImportColumn *column = inb_import_map_get (map, i);

      if (column->meaning == INB_IMPORT_FIELD && column->field.kind == INB_TARGET_NAME)
        return inb_import_line_get (line, i);
    }

  return NULL;
}

/**
 * inb_import_line_knows_name:
 * @contact: stored
 *
 * Where the name is split cannot be told from a name in one cell; and tables show for one who has none the mail address or the number.
 *
 * Returns: whether the line says in one cell what the contact is called already
 */
gboolean
inb_import_line_knows_name (const InbImportLine *line,
                            InbImportMap        *map,
                            const InbRow        *contact)
{
  static const guint stand_ins[] = { INB_CONTACT_EMAIL, INB_CONTACT_PHONE_DISPLAY, INB_CONTACT_PHONE };
  const char *name = find_name (line, map);
  const char *first = inb_row_get (contact, INB_CONTACT_FIRSTNAME);
  const char *last = inb_row_get (contact, INB_CONTACT_LASTNAME);
  g_autofree char *whole = g_strstrip (g_strconcat (first != NULL ? first : "", " ", last != NULL ? last : "", NULL));

  if (name == NULL)
    return FALSE;
  if (*whole != '\0')
    return strcmp (name, whole) == 0;
  for (guint i = 0; i < G_N_ELEMENTS (stand_ins); i++)
    if (g_strcmp0 (name, inb_row_get (contact, stand_ins[i])) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_column (InbImportMap *map,
            guint         contact_column)
{
  for (guint i = 0; i < inb_import_map_get_size (map); i++)
    {
      const InbImportColumn *column = inb_import_map_get (map, i);

      if (column->meaning == INB_IMPORT_FIELD && column->field.kind == INB_TARGET_CONTACT && column->field.column == contact_column)
        return TRUE;
    }

  return FALSE;
}

static void
compare_name (const InbImportLine *line,
              InbImportMap        *map,
              const InbRow        *contact,
              InbMutation         *mutation)
{
  static const guint columns[] = { INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME };

  if (line->intake == NULL || find_name (line, map) == NULL || inb_import_line_knows_name (line, map, contact))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *value = inb_row_get (line->intake->contact, columns[i]);

      if (!has_column (map, columns[i]) && g_strcmp0 (value, inb_row_get (contact, columns[i])) != 0)
        inb_mutation_add_blind_change (mutation, columns[i], value);
    }
}

/**
 * inb_import_line_compare:
 * @lead_mutation: gets the lead's changes
 * @contact_mutation: gets the contact's
 *
 * Returns: whether every cell could be read, else %INB_ERROR_UNPROCESSABLE
 */
gboolean
inb_import_line_compare (const InbImportLine   *line,
                         InbImportMap          *map,
                         const InbImportNames  *names,
                         const InbRow          *lead,
                         const InbRow          *contact,
                         InbMutation           *lead_mutation,
                         InbMutation           *contact_mutation,
                         GError               **error)
{
  for (guint i = 0; i < inb_import_map_get_size (map); i++)
    {
      Cell cell = { names, inb_import_line_get (line, i), };
      gboolean of_lead;

      if (cell.cell == NULL || !find_column (inb_import_map_get (map, i), &cell))
        continue;
      of_lead = cell.kind == INB_KIND_LEAD;
      if (!compare_cell (&cell, g_ptr_array_index (line->cells, i), of_lead ? lead : contact,
                         of_lead ? lead_mutation : contact_mutation, error))
        return FALSE;
    }
  compare_name (line, map, contact, contact_mutation);
  compare_custom (line, map, lead, lead_mutation);

  return TRUE;
}

/**
 * inb_import_line_complete:
 * @lead: (nullable): decided, not stored yet
 * @contact: decided, not stored yet
 *
 * Returns: whether every cell could be read, else %INB_ERROR_UNPROCESSABLE
 */
gboolean
inb_import_line_complete (const InbImportLine   *line,
                          InbImportMap          *map,
                          const InbImportNames  *names,
                          InbRow                *lead,
                          InbRow                *contact,
                          GError               **error)
{
  for (guint i = 0; i < inb_import_map_get_size (map); i++)
    {
      const InbImportColumn *column = inb_import_map_get (map, i);
      Cell cell = { names, inb_import_line_get (line, i), };
      g_autofree char *value = NULL;
      g_autofree char *clean = NULL;
      InbRow *row;

      if (cell.cell == NULL || column->meaning == INB_IMPORT_FIELD || !find_column (column, &cell))
        continue;
      row = cell.kind == INB_KIND_LEAD ? lead : contact;
      if (row == NULL)
        continue;
      if (!read_value (&cell, inb_row_get (row, cell.column), &value, error) ||
          !inb_field_check (cell.kind, cell.column, value, &clean, error))
        return FALSE;
      inb_row_take (row, cell.column, g_steal_pointer (&clean));
    }

  return TRUE;
}

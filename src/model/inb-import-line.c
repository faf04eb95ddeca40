#define G_LOG_DOMAIN "inb-model"

#include "inb-import-line.h"

#include "inb-csv.h"
#include "inb-error.h"
#include "inb-intake-builder.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

const char *
inb_import_line_get (const InbImportLine *self,
                     guint                index)
{
  const char *cell = index < self->cells->len ? g_ptr_array_index (self->cells, index) : "";

  return *cell == '\0' ? NULL : inb_csv_skip_apostrophe (cell);
}

static gint64
read_time (const char *text)
{
  g_autoptr (GTimeZone) utc = NULL;
  gint64 time;

  if (inb_time_parse (text, &time))
    return time;

  utc = g_time_zone_new_utc ();

  return inb_time_parse_loose (text, utc, &time) ? time : INB_TIME_NONE;
}

/* Returns whether the value found its place. */
static gboolean
take_cell (InbImportLine         *self,
           const InbImportColumn *column,
           const char            *value,
           InbIntakeBuilder      *builder)
{
  switch (column->meaning)
    {
    case INB_IMPORT_LEAD_ID:
      self->lead_id = inb_uuid_normalize (value);
      return self->lead_id != NULL;
    case INB_IMPORT_CREATED_AT:
      self->created_at = read_time (value);
      return self->created_at != INB_TIME_NONE;
    case INB_IMPORT_FIELD:
      return inb_intake_builder_assign (builder, &column->field, value);
    case INB_IMPORT_IGNORE:
    case INB_IMPORT_EDIT:
    case INB_IMPORT_OWNER:
    case INB_IMPORT_CONTACT_ID:
    default:
      return TRUE;
    }
}

static void
read_cells (InbImportLine *self,
            InbImportMap  *map)
{
  InbIntakeBuilder *builder = inb_intake_builder_new ();
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < inb_import_map_get_size (map); i++)
    {
      const InbImportColumn *column = inb_import_map_get (map, i);
      const char *value = inb_import_line_get (self, i);

      if (value == NULL || column->meaning == INB_IMPORT_IGNORE)
        continue;
      g_checksum_update (checksum, (const guchar *) column->target, (gssize) strlen (column->target) + 1);
      g_checksum_update (checksum, (const guchar *) value, (gssize) strlen (value) + 1);
      if (!take_cell (self, column, value, builder))
        inb_intake_builder_add_custom (builder, column->name, strlen (column->name), value);
    }
  self->digest = g_strndup (g_checksum_get_string (checksum), 32);
  self->intake = inb_intake_builder_finish (builder, &self->error);
}

static InbImportLine *
begin_line (guint number)
{
  InbImportLine *self = g_new0 (InbImportLine, 1);

  self->created_at = INB_TIME_NONE;
  self->number = number;

  return self;
}

/**
 * inb_import_line_new:
 * @cells: (transfer full) (element-type utf8)
 * @number: of the line in the file
 *
 * A value that is none of its column's type is kept as a custom field under the column's name, as a webhook's is.
 *
 * Returns: (transfer full): what the line says
 */
InbImportLine *
inb_import_line_new (InbImportMap *map,
                     GPtrArray    *cells,
                     guint         number)
{
  InbImportLine *self = begin_line (number);
  guint n_columns = inb_import_map_get_size (map);

  self->cells = cells;
  if (cells->len > n_columns)
    self->error = g_error_new (INB_ERROR, INB_ERROR_UNPROCESSABLE, "The line has %u cells, but the first line names %u columns: a "
                               "cell with a separator in it must stand in quotes", cells->len, n_columns);
  else
    read_cells (self, map);

  return self;
}

InbImportLine *
inb_import_line_new_failed (GError *error,
                            guint   number)
{
  InbImportLine *self = begin_line (number);

  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->error = error;

  return self;
}

void
inb_import_line_free (InbImportLine *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self->lead_id);
  g_clear_pointer (&self->intake, inb_intake_free);
  g_clear_error (&self->error);
  g_free (self->digest);
  g_free (self);
}

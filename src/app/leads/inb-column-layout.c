#define G_LOG_DOMAIN "inb-app"

#include "inb-column-layout.h"

#include "inb-json.h"

#include <string.h>

#define MIN_WIDTH 24
#define MAX_WIDTH 2000

/**
 * inb_column_layout_init:
 * @self: (out caller-allocates): gets the usual columns, newest lead first
 */
void
inb_column_layout_init (InbColumnLayout *self)
{
  const InbLeadSort *order = inb_lead_column_get_order ();

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    self->places[i] = (InbColumnPlace) { order[i], inb_lead_column_get_info (order[i])->usual, INB_COLUMN_LAYOUT_AUTOMATIC };
  self->sort = INB_LEAD_SORT_CREATED;
  self->descending = TRUE;
}

InbColumnPlace *
inb_column_layout_find (InbColumnLayout *self,
                        InbLeadSort      column)
{
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    if (self->places[i].column == column)
      return &self->places[i];

  g_assert_not_reached ();
}

/* "+name", "-mail", "+phone:140" */
static gboolean
parse_place (const char     *word,
             InbColumnPlace *place)
{
  g_autofree char *key = NULL;
  const char *colon = strchr (word, ':');
  gint64 width;

  if (*word != '+' && *word != '-')
    return FALSE;

  key = colon != NULL ? g_strndup (word + 1, (gsize) (colon - word - 1)) : g_strdup (word + 1);
  if (!inb_lead_column_from_key (key, &place->column))
    return FALSE;

  place->visible = *word == '+';
  place->width = INB_COLUMN_LAYOUT_AUTOMATIC;
  if (colon != NULL && g_ascii_string_to_signed (colon + 1, 10, MIN_WIDTH, MAX_WIDTH, &width, NULL))
    place->width = (int) width;

  return TRUE;
}

/* "sort:created:down" */
static void
parse_sort (InbColumnLayout *self,
            const char      *word)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", -1);
  InbLeadSort sort;

  if (g_strv_length (parts) != 3 || !g_str_equal (parts[0], "sort") || !inb_lead_column_from_key (parts[1], &sort))
    return;

  self->sort = sort;
  self->descending = g_str_equal (parts[2], "down");
}

/**
 * inb_column_layout_parse:
 * @self: (out caller-allocates): always a valid layout afterwards
 * @words: (nullable): from the settings
 *
 * What is unknown or said twice is passed over; columns that are not mentioned follow as usual; one is always visible.
 */
void
inb_column_layout_parse (InbColumnLayout    *self,
                         const char * const *words)
{
  gboolean placed[INB_N_LEAD_SORTS] = { FALSE };
  gboolean any_visible = FALSE;
  InbColumnLayout usual;
  guint n_placed = 0;

  inb_column_layout_init (&usual);
  *self = usual;
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      InbColumnPlace place;

      if (parse_place (words[i], &place))
        {
          if (!placed[place.column])
            self->places[n_placed++] = place;
          placed[place.column] = TRUE;
        }
      else
        {
          parse_sort (self, words[i]);
        }
    }

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    if (!placed[usual.places[i].column])
      self->places[n_placed++] = usual.places[i];
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    any_visible = any_visible || self->places[i].visible;
  if (!any_visible)
    inb_column_layout_find (self, INB_LEAD_SORT_NAME)->visible = TRUE;
}

/**
 * inb_column_layout_format:
 *
 * Returns: (transfer full): words that inb_column_layout_parse() reads; none when all is as usual
 */
GStrv
inb_column_layout_format (const InbColumnLayout *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  InbColumnLayout usual;
  gboolean is_usual;
  g_autofree char *sort = NULL;

  inb_column_layout_init (&usual);
  is_usual = self->sort == usual.sort && self->descending == usual.descending;
  for (guint i = 0; is_usual && i < INB_N_LEAD_SORTS; i++)
    is_usual = self->places[i].column == usual.places[i].column && self->places[i].visible == usual.places[i].visible &&
               self->places[i].width == usual.places[i].width;
  if (is_usual)
    return g_strv_builder_end (builder);

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      const InbColumnPlace *place = &self->places[i];
      g_autofree char *word = g_strconcat (place->visible ? "+" : "-", inb_lead_column_get_info (place->column)->key, NULL);
      g_autofree char *wide = g_strdup_printf ("%s:%d", word, place->width);

      g_strv_builder_add (builder, place->width > 0 ? wide : word);
    }
  sort = g_strdup_printf ("sort:%s:%s", inb_lead_column_get_info (self->sort)->key, self->descending ? "down" : "up");
  g_strv_builder_add (builder, sort);

  return g_strv_builder_end (builder);
}

/**
 * inb_column_layout_dup_columns:
 *
 * Returns: (transfer full): a JSON array of the visible columns' keys, from the left
 */
char *
inb_column_layout_dup_columns (const InbColumnLayout *self)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      if (!self->places[i].visible)
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      inb_json_append_string (json, inb_lead_column_get_info (self->places[i].column)->key);
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

/**
 * inb_column_layout_dup_sort:
 *
 * Returns: (transfer full): the key of the column, with a minus in front when it is sorted downwards
 */
char *
inb_column_layout_dup_sort (const InbColumnLayout *self)
{
  return g_strconcat (self->descending ? "-" : "", inb_lead_column_get_info (self->sort)->key, NULL);
}

/* (transfer full) (nullable) */
static JsonNode *
parse_columns (const char *columns)
{
  g_autoptr (JsonNode) node = columns != NULL ? inb_json_parse (columns, strlen (columns), NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? g_steal_pointer (&node) : NULL;
}

/**
 * inb_column_layout_set_columns:
 * @columns: (nullable): what inb_column_layout_dup_columns() made, or anything else
 *
 * Shows just these, in that order; those that are hidden follow as they stood.
 */
void
inb_column_layout_set_columns (InbColumnLayout *self,
                               const char      *columns)
{
  g_autoptr (JsonNode) node = parse_columns (columns);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;
  gboolean placed[INB_N_LEAD_SORTS] = { FALSE };
  InbColumnLayout before = *self;
  guint n_placed = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *key = json_node_get_value_type (element) == G_TYPE_STRING ? json_node_get_string (element) : "";
      InbLeadSort column;

      if (!inb_lead_column_from_key (key, &column) || placed[column])
        continue;
      placed[column] = TRUE;
      self->places[n_placed] = *inb_column_layout_find (&before, column);
      self->places[n_placed++].visible = TRUE;
    }
  for (guint i = 0; n_placed > 0 && i < INB_N_LEAD_SORTS; i++)
    {
      if (placed[before.places[i].column])
        continue;
      self->places[n_placed] = before.places[i];
      self->places[n_placed++].visible = FALSE;
    }
}

/**
 * inb_column_layout_set_sort:
 * @sort: (nullable): what inb_column_layout_dup_sort() made; what is no column is passed over
 */
void
inb_column_layout_set_sort (InbColumnLayout *self,
                            const char      *sort)
{
  gboolean descending = sort != NULL && *sort == '-';

  if (sort != NULL && inb_lead_column_from_key (descending ? sort + 1 : sort, &self->sort))
    self->descending = descending;
}

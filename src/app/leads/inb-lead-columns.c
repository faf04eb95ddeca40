#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-columns.h"

#include <glib/gi18n.h>

#define KEY "table-columns"

typedef struct {
  InbLeadColumns *columns;
  InbLeadSort     column;
} Sorter;

struct _InbLeadColumns {
  /* Owned */
  GSettings           *settings;
  GtkColumnViewColumn *checks;
  GtkColumnViewColumn *columns[INB_N_LEAD_SORTS];
  Sorter               sorters[INB_N_LEAD_SORTS];
  guint                save_idle;

  /* Borrowed */
  GtkColumnView       *view;
  GDestroyNotify       notify;
  gpointer             notify_data;

  InbColumnLayout      layout;
  InbColumnsShown      shown;
  int                  asked;     /* the column whose sorter was asked last, or -1 */
  gboolean             contacts;
  gboolean             sorts_contacts;  /* sorted as contacts are, which is not remembered */
  gboolean             applying;
};

/* --- the layout and the view -------------------------------------------------------------------------------------------- */

static gboolean
has_room (InbLeadColumns *self,
          InbLeadSort     column)
{
  const InbLeadColumnInfo *info = inb_lead_column_get_info (column);

  if (!self->contacts)
    return info->shown <= self->shown;

  /* Where only some columns of a lead have room, all of a contact have. */
  return info->of_contact && (info->shown <= self->shown || self->shown >= INB_COLUMNS_MIDDLE);
}

/* Some column has to be there, even if none that the user wants has room. */
static void
apply_visibility (InbLeadColumns *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      const InbColumnPlace *place = &self->layout.places[i];
      gboolean visible = place->visible && has_room (self, place->column);

      any = any || visible;
      gtk_column_view_column_set_visible (self->columns[place->column], visible);
    }
  if (!any)
    gtk_column_view_column_set_visible (self->columns[INB_LEAD_SORT_NAME], TRUE);
}

static void
apply_layout (InbLeadColumns *self)
{
  self->applying = TRUE;
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      const InbColumnPlace *place = &self->layout.places[i];
      g_autoptr (GtkColumnViewColumn) there = g_list_model_get_item (gtk_column_view_get_columns (self->view), i + 1);

      if (there != self->columns[place->column])
        gtk_column_view_insert_column (self->view, i + 1, self->columns[place->column]);
      gtk_column_view_column_set_fixed_width (self->columns[place->column], place->width);
    }
  apply_visibility (self);
  self->applying = FALSE;
}

/* What the user dragged about in the headers, as the view has it now. */
static void
read_layout (InbLeadColumns *self)
{
  GListModel *model = gtk_column_view_get_columns (self->view);
  InbColumnLayout next = self->layout;
  guint n_places = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkColumnViewColumn) there = g_list_model_get_item (model, i);

      for (guint j = 0; j < INB_N_LEAD_SORTS; j++)
        if (self->columns[j] == there)
          {
            next.places[n_places] = *inb_column_layout_find (&self->layout, (InbLeadSort) j);
            next.places[n_places++].width = gtk_column_view_column_get_fixed_width (there);
          }
    }
  if (n_places == INB_N_LEAD_SORTS)
    self->layout = next;
}

static void
save (InbLeadColumns *self)
{
  g_auto (GStrv) words = inb_column_layout_format (&self->layout);

  if (self->settings != NULL)
    g_settings_set_strv (self->settings, KEY, (const char * const *) words);
  if (self->notify != NULL)
    self->notify (self->notify_data);
}

static gboolean
on_save_idle (gpointer user_data)
{
  InbLeadColumns *self = user_data;
  g_autoptr (GtkColumnViewColumn) first = g_list_model_get_item (gtk_column_view_get_columns (self->view), 0);

  self->save_idle = 0;
  read_layout (self);
  if (first != self->checks)
    {
      self->applying = TRUE;
      gtk_column_view_insert_column (self->view, 0, self->checks);
      self->applying = FALSE;
    }
  save (self);

  return G_SOURCE_REMOVE;
}

/* A header that is dragged changes at every step; what is kept is where it is let go, or nearly. */
static void
on_header_changed (InbLeadColumns *self)
{
  if (!self->applying && self->save_idle == 0)
    self->save_idle = g_timeout_add (200, on_save_idle, self);
}

/* --- sorting ------------------------------------------------------------------------------------------------------------ */

/* GTK 4.8 keeps to itself which column a view is sorted by. But its sorter asks the chosen column's sorter first and turns the
 * answer round for descending: so each column's only notes that it was asked. */
static int
note_asked (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  Sorter *closure = user_data;

  closure->columns->asked = (int) closure->column;

  return -1;
}

static void
on_sorted (InbLeadColumns *self)
{
  InbLeadSort sort;
  gboolean descending;

  if (self->applying || self->sorts_contacts || !inb_lead_columns_read_sort (self, &sort, &descending) ||
      (self->layout.sort == sort && self->layout.descending == descending))
    return;

  self->layout.sort = sort;
  self->layout.descending = descending;
  save (self);
}

/* --- life --------------------------------------------------------------------------------------------------------------- */

static GtkColumnViewColumn *
append_column (InbLeadColumns     *self,
               const char         *title,
               GtkListItemFactory *factory)
{
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  gtk_column_view_append_column (self->view, column);

  return column;
}

static void
append_lead_column (InbLeadColumns *self,
                    InbLeadCells   *cells,
                    InbLeadSort     column)
{
  const InbLeadColumnInfo *info = inb_lead_column_get_info (column);
  Sorter *closure = &self->sorters[column];
  g_autoptr (GtkSorter) sorter = NULL;

  closure->columns = self;
  closure->column = column;
  self->columns[column] = append_column (self, _(info->title), inb_lead_cells_make_factory (cells, column));
  sorter = GTK_SORTER (gtk_custom_sorter_new (note_asked, closure, NULL));
  gtk_column_view_column_set_sorter (self->columns[column], sorter);
  gtk_column_view_column_set_resizable (self->columns[column], TRUE);
  gtk_column_view_column_set_expand (self->columns[column], info->expand);
  g_signal_connect_swapped (self->columns[column], "notify::fixed-width", G_CALLBACK (on_header_changed), self);
}

/**
 * inb_lead_columns_new:
 * @cells: makes what is in them; must outlive the columns
 * @settings: (nullable): where the layout is kept
 *
 * Returns: (transfer full): the columns, which must outlive the model of @view
 */
InbLeadColumns *
inb_lead_columns_new (GtkColumnView *view,
                      InbLeadCells  *cells,
                      GSettings     *settings)
{
  InbLeadColumns *self = g_new0 (InbLeadColumns, 1);
  g_auto (GStrv) words = settings != NULL ? g_settings_get_strv (settings, KEY) : NULL;

  self->view = view;
  self->shown = INB_COLUMNS_ALL;
  self->applying = TRUE;
  if (settings != NULL)
    self->settings = g_object_ref (settings);
  inb_column_layout_parse (&self->layout, (const char * const *) words);
  self->checks = append_column (self, "", inb_lead_cells_make_factory (cells, INB_LEAD_CELL_CHECK));
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    append_lead_column (self, cells, self->layout.places[i].column);
  apply_layout (self);
  g_signal_connect_swapped (gtk_column_view_get_columns (view), "items-changed", G_CALLBACK (on_header_changed), self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (view), "changed", G_CALLBACK (on_sorted), self);
  inb_lead_columns_sort_by (self, self->layout.sort, self->layout.descending);

  return self;
}

void
inb_lead_columns_free (InbLeadColumns *self)
{
  self->notify = NULL;
  if (self->save_idle != 0)
    {
      g_source_remove (self->save_idle);
      on_save_idle (self);
    }
  g_signal_handlers_disconnect_by_data (gtk_column_view_get_columns (self->view), self);
  g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      g_signal_handlers_disconnect_by_data (self->columns[i], self);
      gtk_column_view_remove_column (self->view, self->columns[i]);
      g_object_unref (self->columns[i]);
    }
  gtk_column_view_remove_column (self->view, self->checks);
  g_object_unref (self->checks);
  g_clear_object (&self->settings);
  g_free (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

void
inb_lead_columns_set_shown (InbLeadColumns  *self,
                            InbColumnsShown  shown,
                            gboolean         contacts)
{
  self->shown = shown;
  self->contacts = contacts;
  apply_visibility (self);
}

/**
 * inb_lead_columns_sort_for:
 * @contacts: whether the rows to come are contacts without a lead
 *
 * Contacts are sorted as the leads are if they have that column, else the newest come first; how the leads are sorted is
 * remembered until they are back.
 */
void
inb_lead_columns_sort_for (InbLeadColumns *self,
                           gboolean        contacts)
{
  gboolean keep = !contacts || inb_lead_column_get_info (self->layout.sort)->of_contact;

  if (self->sorts_contacts == !!contacts)
    return;

  self->sorts_contacts = !!contacts;
  self->applying = TRUE;
  inb_lead_columns_sort_by (self, keep ? self->layout.sort : INB_LEAD_SORT_CREATED, keep ? self->layout.descending : TRUE);
  self->applying = FALSE;
}

/**
 * inb_lead_columns_sort_by:
 *
 * As if the user had clicked on the column's header.
 */
void
inb_lead_columns_sort_by (InbLeadColumns *self,
                          InbLeadSort     sort,
                          gboolean        descending)
{
  gtk_column_view_sort_by_column (self->view, self->columns[sort], descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/**
 * inb_lead_columns_read_sort:
 * @sort: (out): the column that the view is sorted by
 * @descending: (out)
 *
 * Returns: %FALSE when it is sorted by none
 */
gboolean
inb_lead_columns_read_sort (InbLeadColumns *self,
                            InbLeadSort    *sort,
                            gboolean       *descending)
{
  g_autoptr (InbLeadItem) first = inb_lead_item_new (0);
  g_autoptr (InbLeadItem) second = inb_lead_item_new (0);
  GtkOrdering ordering;

  self->asked = -1;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), first, second);
  if (self->asked < 0)
    return FALSE;

  *sort = (InbLeadSort) self->asked;
  *descending = ordering == GTK_ORDERING_LARGER;

  return TRUE;
}

gboolean
inb_lead_columns_get_wanted (InbLeadColumns *self,
                             InbLeadSort     column)
{
  return inb_column_layout_find (&self->layout, column)->visible;
}

void
inb_lead_columns_set_wanted (InbLeadColumns *self,
                             InbLeadSort     column,
                             gboolean        wanted)
{
  inb_column_layout_find (&self->layout, column)->visible = wanted;
  apply_visibility (self);
  save (self);
}

void
inb_lead_columns_reset (InbLeadColumns *self)
{
  inb_column_layout_init (&self->layout);
  apply_layout (self);
  inb_lead_columns_sort_by (self, self->layout.sort, self->layout.descending);
  save (self);
}

const InbColumnLayout *
inb_lead_columns_get_layout (InbLeadColumns *self)
{
  return &self->layout;
}

/**
 * inb_lead_columns_set_layout:
 * @layout: of the leads' columns; contacts without a lead go on being sorted as they are
 */
void
inb_lead_columns_set_layout (InbLeadColumns        *self,
                             const InbColumnLayout *layout)
{
  self->layout = *layout;
  apply_layout (self);
  if (!self->sorts_contacts)
    inb_lead_columns_sort_by (self, layout->sort, layout->descending);
  save (self);
}

void
inb_lead_columns_set_notify (InbLeadColumns *self,
                             GDestroyNotify  notify,
                             gpointer        user_data)
{
  self->notify = notify;
  self->notify_data = user_data;
}

GArray *
inb_lead_columns_dup_wanted (InbLeadColumns *self)
{
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (InbLeadSort));

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      const InbColumnPlace *place = &self->layout.places[i];

      if (place->visible && (!self->contacts || inb_lead_column_get_info (place->column)->of_contact))
        g_array_append_val (wanted, place->column);
    }

  return wanted;
}

gboolean
inb_lead_columns_find_visible (InbLeadColumns *self,
                               guint           index,
                               InbLeadSort    *column)
{
  GListModel *model = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkColumnViewColumn) there = g_list_model_get_item (model, i);

      if (!gtk_column_view_column_get_visible (there) || index-- > 0)
        continue;
      for (guint j = 0; j < INB_N_LEAD_SORTS; j++)
        if (self->columns[j] == there)
          {
            *column = (InbLeadSort) j;
            return TRUE;
          }
      return FALSE;
    }

  return FALSE;
}

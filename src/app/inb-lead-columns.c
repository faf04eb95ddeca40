#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-columns.h"

#include "inb-format.h"
#include "inb-stage-chip.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define MARK_SECONDS 5

typedef struct {
  InbLeadColumns *columns;
  InbLeadSort     sort;
} Factory;

struct _InbLeadColumns {
  /* Owned */
  InbClock            *clock;
  InbStageSet         *stages;
  GHashTable          *cells;     /* set of bound Cell */
  GHashTable          *marked;    /* lead id → id of the timer that ends its tint */
  GtkColumnViewColumn *columns[INB_N_LEAD_SORTS];
  Factory              factories[INB_N_LEAD_SORTS];

  /* Borrowed */
  GtkColumnView       *view;

  gulong               tick_handler;
  int                  asked;     /* the column whose sorter was asked last, or -1 */
};

/* What hangs on a list item. */
typedef struct {
  InbLeadColumns *columns;
  InbLeadSort     sort;
  GtkListItem    *list_item;
  GtkWidget      *widget;
  InbLeadItem    *item;
  gulong          handler;
  gboolean        blank;
} Cell;

typedef struct {
  InbLeadColumns *columns;
  char           *lead_id;
} Mark;

static const struct {
  InbLeadSort      sort;
  const char      *title;
  guint            min_chars;
  guint            nat_chars;
  gboolean         expand;
  gboolean         numeric;
  InbColumnsShown  shown;   /* with these and any more */
} specs[] = {
  { INB_LEAD_SORT_NAME, N_("Name"), 11, 20, TRUE, FALSE, INB_COLUMNS_FEW },
  { INB_LEAD_SORT_PHONE, N_("Phone"), 16, 17, FALSE, TRUE, INB_COLUMNS_MIDDLE },
  { INB_LEAD_SORT_EMAIL, N_("Mail"), 5, 24, TRUE, FALSE, INB_COLUMNS_ALL },
  { INB_LEAD_SORT_SOURCE, N_("Source"), 7, 13, TRUE, FALSE, INB_COLUMNS_MIDDLE },
  { INB_LEAD_SORT_PRODUCT, N_("Product"), 8, 15, TRUE, FALSE, INB_COLUMNS_MIDDLE },
  { INB_LEAD_SORT_STAGE, N_("Stage"), 0, 0, FALSE, FALSE, INB_COLUMNS_FEW },
  { INB_LEAD_SORT_CREATED, N_("Created"), 9, 12, FALSE, TRUE, INB_COLUMNS_FEW },
};

static GtkWidget *
get_row (Cell *cell)
{
  GtkWidget *parent = gtk_widget_get_parent (cell->widget);

  return parent != NULL ? gtk_widget_get_parent (parent) : NULL;
}

/* A row speaks as one sentence; without a label of its own it would be read as the name of its class. */
static void
update_row (Cell           *cell,
            InbLeadSummary *summary)
{
  InbLeadColumns *self = cell->columns;
  GtkWidget *row = get_row (cell);
  gboolean marked = summary != NULL && g_hash_table_contains (self->marked, summary->id);
  g_autofree char *stage = NULL;
  g_autofree char *label = NULL;

  if (row == NULL)
    return;

  if (marked != gtk_widget_has_css_class (row, "arrived"))
    {
      if (marked)
        gtk_widget_add_css_class (row, "arrived");
      else
        gtk_widget_remove_css_class (row, "arrived");
    }

  if (summary != NULL)
    {
      stage = summary->stage != NULL ? inb_stage_chip_get_name (self->stages, summary->stage) : NULL;
      label = g_strjoin (", ", summary->name, stage != NULL ? stage : "–",
                         summary->product != NULL ? summary->product : "–",
                         summary->source != NULL ? summary->source : "–", NULL);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : _("Loading"), -1);
}

static const char *
get_text (InbLeadSummary *summary,
          InbLeadSort     sort)
{
  switch (sort)
    {
    case INB_LEAD_SORT_NAME:
      return summary->name;
    case INB_LEAD_SORT_PHONE:
      return summary->phone;
    case INB_LEAD_SORT_EMAIL:
      return summary->email;
    case INB_LEAD_SORT_SOURCE:
      return summary->source;
    case INB_LEAD_SORT_PRODUCT:
      return summary->product;
    case INB_LEAD_SORT_CREATED:
    case INB_LEAD_SORT_STAGE:
    case INB_LEAD_SORT_COMPANY:
    case INB_LEAD_SORT_SCORE:
    case INB_LEAD_SORT_TEMPERATURE:
    case INB_LEAD_SORT_OWNER:
    case INB_LEAD_SORT_TEAM:
    case INB_LEAD_SORT_VALUE:
    case INB_LEAD_SORT_CAMPAIGN:
    case INB_LEAD_SORT_LAST_ACTIVITY:
    case INB_LEAD_SORT_FOLLOW_UP:
    case INB_LEAD_SORT_RESPONSE:
    case INB_N_LEAD_SORTS:
    default:
      return NULL;
    }
}

static void
update_cell (Cell *cell)
{
  InbLeadSummary *summary = inb_lead_item_get_summary (cell->item);
  g_autofree char *time = NULL;
  const char *text;

  if (cell->sort == INB_LEAD_SORT_NAME)
    update_row (cell, summary);

  if (cell->sort == INB_LEAD_SORT_STAGE)
    {
      inb_stage_chip_set_stage (INB_STAGE_CHIP (cell->widget), cell->columns->stages, summary != NULL ? summary->stage : NULL);
      return;
    }
  if (cell->sort == INB_LEAD_SORT_CREATED && summary != NULL)
    {
      time = inb_format_relative (summary->created_at, inb_time_now (), inb_clock_get_local (cell->columns->clock));
      gtk_inscription_set_text (GTK_INSCRIPTION (cell->widget), time);
      return;
    }

  text = summary != NULL ? get_text (summary, cell->sort) : NULL;
  gtk_inscription_set_text (GTK_INSCRIPTION (cell->widget), text);
  if (cell->blank != (text == NULL))
    {
      /* Otherwise an empty cell is read as the name of its class. */
      cell->blank = text == NULL;
      if (cell->blank)
        gtk_accessible_update_property (GTK_ACCESSIBLE (cell->widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "–", -1);
      else
        gtk_accessible_reset_property (GTK_ACCESSIBLE (cell->widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
    }
}

static gboolean
is_cut_off (GtkWidget  *widget,
            const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width > gtk_widget_get_width (widget);
}

static gboolean
on_query_tooltip (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard_mode,
                  GtkTooltip *tooltip,
                  gpointer    user_data)
{
  Cell *cell = user_data;
  InbLeadSummary *summary = cell->item != NULL ? inb_lead_item_get_summary (cell->item) : NULL;
  g_autofree char *time = NULL;
  const char *text;

  if (summary == NULL)
    return FALSE;

  if (cell->sort == INB_LEAD_SORT_CREATED)
    time = inb_format_absolute (summary->created_at, inb_clock_get_local (cell->columns->clock));
  text = time != NULL ? time : get_text (summary, cell->sort);
  if (text == NULL || (time == NULL && !is_cut_off (widget, text)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_signal_handlers_disconnect_by_data (cell->widget, cell);
  g_object_unref (cell->widget);
  g_free (cell);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GObject                  *object,
          gpointer                  user_data)
{
  Factory *closure = user_data;
  GtkListItem *list_item = GTK_LIST_ITEM (object);
  Cell *cell = g_new0 (Cell, 1);

  cell->columns = closure->columns;
  cell->sort = closure->sort;
  cell->list_item = list_item;
  if (closure->sort == INB_LEAD_SORT_STAGE)
    {
      cell->widget = inb_stage_chip_new (TRUE);
    }
  else
    {
      cell->widget = gtk_inscription_new (NULL);
      gtk_widget_set_valign (cell->widget, GTK_ALIGN_CENTER);
      gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell->widget), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
      for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
        if (specs[i].sort == closure->sort)
          {
            gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell->widget), specs[i].min_chars);
            gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell->widget), specs[i].nat_chars);
            if (specs[i].numeric)
              gtk_widget_add_css_class (cell->widget, "numeric");
          }
      if (closure->sort != INB_LEAD_SORT_NAME)
        gtk_widget_add_css_class (cell->widget, "secondary");
      gtk_widget_set_has_tooltip (cell->widget, TRUE);
      g_signal_connect (cell->widget, "query-tooltip", G_CALLBACK (on_query_tooltip), cell);
    }
  /* When the list item is torn down it has lost its child already. */
  g_object_ref_sink (cell->widget);
  gtk_list_item_set_child (list_item, cell->widget);
  g_object_set_data_full (G_OBJECT (list_item), "inb-cell", cell, cell_free);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GObject                  *object,
         gpointer                  user_data)
{
  Cell *cell = g_object_get_data (object, "inb-cell");

  cell->item = gtk_list_item_get_item (GTK_LIST_ITEM (object));
  cell->handler = g_signal_connect_swapped (cell->item, "changed", G_CALLBACK (update_cell), cell);
  g_hash_table_add (cell->columns->cells, cell);
  update_cell (cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GObject                  *object,
           gpointer                  user_data)
{
  Cell *cell = g_object_get_data (object, "inb-cell");

  g_hash_table_remove (cell->columns->cells, cell);
  g_clear_signal_handler (&cell->handler, cell->item);
  cell->item = NULL;
}

static void
on_teardown (GtkSignalListItemFactory *factory,
             GObject                  *object,
             gpointer                  user_data)
{
  g_object_set_data (object, "inb-cell", NULL);
}

static void
update_cells (InbLeadColumns *self,
              InbLeadSort     sort)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (((Cell *) key)->sort == sort)
      update_cell (key);
}

static void
on_tick (InbLeadColumns *self)
{
  update_cells (self, INB_LEAD_SORT_CREATED);
}

static gboolean
on_mark_over (gpointer user_data)
{
  Mark *mark = user_data;

  g_hash_table_remove (mark->columns->marked, mark->lead_id);
  update_cells (mark->columns, INB_LEAD_SORT_NAME);

  return G_SOURCE_REMOVE;
}

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_free (mark->lead_id);
  g_free (mark);
}

/* GTK 4.8 keeps to itself which column a view is sorted by. But its sorter asks the chosen column's sorter first and turns the
 * answer round for descending: so each column's only notes that it was asked. */
static int
note_asked (gconstpointer a,
            gconstpointer b,
            gpointer      user_data)
{
  Factory *closure = user_data;

  closure->columns->asked = (int) closure->sort;

  return -1;
}

static void
append_column (InbLeadColumns *self,
               GtkColumnView  *view,
               guint           index)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;
  g_autoptr (GtkSorter) sorter = NULL;
  Factory *closure = &self->factories[index];

  closure->columns = self;
  closure->sort = specs[index].sort;
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), closure);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  g_signal_connect (factory, "teardown", G_CALLBACK (on_teardown), NULL);

  column = gtk_column_view_column_new (_(specs[index].title), factory);
  sorter = GTK_SORTER (gtk_custom_sorter_new (note_asked, closure, NULL));
  gtk_column_view_column_set_sorter (column, sorter);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, specs[index].expand);
  gtk_column_view_append_column (view, column);
  self->columns[specs[index].sort] = column;
}

/**
 * inb_lead_columns_new:
 * @clock: must outlive the columns
 *
 * Returns: (transfer full): the columns, which must outlive the model of @view
 */
InbLeadColumns *
inb_lead_columns_new (GtkColumnView *view,
                      InbClock      *clock)
{
  InbLeadColumns *self = g_new0 (InbLeadColumns, 1);

  self->view = view;
  self->clock = g_object_ref (clock);
  self->cells = g_hash_table_new (NULL, NULL);
  self->marked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tick_handler = g_signal_connect_swapped (clock, "tick", G_CALLBACK (on_tick), self);
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    append_column (self, view, i);

  return self;
}

void
inb_lead_columns_free (InbLeadColumns *self)
{
  GHashTableIter iter;
  gpointer timer;

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      if (self->columns[i] == NULL)
        continue;
      gtk_column_view_remove_column (self->view, self->columns[i]);
      g_object_unref (self->columns[i]);
    }
  g_hash_table_iter_init (&iter, self->marked);
  while (g_hash_table_iter_next (&iter, NULL, &timer))
    g_source_remove (GPOINTER_TO_UINT (timer));
  g_hash_table_unref (self->marked);
  g_hash_table_unref (self->cells);
  g_clear_signal_handler (&self->tick_handler, self->clock);
  g_object_unref (self->clock);
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  g_free (self);
}

/**
 * inb_lead_columns_set_stages:
 * @stages: (nullable): the workspace's stages
 */
void
inb_lead_columns_set_stages (InbLeadColumns *self,
                             InbStageSet    *stages)
{
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  self->stages = stages != NULL ? inb_stage_set_ref (stages) : NULL;
  update_cells (self, INB_LEAD_SORT_STAGE);
  update_cells (self, INB_LEAD_SORT_NAME);
}

void
inb_lead_columns_set_shown (InbLeadColumns  *self,
                            InbColumnsShown  shown)
{
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    gtk_column_view_column_set_visible (self->columns[specs[i].sort], specs[i].shown <= shown);
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

void
inb_lead_columns_mark (InbLeadColumns *self,
                       const char     *lead_id)
{
  Mark *mark;
  guint timer;

  if (g_hash_table_contains (self->marked, lead_id))
    return;

  mark = g_new (Mark, 1);
  mark->columns = self;
  mark->lead_id = g_strdup (lead_id);
  timer = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, MARK_SECONDS, on_mark_over, mark, mark_free);
  g_hash_table_insert (self->marked, g_strdup (lead_id), GUINT_TO_POINTER (timer));
  update_cells (self, INB_LEAD_SORT_NAME);
}

GtkWidget *
inb_lead_columns_find_row (InbLeadColumns *self,
                           guint           position)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Cell *cell = key;

      if (cell->sort == INB_LEAD_SORT_NAME && gtk_list_item_get_position (cell->list_item) == position)
        return get_row (cell);
    }

  return NULL;
}

/**
 * inb_lead_columns_get_held:
 *
 * Returns: (transfer full): the positions of the rows that exist as widgets
 */
GtkBitset *
inb_lead_columns_get_held (InbLeadColumns *self)
{
  GtkBitset *held = gtk_bitset_new_empty ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Cell *cell = key;

      if (cell->sort == INB_LEAD_SORT_NAME)
        gtk_bitset_add (held, gtk_list_item_get_position (cell->list_item));
    }

  return held;
}

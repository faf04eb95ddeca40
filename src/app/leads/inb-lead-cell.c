#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-cell.h"

#include "inb-direction.h"
#include "inb-format.h"
#include "inb-shape-label.h"
#include "inb-source-text.h"
#include "inb-stage-chip.h"
#include "inb-temperature.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define SCORE_WIDTH 78
#define TEMPERATURE_WIDTH 92

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("inb-lead-cell");
}

GtkWidget *
inb_lead_cell_get_row (InbLeadCell *self)
{
  GtkWidget *parent = gtk_widget_get_parent (self->widget);

  return parent != NULL ? gtk_widget_get_parent (parent) : NULL;
}

static InbLeadColumnContext
make_context (InbLeadCell *self)
{
  return (InbLeadColumnContext) {
    .directory = self->shared->directory,
    .timezone = inb_clock_get_timezone (self->shared->clock),
    .now = inb_time_now (),
  };
}

/* --- what it says ------------------------------------------------------------------------------------------------------- */

/* A row speaks as one sentence; without a label of its own it would be read as the name of its class. */
static char *
make_row_label (InbLeadCell    *self,
                InbLeadSummary *lead)
{
  g_autofree char *stage = NULL;
  g_autofree char *name = NULL;

  if (lead == NULL)
    return g_strdup (_("Loading"));
  if (lead->rowid < 0)
    return g_strjoin (", ", lead->name, lead->phone != NULL ? lead->phone : "–", lead->email != NULL ? lead->email : "–", NULL);

  stage = inb_directory_dup_stage_name (self->shared->directory, lead->stage);

  name = inb_lead_column_dup_name (lead);

  return g_strjoin (", ", name, stage != NULL ? stage : "–", lead->product != NULL ? lead->product : "–",
                    lead->source != NULL ? inb_source_text_get_name (lead->source) : "–", NULL);
}

static void
set_class (GtkWidget  *widget,
           const char *css_class,
           gboolean    has)
{
  if (has == gtk_widget_has_css_class (widget, css_class))
    return;

  if (has)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* No more than that: "select all" does it to every row that exists, and a tint of the row would style all its cells anew. */
void
inb_lead_cell_update_checked (InbLeadCell *self)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->widget),
                               inb_lead_selection_is_checked (self->shared->selection, inb_lead_slot_get_rowid (self->slot)));
}

static void
update_check (InbLeadCell    *self,
              InbLeadSummary *lead)
{
  GtkWidget *row = inb_lead_cell_get_row (self);
  g_autofree char *label = NULL;

  inb_lead_cell_update_checked (self);
  if (row == NULL)
    return;

  gtk_widget_set_opacity (row, inb_lead_slot_get_item (self->slot) != NULL ? 1 : 0);
  label = make_row_label (self, lead);
  set_class (row, "arrived", lead != NULL && g_hash_table_contains (self->shared->marked, lead->id));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lead != NULL ? lead->name : label, -1);
}

static void
update_text (InbLeadCell *self,
             const char  *text)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (self->widget), text);
  if (self->blank == (text == NULL))
    return;

  /* Otherwise an empty cell is read as the name of its class. */
  self->blank = text == NULL;
  if (self->blank)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "–", -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
update_shape (InbLeadCell *self,
              InbHeat      heat,
              const char  *text)
{
  inb_shape_label_set (INB_SHAPE_LABEL (self->widget), text, inb_temperature_get_shape (heat),
                       inb_temperature_get_css_class (heat));
}

void
inb_lead_cell_update (InbLeadCell *self)
{
  InbLeadSummary *lead = inb_lead_slot_get_summary (self->slot);
  InbLeadColumnContext context;
  InbLeadColumnKind kind;
  g_autofree char *text = NULL;

  if (self->column == INB_LEAD_CELL_CHECK)
    {
      update_check (self, lead);
      return;
    }

  kind = inb_lead_column_get_info ((InbLeadSort) self->column)->kind;
  if (self->column == INB_LEAD_SORT_NAME && lead != NULL && lead->is_test)
    {
      text = inb_lead_column_dup_name (lead);
      update_text (self, text);
      return;
    }
  if (self->column == INB_LEAD_SORT_PHONE && lead != NULL)
    {
      text = inb_direction_isolate (lead->phone);
      update_text (self, text);
      return;
    }
  if (kind == INB_COLUMN_TEXT)
    {
      update_text (self, lead != NULL ? inb_lead_column_get_text ((InbLeadSort) self->column, lead, self->shared->directory)
                                      : NULL);
      return;
    }

  if (kind == INB_COLUMN_STAGE)
    {
      inb_stage_chip_set_stage (INB_STAGE_CHIP (self->widget), inb_directory_get_stages (self->shared->directory),
                                lead != NULL ? lead->stage : NULL);
      return;
    }

  context = make_context (self);
  text = lead != NULL ? inb_lead_column_dup_text ((InbLeadSort) self->column, lead, &context) : NULL;
  switch (kind)
    {
    case INB_COLUMN_SCORE:
      update_shape (self, lead != NULL ? inb_temperature_rate_score (lead->lead_score) : INB_HEAT_NONE, text);
      break;
    case INB_COLUMN_TEMPERATURE:
      update_shape (self, lead != NULL ? inb_temperature_get_heat (lead->temperature) : INB_HEAT_NONE, text);
      break;
    case INB_COLUMN_TEXT:
    case INB_COLUMN_STAGE:
    case INB_COLUMN_MONEY:
    case INB_COLUMN_TIME:
    case INB_COLUMN_DURATION:
    default:
      update_text (self, text);
    }
}

/* --- what it says when the pointer rests -------------------------------------------------------------------------------- */

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
  InbLeadCell *self = user_data;
  InbLeadSummary *lead = self->slot != NULL ? inb_lead_slot_get_summary (self->slot) : NULL;
  gint64 time = lead != NULL ? inb_lead_column_get_time ((InbLeadSort) self->column, lead) : INB_TIME_NONE;
  g_autofree char *absolute = NULL;
  const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));

  if (time != INB_TIME_NONE)
    {
      absolute = inb_clock_describe (self->shared->clock, time);
      gtk_tooltip_set_text (tooltip, absolute);
      return TRUE;
    }
  if (text == NULL || !is_cut_off (widget, text))
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

/* --- life --------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_inscription (InbLeadCell             *self,
                  const InbLeadColumnInfo *info)
{
  GtkWidget *widget = gtk_inscription_new (NULL);
  GtkInscription *inscription = GTK_INSCRIPTION (widget);
  gboolean is_number = info->kind != INB_COLUMN_TEXT || self->column == INB_LEAD_SORT_PHONE;

  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_inscription_set_text_overflow (inscription, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (inscription, info->min_chars);
  gtk_inscription_set_nat_chars (inscription, info->nat_chars);
  if (is_number)
    gtk_widget_add_css_class (widget, "numeric");
  if (info->kind == INB_COLUMN_MONEY || info->kind == INB_COLUMN_DURATION)
    gtk_inscription_set_xalign (inscription, 1);
  if (self->column != INB_LEAD_SORT_NAME)
    gtk_widget_add_css_class (widget, "secondary");
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (on_query_tooltip), self);

  return widget;
}

/* The table hears the clicks on check boxes itself, as it has to know the keys that are held. */
static GtkWidget *
make_check (void)
{
  GtkWidget *widget = gtk_check_button_new ();

  gtk_widget_set_can_target (widget, FALSE);
  gtk_widget_set_focusable (widget, FALSE);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);

  return widget;
}

static GtkWidget *
make_widget (InbLeadCell *self)
{
  const InbLeadColumnInfo *info;

  if (self->column == INB_LEAD_CELL_CHECK)
    return make_check ();

  info = inb_lead_column_get_info ((InbLeadSort) self->column);
  switch (info->kind)
    {
    case INB_COLUMN_STAGE:
      return inb_stage_chip_new (TRUE);
    case INB_COLUMN_SCORE:
      return inb_shape_label_new (SCORE_WIDTH);
    case INB_COLUMN_TEMPERATURE:
      return inb_shape_label_new (TEMPERATURE_WIDTH);
    case INB_COLUMN_TEXT:
    case INB_COLUMN_MONEY:
    case INB_COLUMN_TIME:
    case INB_COLUMN_DURATION:
    default:
      return make_inscription (self, info);
    }
}

/**
 * inb_lead_cell_new:
 * @shared: outlives the cell
 * @column: an %InbLeadSort, or %INB_LEAD_CELL_CHECK
 *
 * Returns: (transfer full): a cell whose widget is the child of @list_item
 */
InbLeadCell *
inb_lead_cell_new (const InbLeadCellShared *shared,
                   guint                    column,
                   GtkListItem             *list_item)
{
  InbLeadCell *self = g_new0 (InbLeadCell, 1);

  self->shared = shared;
  self->column = column;
  self->list_item = list_item;
  self->widget = make_widget (self);
  /* When the list item is torn down it has lost its child already. */
  g_object_ref_sink (self->widget);
  g_object_set_qdata (G_OBJECT (self->widget), get_quark (), self);
  gtk_list_item_set_child (list_item, self->widget);

  return self;
}

void
inb_lead_cell_free (InbLeadCell *self)
{
  g_object_set_qdata (G_OBJECT (self->widget), get_quark (), NULL);
  g_signal_handlers_disconnect_by_data (self->widget, self);
  g_object_unref (self->widget);
  g_free (self);
}

void
inb_lead_cell_bind (InbLeadCell *self)
{
  self->slot = gtk_list_item_get_item (self->list_item);
  self->handler = g_signal_connect_swapped (self->slot, "changed", G_CALLBACK (inb_lead_cell_update), self);
  inb_lead_cell_update (self);
}

void
inb_lead_cell_unbind (InbLeadCell *self)
{
  g_clear_signal_handler (&self->handler, self->slot);
  self->slot = NULL;
}

/**
 * inb_lead_cell_find:
 * @widget: (nullable): for example what is under the pointer; a cell's padding belongs to it
 *
 * Returns: (transfer none) (nullable): the cell, if it is one of a lead table
 */
InbLeadCell *
inb_lead_cell_find (GtkWidget *widget)
{
  for (; widget != NULL && !GTK_IS_LIST_VIEW (widget); widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      InbLeadCell *cell = g_object_get_qdata (G_OBJECT (widget), get_quark ());

      if (cell == NULL && child != NULL && gtk_widget_get_next_sibling (child) == NULL)
        cell = g_object_get_qdata (G_OBJECT (child), get_quark ());
      if (cell != NULL)
        return cell;
    }

  return NULL;
}

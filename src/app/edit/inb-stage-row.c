#define G_LOG_DOMAIN "inb-app"

#include "inb-stage-row.h"

#include "inb-stage-chip.h"

#include <glib/gi18n.h>

static const char * const categories[] = { "open", "won", "lost" };

struct _InbStageRow {
  AdwExpanderRow  parent_instance;

  /* Template */
  InbShapeLabel  *look;
  GtkWidget      *handle;
  GtkWidget      *up;
  GtkWidget      *down;
  GtkEditable    *name;
  GtkColorButton *color;
  AdwComboRow    *category;
  GtkSpinButton  *probability;
  GtkWidget      *reason_row;
  GtkSwitch      *reason;
  GtkWidget      *value_row;
  GtkSwitch      *value;
  GtkWidget      *key_row;
  GtkLabel       *key;
  GtkWidget      *remove_row;

  /* Owned */
  InbRow         *stage;

  gboolean        filling;
};

enum {
  CHANGED,
  MOVED,
  DROPPED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbStageRow, inb_stage_row, ADW_TYPE_EXPANDER_ROW)

/* --- the stage and the fields ------------------------------------------------------------------------------------------- */

static guint
find_category (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (g_strcmp0 (categories[i], name) == 0)
      return i;

  return 0;
}

static void
label_button (GtkWidget  *button,
              const char *format,
              const char *name)
{
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", name, 1);
  gtk_widget_set_tooltip_text (button, text->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str, -1);
}

/* A lead that is won or lost is not expected to be any more. */
static char *
describe (const InbStageRow *self,
          guint              category)
{
  if (category != 0)
    return g_strdup (category == 1 ? _("Leads in it are won") : _("Leads in it are lost"));

  return g_strdup_printf ("%s · %d\u00a0%%", C_("kind of stage", "Open"),
                          (int) inb_row_get_integer (self->stage, INB_STAGE_PROBABILITY, 0));
}

static void
show_title (InbStageRow *self)
{
  const char *shown = inb_stage_chip_show_name (inb_row_get (self->stage, INB_STAGE_KEY), inb_row_get (self->stage, INB_STAGE_NAME));
  const char *name = shown != NULL ? shown : _("New Stage");
  g_autofree char *title = g_markup_escape_text (name, -1);
  guint category = find_category (inb_row_get (self->stage, INB_STAGE_CATEGORY));
  g_autofree char *subtitle = describe (self, category);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  inb_stage_chip_draw (self->look, self->stage, NULL);
  gtk_widget_set_visible (self->reason_row, category == 2);
  gtk_widget_set_visible (self->value_row, category == 1);
  label_button (self->up, _("Move “%s” up"), name);
  label_button (self->down, _("Move “%s” down"), name);
}

static void
fill (InbStageRow *self)
{
  const char *key = inb_row_get (self->stage, INB_STAGE_KEY);
  const char *name = inb_stage_chip_show_name (key, inb_row_get (self->stage, INB_STAGE_NAME));
  const char *color = inb_row_get (self->stage, INB_STAGE_COLOR);
  GdkRGBA rgba = { 0.47f, 0.46f, 0.48f, 1.0f };

  self->filling = TRUE;
  if (color != NULL)
    gdk_rgba_parse (&rgba, color);
  gtk_editable_set_text (self->name, name != NULL ? name : "");
  gtk_color_chooser_set_rgba (GTK_COLOR_CHOOSER (self->color), &rgba);
  adw_combo_row_set_selected (self->category, find_category (inb_row_get (self->stage, INB_STAGE_CATEGORY)));
  gtk_spin_button_set_value (self->probability, (double) inb_row_get_integer (self->stage, INB_STAGE_PROBABILITY, 0));
  gtk_switch_set_active (self->reason, inb_row_get_boolean (self->stage, INB_STAGE_REQUIRES_LOST_REASON));
  gtk_switch_set_active (self->value, inb_row_get_boolean (self->stage, INB_STAGE_REQUIRES_VALUE));
  gtk_label_set_text (self->key, key != NULL ? key : "");
  gtk_widget_set_visible (self->key_row, key != NULL);
  self->filling = FALSE;
  show_title (self);
}

static void
on_edited (InbStageRow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *color = NULL;
  guint category;
  GdkRGBA rgba;

  if (self->filling)
    return;

  name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  category = MIN (adw_combo_row_get_selected (self->category), G_N_ELEMENTS (categories) - 1);
  gtk_color_chooser_get_rgba (GTK_COLOR_CHOOSER (self->color), &rgba);
  color = g_strdup_printf ("#%02x%02x%02x", (guint) (rgba.red * 255 + 0.5f), (guint) (rgba.green * 255 + 0.5f),
                           (guint) (rgba.blue * 255 + 0.5f));
  inb_row_set (self->stage, INB_STAGE_NAME,
               *name != '\0' ? inb_stage_chip_keep_name (inb_row_get (self->stage, INB_STAGE_KEY), name) : NULL);
  inb_row_set (self->stage, INB_STAGE_COLOR, color);
  inb_row_set (self->stage, INB_STAGE_CATEGORY, categories[category]);
  inb_row_set_integer (self->stage, INB_STAGE_PROBABILITY, gtk_spin_button_get_value_as_int (self->probability));
  inb_row_set_boolean (self->stage, INB_STAGE_REQUIRES_LOST_REASON, category == 2 && gtk_switch_get_active (self->reason));
  inb_row_set_boolean (self->stage, INB_STAGE_REQUIRES_VALUE, category == 1 && gtk_switch_get_active (self->value));
  show_title (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- place -------------------------------------------------------------------------------------------------------------- */

static void
move_stage (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVED], 0, g_variant_get_int32 (parameter));
}

static void
remove_stage (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVED], 0);
}

static GdkContentProvider *
on_prepare (InbStageRow *self)
{
  return gdk_content_provider_new_typed (INB_TYPE_STAGE_ROW, self);
}

static void
on_drag_begin (InbStageRow   *self,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
on_drop (InbStageRow  *self,
         const GValue *value)
{
  InbStageRow *other = g_value_get_object (value);

  if (other == NULL || other == self)
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, other);

  return TRUE;
}

static void
take_part_in_dragging (InbStageRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (INB_TYPE_STAGE_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_stage_row_dispose (GObject *object)
{
  g_clear_pointer (&INB_STAGE_ROW (object)->stage, inb_row_unref);

  G_OBJECT_CLASS (inb_stage_row_parent_class)->dispose (object);
}

static void
inb_stage_row_class_init (InbStageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_stage_row_dispose;

  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, type);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (INB_TYPE_SHAPE_LABEL);
  gtk_widget_class_install_action (widget_class, "stage.move", "i", move_stage);
  gtk_widget_class_install_action (widget_class, "stage.remove", NULL, remove_stage);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "stage.move", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "stage.move", "i", 1);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-stage-row.ui");
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, look);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, handle);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, up);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, down);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, name);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, color);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, category);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, probability);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, reason_row);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, reason);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, value_row);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, value);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, key_row);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, key);
  gtk_widget_class_bind_template_child (widget_class, InbStageRow, remove_row);
}

static void
inb_stage_row_init (InbStageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->look), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->color, "color-set", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->category, "notify::selected", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->probability, "value-changed", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reason, "notify::active", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->value, "notify::active", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  take_part_in_dragging (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_stage_row_new:
 * @stage: gets what is typed
 * @fixed: whether leads arrive in it
 *
 * Returns: (transfer floating): a row for a list box
 */
GtkWidget *
inb_stage_row_new (InbRow   *stage,
                   gboolean  fixed)
{
  InbStageRow *self = g_object_new (INB_TYPE_STAGE_ROW, NULL);

  self->stage = inb_row_ref (stage);
  gtk_widget_set_visible (self->remove_row, !fixed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->category), !fixed);
  fill (self);

  return GTK_WIDGET (self);
}

InbRow *
inb_stage_row_get_stage (InbStageRow *self)
{
  g_return_val_if_fail (INB_IS_STAGE_ROW (self), NULL);

  return self->stage;
}

void
inb_stage_row_set_place (InbStageRow *self,
                         gboolean     is_first,
                         gboolean     is_last)
{
  g_return_if_fail (INB_IS_STAGE_ROW (self));

  gtk_widget_set_sensitive (self->up, !is_first);
  gtk_widget_set_sensitive (self->down, !is_last);
}

void
inb_stage_row_focus_name (InbStageRow *self)
{
  g_return_if_fail (INB_IS_STAGE_ROW (self));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

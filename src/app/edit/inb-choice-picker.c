#define G_LOG_DOMAIN "inb-app"

#include "inb-choice-picker.h"

#include "inb-fold.h"
#include "inb-shape-label.h"
#include "inb-stage-chip.h"
#include "inb-temperature.h"

#include <glib/gi18n.h>
#include <string.h>

#define FEW_CHOICES 8   /* need no search */
#define MAX_HEIGHT 320  /* pixels */

struct _InbChoicePicker {
  GtkPopover      parent_instance;

  /* Owned */
  char           *value;
  char           *heading;    /* (nullable): of what is added next */

  /* Borrowed: children */
  GtkSearchEntry *search;
  GtkListBox     *list;

  guint           n_choices;
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (InbChoicePicker, inb_choice_picker, GTK_TYPE_POPOVER)

static const char *
get_data (GtkListBoxRow *row,
          const char    *key)
{
  return g_object_get_data (G_OBJECT (row), key);
}

static gboolean
matches (GtkListBoxRow *row,
         gpointer       data)
{
  InbChoicePicker *self = data;
  g_autofree char *wanted = inb_fold_text (gtk_editable_get_text (GTK_EDITABLE (self->search)));

  return wanted == NULL || strstr (get_data (row, "folded"), wanted) != NULL;
}

/* Over the first one below it. */
static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       data)
{
  const char *heading = get_data (row, "heading");
  GtkWidget *label;

  if (heading == NULL || (before != NULL && g_strcmp0 (heading, get_data (before, "heading")) == 0))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;

  label = gtk_label_new (heading);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "choices-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
on_search (InbChoicePicker *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
pick (InbChoicePicker *self,
      GtkListBoxRow   *row)
{
  g_autofree char *value = g_strdup (get_data (row, "value"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, picked_signal, 0, value);
}

/* Enter in the search picks the first that is left, also for who types faster than the list follows. */
static void
on_search_activate (InbChoicePicker *self)
{
  GtkListBoxRow *row;

  gtk_list_box_invalidate_filter (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (!gtk_widget_get_child_visible (GTK_WIDGET (row)))
        continue;
      pick (self, row);
      return;
    }
}

static void
update_marks (InbChoicePicker *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      gboolean is_value = g_strcmp0 (get_data (row, "value"), self->value) == 0;
      GtkWidget *mark = g_object_get_data (G_OBJECT (row), "mark");

      gtk_widget_set_opacity (mark, is_value ? 1 : 0);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, is_value, -1);
    }
}

static void
on_show (InbChoicePicker *self)
{
  GtkListBoxRow *row;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_set_visible (GTK_WIDGET (self->search), self->n_choices > FEW_CHOICES);
  update_marks (self);
  if (self->n_choices > FEW_CHOICES)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
      return;
    }
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (get_data (row, "value"), self->value) == 0)
      break;
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
inb_choice_picker_finalize (GObject *object)
{
  g_free (INB_CHOICE_PICKER (object)->value);
  g_free (INB_CHOICE_PICKER (object)->heading);

  G_OBJECT_CLASS (inb_choice_picker_parent_class)->finalize (object);
}

static void
inb_choice_picker_class_init (InbChoicePickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_choice_picker_finalize;

  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
}

static void
inb_choice_picker_init (InbChoicePicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, matches, self, NULL);
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "choices");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (on_search), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (on_search_activate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (pick), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "show", G_CALLBACK (on_show), NULL);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_choice_picker_new:
 * @name: what is picked: "Stage"
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_choice_picker_new (const char *name)
{
  InbChoicePicker *self = g_object_new (INB_TYPE_CHOICE_PICKER, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return GTK_WIDGET (self);
}

void
inb_choice_picker_clear (InbChoicePicker *self)
{
  GtkWidget *row;

  g_return_if_fail (INB_IS_CHOICE_PICKER (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  self->n_choices = 0;
  g_clear_pointer (&self->heading, g_free);
}

/**
 * inb_choice_picker_begin:
 * @heading: of what is added from now on
 */
void
inb_choice_picker_begin (InbChoicePicker *self,
                         const char      *heading)
{
  g_return_if_fail (INB_IS_CHOICE_PICKER (self) && heading != NULL);

  g_free (self->heading);
  self->heading = g_strdup (heading);
}

/**
 * inb_choice_picker_add:
 * @value: (nullable): what "picked" tells
 * @name: what it is called
 * @widget: (nullable): how it is shown
 */
void
inb_choice_picker_add (InbChoicePicker *self,
                       const char      *value,
                       const char      *name,
                       GtkWidget       *widget)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  char *folded = inb_fold_text (name);

  g_return_if_fail (INB_IS_CHOICE_PICKER (self) && name != NULL);

  if (widget == NULL)
    {
      widget = gtk_label_new (name);
      gtk_label_set_xalign (GTK_LABEL (widget), 0);
      gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
      /* The popover is no wider than what it points at asks for, and that may be a dash. */
      gtk_label_set_width_chars (GTK_LABEL (widget), MIN (g_utf8_strlen (name, -1), 30));
      gtk_label_set_max_width_chars (GTK_LABEL (widget), 30);
    }
  gtk_widget_set_hexpand (widget, TRUE);
  gtk_box_append (GTK_BOX (box), widget);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "value", g_strdup (value), g_free);
  g_object_set_data_full (G_OBJECT (row), "folded", folded != NULL ? folded : g_strdup (""), g_free);
  g_object_set_data_full (G_OBJECT (row), "heading", g_strdup (self->heading), g_free);
  g_object_set_data (G_OBJECT (row), "mark", mark);
  gtk_list_box_append (self->list, row);
  self->n_choices++;
}

void
inb_choice_picker_set_value (InbChoicePicker *self,
                             const char      *value)
{
  g_return_if_fail (INB_IS_CHOICE_PICKER (self));

  g_free (self->value);
  self->value = g_strdup (value);
  update_marks (self);
}

void
inb_choice_picker_list_stages (InbChoicePicker *self,
                               InbSession      *session)
{
  InbStageSet *stages = inb_session_get_stages (session);

  inb_choice_picker_clear (self);
  for (guint i = 0; stages != NULL && i < inb_stage_set_get_size (stages); i++)
    {
      const InbRow *stage = inb_stage_set_get (stages, i);
      const char *key = inb_row_get (stage, INB_STAGE_KEY);
      g_autofree char *name = inb_stage_chip_get_name (stages, key);
      GtkWidget *chip;

      if (inb_row_get (stage, INB_STAGE_ARCHIVED_AT) != NULL || inb_row_get_boolean (stage, INB_STAGE_IS_HIDDEN))
        continue;
      chip = inb_stage_chip_new (FALSE);
      inb_stage_chip_set_stage (INB_STAGE_CHIP (chip), stages, key);
      inb_choice_picker_add (self, key, name, chip);
    }
}

static void
list_people (InbChoicePicker *self,
             GPtrArray       *rows,
             GHashTable      *names,
             const char      *none)
{
  inb_choice_picker_clear (self);
  inb_choice_picker_add (self, NULL, none, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *id = inb_row_get_key (g_ptr_array_index (rows, i));
      const char *name = g_hash_table_lookup (names, id);

      if (name != NULL)
        inb_choice_picker_add (self, id, name, NULL);
    }
}

void
inb_choice_picker_list_members (InbChoicePicker *self,
                                InbSession      *session)
{
  InbDirectory *directory = inb_session_get_directory (session);

  list_people (self, inb_directory_get_members (directory), inb_directory_get_member_names (directory), _("Nobody"));
}

void
inb_choice_picker_list_teams (InbChoicePicker *self,
                              InbSession      *session)
{
  InbDirectory *directory = inb_session_get_directory (session);

  list_people (self, inb_directory_get_teams (directory), inb_directory_get_team_names (directory), _("No team"));
}

void
inb_choice_picker_list_temperatures (InbChoicePicker *self)
{
  static const char *const temperatures[] = { "hot", "warm", "cold" };

  inb_choice_picker_clear (self);
  for (guint i = 0; i < G_N_ELEMENTS (temperatures); i++)
    {
      InbHeat heat = inb_temperature_get_heat (temperatures[i]);
      g_autofree char *name = inb_temperature_dup_name (temperatures[i]);
      GtkWidget *label = inb_shape_label_new (0);

      inb_shape_label_set (INB_SHAPE_LABEL (label), name, inb_temperature_get_shape (heat), inb_temperature_get_css_class (heat));
      inb_choice_picker_add (self, temperatures[i], name, label);
    }
  inb_choice_picker_add (self, NULL, _("None"), NULL);
}

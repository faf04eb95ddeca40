#define G_LOG_DOMAIN "inb-app"

#include "inb-merge-row.h"

#include <glib/gi18n.h>

#define MAX_LINES 6  /* of a note */

struct _InbMergeRow {
  AdwBin      parent_instance;

  /* Owned */
  GPtrArray  *buttons;   /* (element-type GtkCheckButton): one per contact, NULL where there is nothing to choose */
  GPtrArray  *owners;    /* (element-type GtkWidget): labels that are shown where there is no column above */

  /* Borrowed: children */
  GtkBox     *cells;

  gboolean    is_setting;
  gboolean    is_narrow;
  gboolean    has_names;  /* is the one that names the owners */
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (InbMergeRow, inb_merge_row, ADW_TYPE_BIN)

static void
on_toggled (InbMergeRow    *self,
            GtkCheckButton *button)
{
  guint i;

  if (!self->is_setting && gtk_check_button_get_active (button) && g_ptr_array_find (self->buttons, button, &i))
    g_signal_emit (self, chosen_signal, 0, i);
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

static GtkWidget *
make_value (InbMergeRow *self,
            const char  *owner,
            const char  *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *text = make_label (value, NULL);
  GtkWidget *whose = make_label (owner, "caption");

  gtk_label_set_lines (GTK_LABEL (text), MAX_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (text, value);
  gtk_widget_add_css_class (whose, "dim-label");
  gtk_widget_set_visible (whose, FALSE);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), whose);
  g_ptr_array_add (self->owners, whose);

  return box;
}

static void
append_choice (InbMergeRow  *self,
               const char   *label,
               const char   *owner,
               const char   *value,
               GtkWidget   **group)
{
  GtkWidget *button;
  /* Translators: a field, the value that it can have, and whose it is: "Company: ACME, from Jörg Groß" */
  g_autofree char *name = self->has_names ? g_strdup_printf (_("%s: %s"), label, value)
                                          : g_strdup_printf (_("%1$s: %2$s, from %3$s"), label, value, owner);

  /* A group of them is for choosing one; 4.8 does not tell. */
  button = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), make_value (self, owner, value));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), *group != NULL ? GTK_CHECK_BUTTON (*group) : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->cells, button);
  g_ptr_array_add (self->buttons, button);
  *group = button;
}

static void
append_nothing (InbMergeRow *self)
{
  GtkWidget *label = make_label ("–", "dim-label");

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_box_append (self->cells, label);
  g_ptr_array_add (self->buttons, NULL);
  g_ptr_array_add (self->owners, label);
}

/* --- the keyboard ------------------------------------------------------------------------------------------------------- */

static GtkCheckButton *
get_button (InbMergeRow *self,
            guint        i)
{
  return g_ptr_array_index (self->buttons, i);
}

/* Or -1. */
static int
find_focused (InbMergeRow *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      if (get_button (self, i) != NULL && gtk_widget_is_focus (GTK_WIDGET (get_button (self, i))))
        return (int) i;
    }

  return -1;
}

/* 0: it leads out of the row. */
static int
get_step (InbMergeRow      *self,
          GtkDirectionType  direction)
{
  int right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;

  switch (direction)
    {
    case GTK_DIR_RIGHT:
      return right;
    case GTK_DIR_LEFT:
      return -right;
    case GTK_DIR_DOWN:
      return self->is_narrow ? 1 : 0;
    case GTK_DIR_UP:
      return self->is_narrow ? -1 : 0;
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    default:
      return 0;
    }
}

/* From choice to choice in their order. GTK goes by where they are, which it cannot know before a row was laid out: an arrow key
 * that is quicker than that would lead out of the row.
 */
static gboolean
inb_merge_row_move_focus (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  InbMergeRow *self = INB_MERGE_ROW (widget);
  int focused = find_focused (self);
  int step = get_step (self, direction);
  int n = (int) self->buttons->len;

  if (focused < 0)
    return gtk_widget_grab_focus (widget);
  if (step == 0)
    return FALSE;

  for (int i = focused + step; i != focused; i += step)
    {
      GtkCheckButton *button;

      /* Below the last one is the next row; beside it the first one again. */
      if ((i < 0 || i == n) && (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN))
        return FALSE;
      i = (i + n) % n;
      button = get_button (self, (guint) i);
      if (button == NULL)
        continue;
      gtk_widget_grab_focus (GTK_WIDGET (button));
      gtk_check_button_set_active (button, TRUE);
      return TRUE;
    }

  return TRUE;
}

/* The one that is chosen. */
static gboolean
inb_merge_row_grab_focus (GtkWidget *widget)
{
  InbMergeRow *self = INB_MERGE_ROW (widget);

  for (guint i = 0; i < self->buttons->len; i++)
    {
      if (get_button (self, i) != NULL && gtk_check_button_get_active (get_button (self, i)))
        return gtk_widget_grab_focus (GTK_WIDGET (get_button (self, i)));
    }

  return FALSE;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_merge_row_finalize (GObject *object)
{
  g_ptr_array_unref (INB_MERGE_ROW (object)->buttons);
  g_ptr_array_unref (INB_MERGE_ROW (object)->owners);

  G_OBJECT_CLASS (inb_merge_row_parent_class)->finalize (object);
}

static void
inb_merge_row_class_init (InbMergeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_merge_row_finalize;
  widget_class->focus = inb_merge_row_move_focus;
  widget_class->grab_focus = inb_merge_row_grab_focus;

  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
inb_merge_row_init (InbMergeRow *self)
{
  self->buttons = g_ptr_array_new ();
  self->owners = g_ptr_array_new ();
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

GtkWidget *
inb_merge_row_new (const char          *label,
                   const char          *caption,
                   const char * const  *owners,
                   const char * const  *values,
                   gboolean             has_names)
{
  InbMergeRow *self = g_object_new (INB_TYPE_MERGE_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *group = NULL;

  self->has_names = has_names;
  self->cells = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_box_set_homogeneous (self->cells, TRUE);
  for (guint i = 0; owners[i] != NULL; i++)
    {
      if (values[i] != NULL)
        append_choice (self, label, owners[i], values[i], &group);
      else
        append_nothing (self);
    }
  gtk_box_append (GTK_BOX (box), make_label (label, "caption-heading"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->cells));
  if (caption != NULL)
    gtk_box_append (GTK_BOX (box), make_label (caption, "caption"));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "merge-row");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}

void
inb_merge_row_set_chosen (InbMergeRow *self,
                          guint        chosen)
{
  g_return_if_fail (INB_IS_MERGE_ROW (self) && chosen < self->buttons->len);

  if (get_button (self, chosen) == NULL)
    return;

  self->is_setting = TRUE;
  gtk_check_button_set_active (get_button (self, chosen), TRUE);
  self->is_setting = FALSE;
}

void
inb_merge_row_set_narrow (InbMergeRow *self,
                          gboolean     narrow)
{
  g_return_if_fail (INB_IS_MERGE_ROW (self));

  self->is_narrow = narrow;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->cells), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (self->cells, !narrow);
  gtk_box_set_spacing (self->cells, narrow ? 4 : 12);
  for (guint i = 0; i < self->owners->len; i++)
    {
      gboolean is_nothing = get_button (self, i) == NULL;

      gtk_widget_set_visible (g_ptr_array_index (self->owners, i), is_nothing ? !narrow : narrow && !self->has_names);
    }
}

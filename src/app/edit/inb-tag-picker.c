#define G_LOG_DOMAIN "inb-app"

#include "inb-tag-picker.h"

#include "inb-fold.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_HEIGHT 280  /* pixels */
#define FEW_TAGS 6      /* are not higher */
#define MAX_TAG_LENGTH 64

struct _InbTagPicker {
  GtkPopover parent_instance;

  /* Borrowed: children */
  GtkEntry  *entry;
  GtkWidget *add;
  GtkWidget *scroller;
  GtkBox    *list;
};

static guint picked_signal;

G_DEFINE_FINAL_TYPE (InbTagPicker, inb_tag_picker, GTK_TYPE_POPOVER)

/* (transfer full) (nullable) */
static char *
dup_typed (InbTagPicker *self)
{
  char *tag = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*tag == '\0')
    g_clear_pointer (&tag, g_free);

  return tag;
}

static void
pick (InbTagPicker *self,
      const char   *tag,
      gboolean      removed)
{
  g_autofree char *picked = g_strdup (tag);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, picked_signal, 0, picked, removed);
}

static void
on_add_clicked (InbTagPicker *self,
                GtkButton    *button)
{
  pick (self, g_object_get_data (G_OBJECT (button), "tag"), FALSE);
}

static void
on_remove_clicked (InbTagPicker *self,
                   GtkButton    *button)
{
  pick (self, g_object_get_data (G_OBJECT (button), "tag"), TRUE);
}

static void
on_typed (InbTagPicker *self)
{
  g_autofree char *tag = dup_typed (self);

  if (tag != NULL)
    pick (self, tag, FALSE);
}

static void
on_changed (InbTagPicker *self)
{
  g_autofree char *tag = dup_typed (self);
  g_autofree char *wanted = tag != NULL ? inb_fold_text (tag) : NULL;
  guint n_shown = 0;

  gtk_widget_set_sensitive (self->add, tag != NULL);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      gboolean matches = wanted == NULL || strstr (g_object_get_data (G_OBJECT (row), "folded"), wanted) != NULL;

      gtk_widget_set_visible (row, matches);
      n_shown += matches ? 1 : 0;
    }
  gtk_widget_set_visible (self->scroller, n_shown > 0);
  /* What could scroll is never lower than its bar would be. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  n_shown > FEW_TAGS ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}

static GtkWidget *
make_button (InbTagPicker *self,
             const char   *tag,
             const char   *name,
             GCallback     callback)
{
  GtkWidget *button = gtk_button_new ();

  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
make_row (InbTagPicker *self,
          const char   *tag)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = gtk_label_new (tag);
  g_autofree char *add_name = g_strdup_printf (_("Add Tag “%s”"), tag);
  g_autofree char *remove_name = g_strdup_printf (_("Remove Tag “%s”"), tag);
  GtkWidget *add = make_button (self, tag, add_name, G_CALLBACK (on_add_clicked));
  GtkWidget *remove = make_button (self, tag, remove_name, G_CALLBACK (on_remove_clicked));
  char *folded = inb_fold_text (tag);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_button_set_child (GTK_BUTTON (add), label);
  gtk_widget_add_css_class (add, "preset");
  gtk_widget_set_hexpand (add, TRUE);
  gtk_button_set_icon_name (GTK_BUTTON (remove), "list-remove-symbolic");
  gtk_widget_set_tooltip_text (remove, remove_name);
  gtk_box_append (GTK_BOX (row), add);
  gtk_box_append (GTK_BOX (row), remove);
  g_object_set_data_full (G_OBJECT (row), "folded", folded != NULL ? folded : g_strdup (""), g_free);

  return row;
}

static void
inb_tag_picker_class_init (InbTagPickerClass *klass)
{
  picked_signal = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
inb_tag_picker_init (InbTagPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->entry, _("Tag"));
  gtk_entry_set_max_length (self->entry, MAX_TAG_LENGTH);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tag"), -1);
  self->add = gtk_button_new_with_label (_("Add"));
  gtk_widget_set_sensitive (self->add, FALSE);
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_widget_set_visible (self->scroller, FALSE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (line), self->add);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_tag_picker_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_tag_picker_new (void)
{
  return g_object_new (INB_TYPE_TAG_PICKER, NULL);
}

/**
 * inb_tag_picker_set_tags:
 * @tags: (array zero-terminated=1): in the order in which they are shown
 */
void
inb_tag_picker_set_tags (InbTagPicker       *self,
                         const char * const *tags)
{
  GtkWidget *row;

  g_return_if_fail (INB_IS_TAG_PICKER (self) && tags != NULL);

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, row);
  for (guint i = 0; tags[i] != NULL; i++)
    gtk_box_append (self->list, make_row (self, tags[i]));
  on_changed (self);
}

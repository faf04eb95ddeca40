#define G_LOG_DOMAIN "inb-app"

#include "inb-tag-list.h"

#include "inb-field-check.h"
#include "inb-json.h"
#include "inb-row-edit.h"
#include "inb-wrap-layout.h"

#include <glib/gi18n.h>
#include <string.h>

struct _InbTagList {
  AdwBin      parent_instance;

  /* Owned */
  InbSession *session;
  InbRow     *lead;
  GPtrArray  *tags;     /* (element-type utf8) */

  /* Borrowed: children */
  GtkWidget  *box;
  GtkEntry   *entry;    /* after the chips */
};

G_DEFINE_FINAL_TYPE (InbTagList, inb_tag_list, ADW_TYPE_BIN)

static void
read_tags (InbTagList *self)
{
  const char *json = inb_row_get (self->lead, INB_LEAD_TAGS);
  g_autoptr (JsonNode) node = json != NULL ? inb_json_parse (json, strlen (json), NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  g_ptr_array_set_size (self->tags, 0);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_ptr_array_add (self->tags, json_node_dup_string (element));
    }
}

/* Without @taken and with @added, either may be NULL. */
static char *
make_json (InbTagList *self,
           const char *taken,
           const char *added)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < self->tags->len; i++)
    {
      const char *tag = g_ptr_array_index (self->tags, i);

      if (g_strcmp0 (tag, taken) == 0)
        continue;
      if (json->len > 1)
        g_string_append_c (json, ',');
      inb_json_append_string (json, tag);
    }
  if (added != NULL)
    {
      if (json->len > 1)
        g_string_append_c (json, ',');
      inb_json_append_string (json, added);
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

static void
set_tags (InbTagList *self,
          const char *json,
          const char *label)
{
  g_autoptr (InbEdit) edit = inb_row_edit_new_update (INB_KIND_LEAD, inb_row_get_key (self->lead), INB_LEAD_TAGS,
                                                      inb_row_get (self->lead, INB_LEAD_TAGS), json, label);

  inb_edits_do_quietly (inb_session_get_edits (self->session), edit);
}

static void
on_remove (InbTagList *self,
           GtkButton  *button)
{
  const char *tag = g_object_get_data (G_OBJECT (button), "tag");
  g_autofree char *json = make_json (self, tag, NULL);
  g_autofree char *label = g_strdup_printf (_("Tag removed: %s"), tag);

  set_tags (self, json, label);
}

static void
on_add (InbTagList *self)
{
  g_autofree char *tag = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autofree char *json = NULL;
  g_autofree char *label = NULL;
  gboolean valid;

  if (*tag == '\0' || g_ptr_array_find_with_equal_func (self->tags, tag, g_str_equal, NULL))
    return;

  json = make_json (self, NULL, tag);
  valid = g_utf8_strlen (tag, -1) <= INB_FIELD_MAX_TAG && self->tags->len < INB_FIELD_MAX_TAGS;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (!valid)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->entry), _("A tag has at most 60 characters, a lead at most 100 tags."));
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  label = g_strdup_printf (_("Tag added: %s"), tag);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  set_tags (self, json, label);
}

static GtkWidget *
make_chip (InbTagList *self,
           const char *tag,
           gboolean    may)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = gtk_label_new (tag);
  GtkWidget *button;
  g_autofree char *name = g_strdup_printf (_("Remove the tag %s"), tag);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_widget_add_css_class (chip, "tag");
  if (!may)
    return chip;

  button = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (chip), button);

  return chip;
}

static void
update (InbTagList *self)
{
  gboolean may = inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, NULL);
  GtkWidget *child;

  if (self->lead == NULL)
    return;

  read_tags (self);
  while ((child = gtk_widget_get_first_child (self->box)) != GTK_WIDGET (self->entry))
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = self->tags->len; i > 0; i--)
    gtk_box_prepend (GTK_BOX (self->box), make_chip (self, g_ptr_array_index (self->tags, i - 1), may));
  gtk_widget_set_visible (GTK_WIDGET (self->entry), may);
  gtk_widget_set_visible (GTK_WIDGET (self), may || self->tags->len > 0);
}

static void
inb_tag_list_finalize (GObject *object)
{
  InbTagList *self = INB_TAG_LIST (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->lead, inb_row_unref);
  g_clear_pointer (&self->tags, g_ptr_array_unref);

  G_OBJECT_CLASS (inb_tag_list_parent_class)->finalize (object);
}

static void
inb_tag_list_class_init (InbTagListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_tag_list_finalize;
}

static void
inb_tag_list_init (InbTagList *self)
{
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_layout_manager (self->box, inb_wrap_layout_new (6));
  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->entry, _("Add a tag"));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 12);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "tag-entry");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a tag"), -1);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->entry));
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_tag_list_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_tag_list_new (InbSession *session)
{
  InbTagList *self = g_object_new (INB_TYPE_TAG_LIST, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
inb_tag_list_show (InbTagList *self,
                   InbRow     *lead)
{
  g_return_if_fail (INB_IS_TAG_LIST (self) && lead != NULL);

  inb_row_ref (lead);
  g_clear_pointer (&self->lead, inb_row_unref);
  self->lead = lead;
  update (self);
}

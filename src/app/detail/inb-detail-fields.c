#define G_LOG_DOMAIN "inb-app"

#include "inb-detail-fields.h"

#include "inb-field-row.h"
#include "inb-format.h"
#include "inb-json.h"
#include "inb-row-edit.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  /* Borrowed: children */
  GtkWidget *heading;
  GtkWidget *box;
} Section;

struct _InbDetailFields {
  AdwBin           parent_instance;

  /* Owned */
  InbSession      *session;
  GPtrArray       *rows;            /* (element-type InbFieldRow) borrowed: children */
  char            *lead_id;         /* NULL: a contact by itself */
  char            *contact_id;

  /* Borrowed: children */
  Section          sections[INB_N_FIELD_GROUPS];
  AdwBin          *custom;
  GtkToggleButton *show_empty;
};

static guint copied_signal;

G_DEFINE_FINAL_TYPE (InbDetailFields, inb_detail_fields, ADW_TYPE_BIN)

static const char *const titles[] = {
  [INB_FIELD_GROUP_CONTACT] = N_("Contact"),
  [INB_FIELD_GROUP_LEAD] = N_("Lead"),
  [INB_FIELD_GROUP_MARKETING] = N_("Marketing"),
  [INB_FIELD_GROUP_ALONE] = N_("Origin"),
};

/* --- editing ------------------------------------------------------------------------------------------------------------ */

static void
on_edited (InbDetailFields *self,
           const char      *base,
           const char      *value,
           InbFieldRow     *row)
{
  const InbField *field = inb_field_row_get_field (row);
  const char *id = field->kind == INB_KIND_LEAD ? self->lead_id : self->contact_id;
  /* Translators: what undo takes back: "Company changed" */
  g_autofree char *label = g_strdup_printf (_("%s changed"), _(field->label));
  g_autoptr (InbEdit) edit = NULL;

  if (id == NULL)
    return;
  edit = inb_row_edit_new_update (field->kind, id, field->column, base, value, label);
  inb_edits_do_quietly (inb_session_get_edits (self->session), edit);
}

static void
on_copied (InbDetailFields *self,
           const char      *what)
{
  g_signal_emit (self, copied_signal, 0, what);
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

/* A number is shown as it is dialled, but edited as it was written. */
static char *
describe (InbDetailFields     *self,
          const InbField      *field,
          const InbLeadDetail *detail)
{
  const InbRow *row = field->kind == INB_KIND_LEAD ? detail->lead : detail->contact;
  InbFieldContext context = inb_field_context_get (self->session, detail->lead);
  const char *display = NULL;

  if (row == NULL)
    return NULL;
  if (field->kind == INB_KIND_CONTACT && field->column == INB_CONTACT_PHONE)
    display = inb_row_get (row, INB_CONTACT_PHONE_DISPLAY);

  return display != NULL ? g_strdup (display) : inb_field_text_describe (field->kind, field->column, inb_row_get (row, field->column),
                                                                         &context);
}

static gboolean
can_edit (const InbField *field,
          const char     *value)
{
  InbType type = inb_kind_get_columns (field->kind, NULL)[field->column].type;
  g_autofree char *typed = NULL;

  if (!inb_mutation_may_set (INB_MUTATION_UPDATE, field->kind, field->column) || type == INB_TYPE_TIME)
    return FALSE;

  typed = inb_field_text_to_typed (field->kind, field->column, value);

  return typed != NULL;
}

static gboolean
has_group (const InbLeadDetail *detail,
           InbFieldGroup        group)
{
  return group == INB_FIELD_GROUP_CONTACT ? detail->contact != NULL : (detail->lead != NULL) == (group != INB_FIELD_GROUP_ALONE);
}

static void
update_row (InbDetailFields     *self,
            InbFieldRow         *row,
            InbFieldGroup        group,
            const InbLeadDetail *detail)
{
  const InbField *field = inb_field_row_get_field (row);
  const InbRow *source = field->kind == INB_KIND_LEAD ? detail->lead : detail->contact;
  const char *value = source != NULL ? inb_row_get (source, field->column) : NULL;
  g_autofree char *shown = describe (self, field, detail);
  const char *reason;
  gboolean may = inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, &reason);
  gboolean may_this = can_edit (field, value);

  inb_field_row_set_value (row, value, shown);
  inb_field_row_set_locked (row, !may || !may_this, may_this ? reason : NULL);
  gtk_widget_set_visible (GTK_WIDGET (row),
                          has_group (detail, group) && source != NULL &&
                          (shown != NULL || inb_field_row_is_edited (row) ||
                           (gtk_toggle_button_get_active (self->show_empty) && may && may_this)));
}

static void
update_rows (InbDetailFields     *self,
             const InbLeadDetail *detail)
{
  guint n = 0;

  for (guint group = 0; group < G_N_ELEMENTS (titles); group++)
    {
      guint n_fields;
      gboolean any = FALSE;

      inb_field_table_get (group, &n_fields);
      for (guint i = 0; i < n_fields; i++, n++)
        {
          GtkWidget *row = g_ptr_array_index (self->rows, n);

          update_row (self, INB_FIELD_ROW (row), group, detail);
          any |= gtk_widget_get_visible (row);
        }
      gtk_widget_set_visible (self->sections[group].heading, any);
      gtk_widget_set_visible (self->sections[group].box, any);
    }
}

static GtkWidget *
make_heading (const char *title)
{
  GtkWidget *heading = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "group-title");

  return heading;
}

/* What a form sent that is no column of ours. */
static void
append_custom (GtkBox       *box,
               const char   *title,
               const InbRow *row,
               guint         column)
{
  const char *json = row != NULL ? inb_row_get (row, column) : NULL;
  g_autoptr (JsonNode) node = json != NULL ? inb_json_parse (json, strlen (json), NULL) : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean any = FALSE;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *text = inb_field_text_describe_json (member);
      g_autofree char *label = inb_format_key (name);
      g_autofree char *link = NULL;
      g_autofree char *markup = NULL;
      GtkWidget *line;
      GtkWidget *value;
      GtkWidget *key;

      if (text == NULL)
        continue;
      if (!any)
        gtk_box_append (box, make_heading (title));
      any = TRUE;
      line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      key = gtk_label_new (label);
      value = gtk_label_new (NULL);
      link = inb_field_text_make_link (INB_FIELD_LOOK_LINK, text);
      markup = link != NULL ? g_markup_printf_escaped ("<a href=\"%s\">%s</a>", link, text) : g_markup_escape_text (text, -1);
      gtk_label_set_markup (GTK_LABEL (value), markup);
      gtk_label_set_xalign (GTK_LABEL (key), 0);
      gtk_label_set_yalign (GTK_LABEL (key), 0);
      gtk_label_set_wrap (GTK_LABEL (key), TRUE);
      gtk_label_set_width_chars (GTK_LABEL (key), 14);
      gtk_label_set_max_width_chars (GTK_LABEL (key), 14);
      gtk_label_set_xalign (GTK_LABEL (value), 0);
      gtk_label_set_wrap (GTK_LABEL (value), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (value), TRUE);
      gtk_widget_set_hexpand (value, TRUE);
      gtk_widget_add_css_class (key, "dim-label");
      gtk_widget_add_css_class (line, "custom-field");
      gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, key, NULL, -1);
      gtk_box_append (GTK_BOX (line), key);
      gtk_box_append (GTK_BOX (line), value);
      gtk_box_append (box, line);
    }
}

static void
show_custom (InbDetailFields     *self,
             const InbLeadDetail *detail)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  append_custom (GTK_BOX (box), _("More about the lead"), detail->lead, INB_LEAD_CUSTOM_FIELDS);
  append_custom (GTK_BOX (box), _("More about the contact"), detail->contact, INB_CONTACT_CUSTOM_FIELDS);
  adw_bin_set_child (self->custom, box);
}

static void
on_show_empty (InbDetailFields *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "detail.refresh", NULL);
}

static void
inb_detail_fields_finalize (GObject *object)
{
  InbDetailFields *self = INB_DETAIL_FIELDS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->lead_id);
  g_free (self->contact_id);

  G_OBJECT_CLASS (inb_detail_fields_parent_class)->finalize (object);
}

static void
inb_detail_fields_class_init (InbDetailFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_detail_fields_finalize;

  copied_signal = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
}

static void
inb_detail_fields_init (InbDetailFields *self)
{
  self->rows = g_ptr_array_new ();
}

static void
append_section (InbDetailFields *self,
                GtkBox          *box,
                InbFieldGroup    group)
{
  Section *section = &self->sections[group];
  guint n_fields;
  const InbField *fields = inb_field_table_get (group, &n_fields);

  section->heading = make_heading (_(titles[group]));
  section->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < n_fields; i++)
    {
      GtkWidget *row = inb_field_row_new (&fields[i], self->session);

      gtk_widget_set_visible (row, FALSE);
      g_signal_connect_object (row, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (section->box), row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_box_append (box, section->heading);
  gtk_box_append (box, section->box);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_detail_fields_new:
 * @session: whose rows are shown and edited
 *
 * Returns: (transfer none): a floating widget, empty
 */
GtkWidget *
inb_detail_fields_new (InbSession *session)
{
  InbDetailFields *self = g_object_new (INB_TYPE_DETAIL_FIELDS, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->session = g_object_ref (session);
  for (guint group = 0; group < G_N_ELEMENTS (titles); group++)
    append_section (self, GTK_BOX (box), group);
  self->custom = ADW_BIN (adw_bin_new ());
  self->show_empty = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_("Show Empty Fields")));
  gtk_widget_set_halign (GTK_WIDGET (self->show_empty), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->show_empty), "flat");
  g_signal_connect_object (self->show_empty, "toggled", G_CALLBACK (on_show_empty), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->custom));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->show_empty));
  adw_bin_set_child (ADW_BIN (self), box);

  return GTK_WIDGET (self);
}

void
inb_detail_fields_show (InbDetailFields     *self,
                        const InbLeadDetail *detail)
{
  const char *lead_id;
  const char *contact_id;

  g_return_if_fail (INB_IS_DETAIL_FIELDS (self) && detail != NULL);

  lead_id = detail->lead != NULL ? inb_row_get_key (detail->lead) : NULL;
  contact_id = detail->contact != NULL ? inb_row_get_key (detail->contact) : NULL;
  if (g_strcmp0 (self->lead_id, lead_id) != 0 || g_strcmp0 (self->contact_id, contact_id) != 0)
    for (guint i = 0; i < self->rows->len; i++)
      inb_field_row_cancel (g_ptr_array_index (self->rows, i));
  g_free (self->lead_id);
  self->lead_id = g_strdup (lead_id);
  g_free (self->contact_id);
  self->contact_id = g_strdup (contact_id);
  gtk_widget_set_visible (GTK_WIDGET (self->show_empty),
                          inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, NULL));
  update_rows (self, detail);
  show_custom (self, detail);
}

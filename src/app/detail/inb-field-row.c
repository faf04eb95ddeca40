#define G_LOG_DOMAIN "inb-app"

#include "inb-field-row.h"

#include "inb-field-editor.h"
#include "inb-field-picker.h"

#include <glib/gi18n.h>

#define LABEL_CHARS 14

struct _InbFieldRow {
  AdwBin          parent_instance;

  /* Owned */
  InbSession     *session;
  char           *value;
  char           *shown;
  char           *reason;     /* why it is locked */
  char           *hint;

  /* Borrowed */
  const InbField *field;
  const char     *name;       /* translated */
  AdwBin         *place;      /* of the value or its editor */
  InbFieldEditor *editor;     /* NULL when it is not edited */
  GtkWidget      *button;     /* the value; NULL while it is edited, or locked */
  GtkWidget      *popover;    /* the last one; it outlives its closing, as its signals do */

  gboolean        is_locked;
};

enum {
  EDITED,
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbFieldRow, inb_field_row, ADW_TYPE_BIN)

static void show_value (InbFieldRow *self);

static gboolean
is_address (InbFieldRow *self)
{
  return self->field->look == INB_FIELD_LOOK_PHONE || self->field->look == INB_FIELD_LOOK_MAIL;
}

/* --- editing ------------------------------------------------------------------------------------------------------------ */

static void
tell_edited (InbFieldRow *self,
             const char  *value)
{
  g_autofree char *base = g_strdup (self->value);

  if (g_strcmp0 (base, value) != 0)
    g_signal_emit (self, signals[EDITED], 0, base, value);
}

static void
stop (InbFieldRow *self)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  self->editor = NULL;
  show_value (self);
  if (had_focus && self->button != NULL)
    gtk_widget_grab_focus (self->button);
}

static void
on_saved (InbFieldRow *self,
          const char  *value)
{
  g_autofree char *wanted = g_strdup (value);

  tell_edited (self, wanted);
  stop (self);
}

static void
on_picked (gpointer    owner,
           const char *value)
{
  tell_edited (owner, value);
}

/* GTK would give the keyboard to something else in the window, and scroll there. */
static void
take_focus (InbFieldRow *self)
{
  if (self->button != NULL)
    gtk_widget_grab_focus (self->button);
}

static void
open_picker (InbFieldRow *self)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = inb_field_picker_new (self->field, self->session, self->value, on_picked, self);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self->place));
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (take_focus), self, G_CONNECT_SWAPPED);
  /* Assistive technology opens it also where it is not scrolled to. */
  take_focus (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

static GtkWidget *
make_label (InbFieldRow *self)
{
  GtkWidget *label = gtk_label_new (self->shown != NULL ? self->shown : "–");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* A hyphen in a mail address would be copied along. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  if (self->shown == NULL)
    gtk_widget_add_css_class (label, "dim-label");

  return label;
}

static void
follow_link (InbFieldRow *self)
{
  g_autofree char *link = inb_field_text_make_link (self->field->look, self->value);

  if (link != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), link, GDK_CURRENT_TIME);
}

static void
copy (InbFieldRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->shown);
  g_signal_emit (self, signals[COPIED], 0, self->field->look == INB_FIELD_LOOK_MAIL ? _("Mail address copied")
                 : _("Phone number copied"));
}

static void
append_button (InbFieldRow *self,
               GtkBox      *box,
               const char  *icon,
               const char  *verb,
               GCallback    callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *name = g_strdup_printf ("%s: %s", verb, self->shown);

  gtk_widget_set_tooltip_text (button, verb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "field-action");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (box, button);
}

static void
append_buttons (InbFieldRow *self,
                GtkBox      *box)
{
  g_autofree char *link = self->value != NULL ? inb_field_text_make_link (self->field->look, self->value) : NULL;

  if (link == NULL || self->shown == NULL)
    return;
  if (self->field->look == INB_FIELD_LOOK_PHONE)
    append_button (self, box, "call-start-symbolic", _("Call"), G_CALLBACK (follow_link));
  else if (self->field->look == INB_FIELD_LOOK_MAIL)
    append_button (self, box, "mail-send-symbolic", _("Write a mail"), G_CALLBACK (follow_link));
  else
    append_button (self, box, "web-browser-symbolic", _("Open the page"), G_CALLBACK (follow_link));
  if (is_address (self))
    append_button (self, box, "edit-copy-symbolic", _("Copy"), G_CALLBACK (copy));
}

/* (transfer full) (nullable) */
static char *
make_tooltip (InbFieldRow *self)
{
  const char *can = self->is_locked ? self->reason : _("Edit");

  if (self->hint == NULL || can == NULL)
    return g_strdup (can != NULL ? can : self->hint);

  return g_strdup_printf ("%s\n%s", self->hint, can);
}

static GtkWidget *
make_value (InbFieldRow *self)
{
  GtkWidget *label = make_label (self);
  g_autofree char *tooltip = make_tooltip (self);
  g_autofree char *name = NULL;

  if (self->is_locked)
    {
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "field-value");
      gtk_widget_set_tooltip_text (label, tooltip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->name, -1);
      return label;
    }

  /* Translators: a field that can be edited, for screen readers: "Company: Acme, edit" */
  name = g_strdup_printf (_("%s: %s, edit"), self->name, self->shown != NULL ? self->shown : _("empty"));
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), label);
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_widget_set_tooltip_text (self->button, tooltip);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "field-value");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (inb_field_row_start), self, G_CONNECT_SWAPPED);

  return self->button;
}

static void
show_value (InbFieldRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gboolean had_focus = self->button != NULL && gtk_widget_has_focus (self->button);

  self->button = NULL;
  gtk_box_append (GTK_BOX (box), make_value (self));
  append_buttons (self, GTK_BOX (box));
  adw_bin_set_child (self->place, box);
  if (had_focus)
    take_focus (self);
}

static void
inb_field_row_dispose (GObject *object)
{
  g_clear_pointer (&INB_FIELD_ROW (object)->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (inb_field_row_parent_class)->dispose (object);
}

static void
inb_field_row_finalize (GObject *object)
{
  InbFieldRow *self = INB_FIELD_ROW (object);

  g_clear_object (&self->session);
  g_free (self->value);
  g_free (self->shown);
  g_free (self->reason);
  g_free (self->hint);

  G_OBJECT_CLASS (inb_field_row_parent_class)->finalize (object);
}

static void
inb_field_row_class_init (InbFieldRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_field_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_field_row_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);
  signals[COPIED] = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
inb_field_row_init (InbFieldRow *self)
{
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_field_row_new:
 * @field: what it shows
 *
 * Returns: (transfer none): a floating widget, empty
 */
GtkWidget *
inb_field_row_new (const InbField *field,
                   InbSession     *session)
{
  InbFieldRow *self = g_object_new (INB_TYPE_FIELD_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label;

  self->field = field;
  self->name = _(field->label);
  self->session = g_object_ref (session);
  self->place = ADW_BIN (adw_bin_new ());
  label = gtk_label_new (self->name);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LABEL_CHARS);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "field-label");
  gtk_widget_set_hexpand (GTK_WIDGET (self->place), TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->place));
  adw_bin_set_child (ADW_BIN (self), box);
  show_value (self);

  return GTK_WIDGET (self);
}

const InbField *
inb_field_row_get_field (InbFieldRow *self)
{
  g_return_val_if_fail (INB_IS_FIELD_ROW (self), NULL);

  return self->field;
}

static void
note_change (InbFieldRow *self)
{
  /* Translators: while the user edits a field, somebody else changed it to that */
  g_autofree char *note = g_strdup_printf (_("Somebody else changed it to: %s"), self->shown != NULL ? self->shown : "–");

  inb_field_editor_set_note (self->editor, note);
}

void
inb_field_row_set_value (InbFieldRow *self,
                         const char  *value,
                         const char  *shown)
{
  g_return_if_fail (INB_IS_FIELD_ROW (self));

  if (g_strcmp0 (self->value, value) == 0 && g_strcmp0 (self->shown, shown) == 0)
    return;

  g_free (self->value);
  self->value = g_strdup (value);
  g_free (self->shown);
  self->shown = g_strdup (shown);
  if (self->editor != NULL)
    note_change (self);
  else
    show_value (self);
}

const char *
inb_field_row_get_shown (InbFieldRow *self)
{
  g_return_val_if_fail (INB_IS_FIELD_ROW (self), NULL);

  return self->shown;
}

void
inb_field_row_set_hint (InbFieldRow *self,
                        const char  *hint)
{
  g_return_if_fail (INB_IS_FIELD_ROW (self));

  if (g_strcmp0 (self->hint, hint) == 0)
    return;

  g_free (self->hint);
  self->hint = g_strdup (hint);
  if (self->editor == NULL)
    show_value (self);
}

void
inb_field_row_set_locked (InbFieldRow *self,
                          gboolean     is_locked,
                          const char  *reason)
{
  g_return_if_fail (INB_IS_FIELD_ROW (self));

  if (self->is_locked == is_locked && g_strcmp0 (self->reason, reason) == 0)
    return;

  self->is_locked = is_locked;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  if (self->editor != NULL)
    inb_field_editor_set_refusal (self->editor, is_locked ? reason : NULL);
  else
    show_value (self);
}

void
inb_field_row_start (InbFieldRow *self)
{
  g_autofree char *typed = NULL;

  g_return_if_fail (INB_IS_FIELD_ROW (self));

  if (self->is_locked || self->editor != NULL)
    return;
  if (inb_field_picker_has (self->field))
    {
      open_picker (self);
      return;
    }

  typed = inb_field_text_to_typed (self->field->kind, self->field->column, self->value);
  if (typed == NULL)
    return;
  self->editor = INB_FIELD_EDITOR (inb_field_editor_new (self->field->kind, self->field->column, self->name, typed));
  self->button = NULL;
  g_signal_connect_object (self->editor, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "cancelled", G_CALLBACK (stop), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->place, GTK_WIDGET (self->editor));
  inb_field_editor_focus (self->editor);
}

void
inb_field_row_cancel (InbFieldRow *self)
{
  g_return_if_fail (INB_IS_FIELD_ROW (self));

  if (self->editor != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->editor), "edit.cancel", NULL);
}

gboolean
inb_field_row_is_edited (InbFieldRow *self)
{
  g_return_val_if_fail (INB_IS_FIELD_ROW (self), FALSE);

  return self->editor != NULL;
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-field-editor.h"

#include "inb-accessible.h"
#include "inb-field-value.h"

#include <glib/gi18n.h>

#define TEXT_HEIGHT 96 /* pixels */

struct _InbFieldEditor {
  AdwBin       parent_instance;

  /* Owned */
  char        *typed;     /* what it began with */

  /* Borrowed: children */
  GtkEntry    *entry;     /* or */
  GtkTextView *view;
  GtkLabel    *problem;
  GtkLabel    *note;
  GtkLabel    *refusal;
  GtkWidget   *save_button;

  InbKind      kind;
  guint        column;
  gboolean     is_over;   /* saved or cancelled */
};

enum {
  SAVED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbFieldEditor, inb_field_editor, ADW_TYPE_BIN)

static GtkWidget *
get_input (InbFieldEditor *self)
{
  return self->entry != NULL ? GTK_WIDGET (self->entry) : GTK_WIDGET (self->view);
}

static char *
dup_text (InbFieldEditor *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;
  GtkTextIter end;

  if (self->entry != NULL)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
check (InbFieldEditor  *self,
       char           **clean)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *problem = NULL;
  gboolean valid = inb_field_text_parse (self->kind, self->column, text, clean, &problem);

  gtk_label_set_text (self->problem, valid ? "" : problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), !valid);
  gtk_accessible_update_state (GTK_ACCESSIBLE (get_input (self)), GTK_ACCESSIBLE_STATE_INVALID,
                               valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (valid)
    gtk_widget_remove_css_class (get_input (self), "error");
  else
    gtk_widget_add_css_class (get_input (self), "error");

  return valid;
}

static void
cancel (InbFieldEditor *self)
{
  if (self->is_over)
    return;

  self->is_over = TRUE;
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
save (InbFieldEditor *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *clean = NULL;

  if (self->is_over || !gtk_widget_get_sensitive (self->save_button))
    return;
  if (g_strcmp0 (text, self->typed) == 0)
    {
      cancel (self);
      return;
    }
  if (!check (self, &clean))
    return;

  self->is_over = TRUE;
  g_signal_emit (self, signals[SAVED], 0, clean);
}

/* What was valid until here may be on its way to be: nobody is scolded while typing, only freed of the scolding. */
static void
on_changed (InbFieldEditor *self)
{
  g_autofree char *clean = NULL;

  if (gtk_widget_get_visible (GTK_WIDGET (self->problem)))
    check (self, &clean);
}

static void
on_focus_left (InbFieldEditor *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  /* Another window in front is no reason. */
  if (gtk_widget_get_root (widget) != NULL && gtk_window_is_active (GTK_WINDOW (gtk_widget_get_root (widget))))
    save (self);
}

static gboolean
on_key_pressed (InbFieldEditor  *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  gboolean is_enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;

  if (!is_enter || (self->entry == NULL && (state & GDK_CONTROL_MASK) == 0))
    return GDK_EVENT_PROPAGATE;

  save (self);

  return GDK_EVENT_STOP;
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  cancel (INB_FIELD_EDITOR (widget));
}

static void
inb_field_editor_finalize (GObject *object)
{
  g_free (INB_FIELD_EDITOR (object)->typed);

  G_OBJECT_CLASS (inb_field_editor_parent_class)->finalize (object);
}

static void
inb_field_editor_class_init (InbFieldEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_field_editor_finalize;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                     0);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "edit.cancel", NULL, cancel_action);
}

static void
inb_field_editor_init (InbFieldEditor *self)
{
}

static GtkWidget *
make_entry (InbFieldEditor *self)
{
  InbType type = inb_kind_get_columns (self->kind, NULL)[self->column].type;

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->typed);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 8);
  gtk_entry_set_input_purpose (self->entry, type == INB_TYPE_INTEGER || type == INB_TYPE_MONEY ? GTK_INPUT_PURPOSE_NUMBER
                               : GTK_INPUT_PURPOSE_FREE_FORM);
  if (type == INB_TYPE_DATE)
    gtk_entry_set_placeholder_text (self->entry, "2026-11-22");
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self->entry);
}

static GtkWidget *
make_view (InbFieldEditor *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer;

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_set_text (buffer, self->typed, -1);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), TEXT_HEIGHT);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "text-editor");
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);

  return scroller;
}

static GtkWidget *
make_buttons (InbFieldEditor *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *cancel_button = gtk_button_new_with_label (_("Cancel"));

  self->save_button = gtk_button_new_with_label (_("Save"));
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  gtk_widget_set_tooltip_text (self->save_button, self->entry != NULL ? _("Enter") : _("Ctrl+Enter"));
  gtk_box_append (GTK_BOX (box), cancel_button);
  gtk_box_append (GTK_BOX (box), self->save_button);
  g_signal_connect_object (cancel_button, "clicked", G_CALLBACK (cancel), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->save_button, "clicked", G_CALLBACK (save), self, G_CONNECT_SWAPPED);

  return box;
}

static GtkLabel *
append_label (GtkBox     *box,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (box, label);

  return GTK_LABEL (label);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_field_editor_new:
 * @typed: what is to be edited, as inb_field_text_to_typed() has it
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_field_editor_new (InbKind     kind,
                      guint       column,
                      const char *name,
                      const char *typed)
{
  InbFieldEditor *self = g_object_new (INB_TYPE_FIELD_EDITOR, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  gboolean is_long = inb_kind_get_columns (kind, NULL)[column].type == INB_TYPE_TEXT &&
                     inb_field_get_max_chars (kind, column) == INB_FIELD_MAX_TEXT;

  self->kind = kind;
  self->column = column;
  self->typed = g_strdup (typed);
  gtk_box_append (GTK_BOX (box), is_long ? make_view (self) : make_entry (self));
  self->problem = append_label (GTK_BOX (box), "error");
  self->note = append_label (GTK_BOX (box), "warning");
  self->refusal = append_label (GTK_BOX (box), "error");
  gtk_box_append (GTK_BOX (box), make_buttons (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_input (self)), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (get_input (self), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  return GTK_WIDGET (self);
}

void
inb_field_editor_set_note (InbFieldEditor *self,
                           const char     *note)
{
  g_return_if_fail (INB_IS_FIELD_EDITOR (self));

  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

void
inb_field_editor_set_refusal (InbFieldEditor *self,
                              const char     *reason)
{
  g_autofree char *text = NULL;

  g_return_if_fail (INB_IS_FIELD_EDITOR (self));

  /* Translators: while the user edits, the right to was taken away; %s: "Viewers can only read; agents can edit" */
  if (reason != NULL)
    text = g_strdup_printf (_("You cannot save this any more. %s. What you typed can still be copied."), reason);
  gtk_label_set_text (self->refusal, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->refusal), text != NULL);
  gtk_widget_set_sensitive (self->save_button, text == NULL);
}

void
inb_field_editor_focus (InbFieldEditor *self)
{
  g_return_if_fail (INB_IS_FIELD_EDITOR (self));

  gtk_widget_grab_focus (get_input (self));
}

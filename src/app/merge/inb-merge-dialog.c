#define G_LOG_DOMAIN "inb-app"

#include "inb-merge-dialog.h"

#include "inb-accessible.h"
#include "inb-contact-text.h"
#include "inb-field-text.h"
#include "inb-layout-bin.h"
#include "inb-merge-effect.h"
#include "inb-merge-row.h"
#include "inb-time.h"
#include "inb-value.h"

#include <glib/gi18n.h>

#define WIDTH 720
#define HEIGHT 640
#define LEAST_WIDTH 360

struct _InbMergeDialog {
  AdwWindow      parent_instance;

  /* Template */
  InbLayoutBin  *layout;
  GtkRevealer   *bar;
  GtkLabel      *problem;
  GtkWidget     *merge;
  AdwBin        *stay_slot;
  GtkBox        *choices;
  GtkExpander   *same;
  GtkBox        *same_fields;
  GtkLabel      *warning;
  GtkLabel      *effect;

  /* Owned */
  InbSession    *session;
  GCancellable  *cancellable;
  GStrv          ids;
  GPtrArray     *shares;      /* (element-type InbContactShare); NULL until they were read */
  InbMergePlan  *plan;
  char          *failure;     /* why it could not be kept */

  gboolean       was_changed; /* by somebody else, while it was open */
  gboolean       is_gone;     /* one of the contacts */
  gboolean       is_merging;
  gboolean       loading;
  gboolean       dirty;
};

G_DEFINE_FINAL_TYPE (InbMergeDialog, inb_merge_dialog, ADW_TYPE_WINDOW)

static void load (InbMergeDialog *self);

/* --- what keeps it from being done -------------------------------------------------------------------------------------- */

static void
update (InbMergeDialog *self)
{
  const char *reason = NULL;
  gboolean may = inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_MERGE, &reason);
  const char *problem = self->is_gone ? _("One of these contacts is not there any more: it was deleted, erased or merged meanwhile")
                        : !may ? reason
                        : self->failure != NULL ? self->failure
                        : self->was_changed ? _("Somebody else has changed one of these contacts meanwhile: look again") : NULL;

  if (problem != NULL)
    gtk_label_set_text (self->problem, problem);
  gtk_revealer_set_reveal_child (self->bar, problem != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.apply", may && !self->is_gone && !self->is_merging && self->plan != NULL);
  gtk_widget_set_tooltip_text (self->merge, may ? NULL : reason);
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

static void
set_label (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_effect (InbMergeDialog *self)
{
  g_autofree char *effect = inb_merge_effect_describe (self->plan, self->shares);
  g_autofree char *warning = inb_merge_effect_warn (self->shares);

  set_label (self->effect, effect);
  set_label (self->warning, warning);
}

static gboolean
is_narrow (InbMergeDialog *self)
{
  return inb_layout_bin_get_layout (self->layout) == INB_LAYOUT_NARROW || self->shares->len > 3;
}

static GPtrArray *
list_names (InbMergeDialog *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->shares->len; i++)
    g_ptr_array_add (names, inb_contact_text_dup_name (((InbContactShare *) g_ptr_array_index (self->shares, i))->contact));
  g_ptr_array_add (names, NULL);

  return names;
}

static void
on_field_chosen (InbMergeDialog *self,
                 guint           contact,
                 GtkWidget      *row)
{
  inb_merge_plan_choose (self->plan, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "column")), contact);
}

static void
append_choice (InbMergeDialog      *self,
               const InbMergeField *field,
               const char * const  *names)
{
  InbFieldContext context = inb_field_context_get (self->session, NULL);
  g_autofree char *label = inb_field_table_dup_label (INB_KIND_CONTACT, field->column);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  const char *caption = NULL;
  GtkWidget *row;

  for (guint i = 0; i < self->shares->len; i++)
    {
      const InbContactShare *share = g_ptr_array_index (self->shares, i);

      g_ptr_array_add (values, inb_field_text_describe (INB_KIND_CONTACT, field->column, inb_row_get (share->contact, field->column),
                                                        &context));
    }
  if (field->column == INB_CONTACT_CRM_ID)
    caption = _("Only one CRM id can stay: messages with another one will find this contact by phone or mail only.");
  row = inb_merge_row_new (label, caption, names, (const char * const *) values->pdata, FALSE);
  inb_merge_row_set_chosen (INB_MERGE_ROW (row), field->chosen);
  inb_merge_row_set_narrow (INB_MERGE_ROW (row), is_narrow (self));
  g_object_set_data (G_OBJECT (row), "column", GUINT_TO_POINTER (field->column));
  g_signal_connect_object (row, "chosen", G_CALLBACK (on_field_chosen), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->choices, row);
}

static void
append_same (InbMergeDialog      *self,
             const InbMergeField *field)
{
  InbFieldContext context = inb_field_context_get (self->session, NULL);
  g_autofree char *label = inb_field_table_dup_label (INB_KIND_CONTACT, field->column);
  g_autofree char *value = inb_merge_plan_dup_value (self->plan, field->column);
  g_autofree char *text = inb_field_text_describe (INB_KIND_CONTACT, field->column, value, &context);
  g_autofree char *line = NULL;
  GtkWidget *widget;

  if (text == NULL)
    return;

  line = g_strdup_printf (_("%s: %s"), label, text);
  widget = gtk_label_new (line);
  gtk_label_set_xalign (GTK_LABEL (widget), 0);
  gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (self->same_fields, widget);
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
show_fields (InbMergeDialog *self)
{
  g_autoptr (GPtrArray) names = list_names (self);
  guint n_fields, n_same = 0;
  const InbMergeField *fields = inb_merge_plan_get_fields (self->plan, &n_fields);
  g_autofree char *title = NULL;

  empty (self->choices);
  empty (self->same_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].state == INB_MERGE_CHOICE)
        append_choice (self, &fields[i], (const char * const *) names->pdata);
      else
        append_same (self, &fields[i]);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->same_fields)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_same++;
  title = g_strdup_printf (ngettext ("%u field that needs no choice", "%u fields that need no choice", n_same), n_same);
  gtk_expander_set_label (self->same, title);
  gtk_widget_set_visible (GTK_WIDGET (self->same), n_same > 0);
  show_effect (self);
}

static void
on_target_chosen (InbMergeDialog *self,
                  guint           contact)
{
  guint n_fields;
  const InbMergeField *fields;

  inb_merge_plan_set_target (self->plan, contact);
  fields = inb_merge_plan_get_fields (self->plan, &n_fields);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "column"));

      inb_merge_row_set_chosen (INB_MERGE_ROW (row), inb_merge_plan_find (self->plan, column)->chosen);
    }
  empty (self->same_fields);
  for (guint i = 0; i < n_fields; i++)
    if (fields[i].state != INB_MERGE_CHOICE)
      append_same (self, &fields[i]);
  show_effect (self);
}

static void
show_target (InbMergeDialog *self)
{
  g_autoptr (GPtrArray) names = list_names (self);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  GTimeZone *zone = inb_clock_get_timezone (inb_session_get_clock (self->session));
  gboolean is_first = adw_bin_get_child (self->stay_slot) == NULL;
  GtkWidget *row;

  for (guint i = 0; i < self->shares->len; i++)
    {
      g_autofree char *about = inb_merge_effect_introduce (g_ptr_array_index (self->shares, i), zone, inb_time_now ());

      g_ptr_array_add (people, g_strdup_printf ("%s\n%s", (const char *) g_ptr_array_index (names, i), about));
    }
  row = inb_merge_row_new (_("Stays"), NULL, (const char * const *) names->pdata, (const char * const *) people->pdata, TRUE);
  gtk_widget_add_css_class (row, "merge-stays");
  inb_merge_row_set_chosen (INB_MERGE_ROW (row), inb_merge_plan_get_target (self->plan));
  inb_merge_row_set_narrow (INB_MERGE_ROW (row), is_narrow (self));
  g_signal_connect_object (row, "chosen", G_CALLBACK (on_target_chosen), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->stay_slot, row);
  if (is_first)
    inb_merge_row_focus (INB_MERGE_ROW (row));
}

static void
on_layout_changed (InbMergeDialog *self)
{
  GtkWidget *stays = adw_bin_get_child (self->stay_slot);

  if (self->shares == NULL || stays == NULL)
    return;

  inb_merge_row_set_narrow (INB_MERGE_ROW (stays), is_narrow (self));
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); row != NULL; row = gtk_widget_get_next_sibling (row))
    inb_merge_row_set_narrow (INB_MERGE_ROW (row), is_narrow (self));
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */

static gboolean
is_there (GPtrArray *shares)
{
  for (guint i = 0; i < shares->len; i++)
    {
      const InbContactShare *share = g_ptr_array_index (shares, i);

      if (share == NULL || inb_row_get (share->contact, INB_CONTACT_DELETED_AT) != NULL)
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
list_contacts (GPtrArray *shares)
{
  GPtrArray *contacts = g_ptr_array_new ();

  for (guint i = 0; i < shares->len; i++)
    g_ptr_array_add (contacts, ((InbContactShare *) g_ptr_array_index (shares, i))->contact);

  return contacts;
}

/* What the plan decides on; what belongs to the contacts may have changed all the same. */
static gboolean
has_same_fields (GPtrArray *shares,
                 GPtrArray *others)
{
  guint n_columns;
  const InbColumn *columns = inb_kind_get_columns (INB_KIND_CONTACT, &n_columns);

  for (guint i = 0; i < shares->len; i++)
    {
      const InbContactShare *share = g_ptr_array_index (shares, i);
      const InbContactShare *other = g_ptr_array_index (others, i);

      for (guint j = 0; j < n_columns; j++)
        {
          if ((columns[j].flags & INB_COLUMN_EDITABLE) != 0 &&
              !inb_column_equal (INB_KIND_CONTACT, j, inb_row_get (share->contact, j), inb_row_get (other->contact, j)))
            return FALSE;
        }
    }

  return TRUE;
}

/* @shares: (transfer full) */
static void
take_shares (InbMergeDialog *self,
             GPtrArray      *shares)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->shares);
  g_autoptr (InbMergePlan) plan = NULL;
  g_autoptr (GPtrArray) contacts = list_contacts (shares);

  self->shares = shares;
  if (before != NULL && has_same_fields (shares, before))
    {
      show_effect (self);
      return;
    }

  plan = inb_merge_plan_new (contacts, before == NULL ? inb_merge_plan_suggest (shares) : inb_merge_plan_get_target (self->plan));
  if (self->plan != NULL)
    inb_merge_plan_take_decisions (plan, self->plan);
  self->was_changed = before != NULL;
  g_clear_pointer (&self->plan, inb_merge_plan_free);
  self->plan = g_steal_pointer (&plan);
  show_target (self);
  show_fields (self);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbMergeDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shares = inb_replica_get_shares_finish (INB_REPLICA (source), result, &error);

  self->loading = FALSE;
  /* What a merge under way does to them is nobody else's change. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->is_merging)
    return;

  if (shares == NULL)
    {
      g_free (self->failure);
      self->failure = inb_edits_describe_error (inb_session_get_edits (self->session), error);
    }
  else
    {
      self->is_gone = !is_there (shares);
      if (!self->is_gone)
        take_shares (self, g_steal_pointer (&shares));
    }
  update (self);
  if (self->dirty)
    load (self);
}

static void
load (InbMergeDialog *self)
{
  self->dirty = self->loading;
  if (self->loading || self->is_merging)
    return;

  self->loading = TRUE;
  inb_replica_get_shares_async (inb_session_get_replica (self->session), (const char * const *) self->ids, self->cancellable, on_read,
                                g_object_ref (self));
}

/* --- doing it ----------------------------------------------------------------------------------------------------------- */

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbMergeDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_edits_do_finish (INB_EDITS (source), result, &error);

  if (group != NULL || self->session == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  self->is_merging = FALSE;
  g_free (self->failure);
  self->failure = inb_edits_describe_error (INB_EDITS (source), error);
  update (self);
  load (self);
}

static void
apply (GtkWidget  *widget,
       const char *action_name,
       GVariant   *parameter)
{
  InbMergeDialog *self = INB_MERGE_DIALOG (widget);
  GPtrArray *contacts = inb_merge_plan_get_contacts (self->plan);
  g_autofree char *name = inb_contact_text_dup_name (g_ptr_array_index (contacts, inb_merge_plan_get_target (self->plan)));
  /* Translators: what undo takes back */
  g_autofree char *label = g_strdup_printf (_("Contacts merged: %s"), name);
  g_autoptr (InbEdit) edit = inb_merge_plan_make_edit (self->plan, label, inb_time_now ());

  self->is_merging = TRUE;
  g_clear_pointer (&self->failure, g_free);
  update (self);
  inb_edits_do_async (inb_session_get_edits (self->session), edit, FALSE, on_kept, g_object_ref (self));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_merge_dialog_dispose (GObject *object)
{
  InbMergeDialog *self = INB_MERGE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_merge_dialog_parent_class)->dispose (object);
}

static void
inb_merge_dialog_finalize (GObject *object)
{
  InbMergeDialog *self = INB_MERGE_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  g_clear_pointer (&self->plan, inb_merge_plan_free);
  g_strfreev (self->ids);
  g_free (self->failure);

  G_OBJECT_CLASS (inb_merge_dialog_parent_class)->finalize (object);
}

static void
inb_merge_dialog_class_init (InbMergeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_merge_dialog_dispose;
  object_class->finalize = inb_merge_dialog_finalize;

  g_type_ensure (INB_TYPE_LAYOUT_BIN);
  gtk_widget_class_install_action (widget_class, "merge.apply", NULL, apply);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "merge.apply", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, layout);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, merge);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, stay_slot);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, same);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, same_fields);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, InbMergeDialog, effect);
}

static void
inb_merge_dialog_init (InbMergeDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_revealer (self->bar);
  set_label (self->warning, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->same), FALSE);
  g_signal_connect_object (self->layout, "layout-changed", G_CALLBACK (on_layout_changed), self, G_CONNECT_SWAPPED);
}

/* A dialog on a dialog has the room of the window below. */
static int
get_room (GtkWindow *window)
{
  while (gtk_window_get_transient_for (window) != NULL)
    window = gtk_window_get_transient_for (window);

  return gtk_widget_get_width (GTK_WIDGET (window));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_merge_dialog_new:
 * @contact_ids: (array zero-terminated=1): two or more
 *
 * Returns: (transfer none): a window that GTK owns
 */
GtkWidget *
inb_merge_dialog_new (GtkWindow           *parent,
                      InbSession          *session,
                      const char * const  *contact_ids)
{
  InbMergeDialog *self;

  g_return_val_if_fail (INB_IS_SESSION (session) && g_strv_length ((char **) contact_ids) > 1, NULL);

  self = g_object_new (INB_TYPE_MERGE_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->ids = g_strdupv ((char **) contact_ids);
  gtk_window_set_default_size (GTK_WINDOW (self), CLAMP (get_room (parent), LEAST_WIDTH, WIDTH), HEIGHT);
  g_signal_connect_object (inb_session_get_replica (session), "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  load (self);

  return GTK_WIDGET (self);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-merge-view.h"

#include "inb-contact-text.h"
#include "inb-field-text.h"
#include "inb-layout-bin.h"
#include "inb-merge-effect.h"
#include "inb-merge-row.h"
#include "inb-time.h"

#include <glib/gi18n.h>

#define MAX_BESIDE 3  /* more have no room beside each other in any window */

struct _InbMergeView {
  AdwBin        parent_instance;

  /* Template */
  InbLayoutBin *layout;
  AdwBin       *stay_slot;
  GtkBox       *choices;
  GtkExpander  *same;
  GtkBox       *same_fields;
  GtkLabel     *warning;
  GtkLabel     *effect;

  /* Owned */
  InbSession   *session;
  GPtrArray    *shares;  /* (element-type InbContactShare) */
  InbMergePlan *plan;
};

G_DEFINE_FINAL_TYPE (InbMergeView, inb_merge_view, ADW_TYPE_BIN)

/* --- rows --------------------------------------------------------------------------------------------------------------- */

typedef void (*DoRow) (InbMergeView *self,
                       InbMergeRow  *row);

static InbMergeRow *
get_stays (InbMergeView *self)
{
  return INB_MERGE_ROW (adw_bin_get_child (self->stay_slot));
}

static guint
get_column (InbMergeRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "column"));
}

/* Those of the fields. */
static void
for_each_row (InbMergeView *self,
              DoRow         do_row)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); row != NULL; row = gtk_widget_get_next_sibling (row))
    do_row (self, INB_MERGE_ROW (row));
}

static void
set_room (InbMergeView *self,
          InbMergeRow  *row)
{
  inb_merge_row_set_narrow (row, inb_layout_bin_get_layout (self->layout) == INB_LAYOUT_NARROW || self->shares->len > MAX_BESIDE);
}

static void
set_chosen (InbMergeView *self,
            InbMergeRow  *row)
{
  inb_merge_row_set_chosen (row, inb_merge_plan_find (self->plan, get_column (row))->chosen);
}

static void
on_layout_changed (InbMergeView *self)
{
  if (self->plan == NULL)
    return;

  set_room (self, get_stays (self));
  for_each_row (self, set_room);
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* (element-type utf8), NULL at its end */
static GPtrArray *
list_names (InbMergeView *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->shares->len; i++)
    g_ptr_array_add (names, inb_contact_text_dup_name (((InbContactShare *) g_ptr_array_index (self->shares, i))->contact));
  g_ptr_array_add (names, NULL);

  return names;
}

/* --- what follows from the choices -------------------------------------------------------------------------------------- */

static void
set_label (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_effect (InbMergeView *self)
{
  g_autofree char *effect = inb_merge_effect_describe (self->plan, self->shares);
  g_autofree char *warning = inb_merge_effect_warn (self->shares);

  set_label (self->effect, effect);
  set_label (self->warning, warning);
}

/* FALSE = there is nothing to say of it. */
static gboolean
append_same (InbMergeView        *self,
             const InbMergeField *field)
{
  InbFieldContext context = inb_field_context_get (self->session, NULL);
  g_autofree char *label = inb_field_table_dup_label (INB_KIND_CONTACT, field->column);
  g_autofree char *value = inb_merge_plan_dup_value (self->plan, field->column);
  g_autofree char *text = inb_field_text_describe (INB_KIND_CONTACT, field->column, value, &context);
  g_autofree char *line = NULL;
  GtkWidget *widget;

  if (text == NULL)
    return FALSE;

  line = g_strdup_printf (_("%s: %s"), label, text);
  widget = gtk_label_new (line);
  gtk_label_set_xalign (GTK_LABEL (widget), 0);
  gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
  gtk_box_append (self->same_fields, widget);

  return TRUE;
}

/* United ones begin with what the one that stays has. */
static void
show_same (InbMergeView *self)
{
  guint n_fields, n_same = 0;
  const InbMergeField *fields = inb_merge_plan_get_fields (self->plan, &n_fields);
  g_autofree char *title = NULL;

  empty (self->same_fields);
  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].state != INB_MERGE_CHOICE && append_same (self, &fields[i]))
        n_same++;
    }
  title = g_strdup_printf (ngettext ("%u field that needs no choice", "%u fields that need no choice", n_same), n_same);
  gtk_expander_set_label (self->same, title);
  gtk_widget_set_visible (GTK_WIDGET (self->same), n_same > 0);
}

/* --- choices ------------------------------------------------------------------------------------------------------------ */

static void
on_target_chosen (InbMergeView *self,
                  guint         contact)
{
  inb_merge_plan_set_target (self->plan, contact);
  for_each_row (self, set_chosen);
  show_same (self);
  show_effect (self);
}

static void
show_target (InbMergeView *self)
{
  g_autoptr (GPtrArray) names = list_names (self);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  GTimeZone *zone = inb_clock_get_timezone (inb_session_get_clock (self->session));
  GtkWidget *row;

  for (guint i = 0; i < self->shares->len; i++)
    {
      g_autofree char *about = inb_merge_effect_introduce (g_ptr_array_index (self->shares, i), zone, inb_time_now ());

      g_ptr_array_add (people, g_strdup_printf ("%s\n%s", (const char *) g_ptr_array_index (names, i), about));
    }
  row = inb_merge_row_new (_("Stays"), NULL, (const char * const *) names->pdata, (const char * const *) people->pdata, TRUE);
  gtk_widget_add_css_class (row, "merge-stays");
  inb_merge_row_set_chosen (INB_MERGE_ROW (row), inb_merge_plan_get_target (self->plan));
  set_room (self, INB_MERGE_ROW (row));
  g_signal_connect_object (row, "chosen", G_CALLBACK (on_target_chosen), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->stay_slot, row);
}

static void
on_field_chosen (InbMergeView *self,
                 guint         contact,
                 InbMergeRow  *row)
{
  inb_merge_plan_choose (self->plan, get_column (row), contact);
}

static void
append_choice (InbMergeView        *self,
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
  g_object_set_data (G_OBJECT (row), "column", GUINT_TO_POINTER (field->column));
  set_chosen (self, INB_MERGE_ROW (row));
  set_room (self, INB_MERGE_ROW (row));
  g_signal_connect_object (row, "chosen", G_CALLBACK (on_field_chosen), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->choices, row);
}

static void
show_choices (InbMergeView *self)
{
  g_autoptr (GPtrArray) names = list_names (self);
  guint n_fields;
  const InbMergeField *fields = inb_merge_plan_get_fields (self->plan, &n_fields);

  empty (self->choices);
  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].state == INB_MERGE_CHOICE)
        append_choice (self, &fields[i], (const char * const *) names->pdata);
    }
}

/* --- the keyboard ------------------------------------------------------------------------------------------------------- */

/* The row that it is on, or NULL. */
static InbMergeRow *
get_focused (InbMergeView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL ? (InbMergeRow *) gtk_widget_get_ancestor (focus, INB_TYPE_MERGE_ROW) : NULL;
}

/* To the field that it was on; to who stays when that is no choice any more. */
static void
focus_column (InbMergeView *self,
              guint         column)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (get_column (INB_MERGE_ROW (row)) == column)
        {
          gtk_widget_grab_focus (row);
          return;
        }
    }
  gtk_widget_grab_focus (GTK_WIDGET (get_stays (self)));
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_merge_view_finalize (GObject *object)
{
  InbMergeView *self = INB_MERGE_VIEW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  g_clear_pointer (&self->plan, inb_merge_plan_free);

  G_OBJECT_CLASS (inb_merge_view_parent_class)->finalize (object);
}

static void
inb_merge_view_class_init (InbMergeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_merge_view_finalize;

  g_type_ensure (INB_TYPE_LAYOUT_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-merge-view.ui");
  gtk_widget_class_bind_template_child (widget_class, InbMergeView, layout);
  gtk_widget_class_bind_template_child (widget_class, InbMergeView, stay_slot);
  gtk_widget_class_bind_template_child (widget_class, InbMergeView, choices);
  gtk_widget_class_bind_template_child (widget_class, InbMergeView, same);
  gtk_widget_class_bind_template_child (widget_class, InbMergeView, same_fields);
  gtk_widget_class_bind_template_child (widget_class, InbMergeView, warning);
  gtk_widget_class_bind_template_child (widget_class, InbMergeView, effect);
}

static void
inb_merge_view_init (InbMergeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_label (self->warning, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->same), FALSE);
  g_signal_connect_object (self->layout, "layout-changed", G_CALLBACK (on_layout_changed), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

void
inb_merge_view_set_session (InbMergeView *self,
                            InbSession   *session)
{
  g_return_if_fail (INB_IS_MERGE_VIEW (self) && INB_IS_SESSION (session));

  g_set_object (&self->session, session);
}

/**
 * inb_merge_view_take_plan:
 *
 * The keyboard stays on the field that it is on; at first it goes to who stays.
 */
void
inb_merge_view_take_plan (InbMergeView *self,
                          InbMergePlan *plan,
                          GPtrArray    *shares)
{
  g_autoptr (InbMergePlan) before = g_steal_pointer (&self->plan);
  InbMergeRow *focused = get_focused (self);
  gboolean takes_focus = before == NULL || focused != NULL;
  guint column = focused != NULL && focused != get_stays (self) ? get_column (focused) : G_MAXUINT;

  g_return_if_fail (INB_IS_MERGE_VIEW (self) && self->session != NULL && plan != NULL);

  if (before != NULL)
    inb_merge_plan_take_decisions (plan, before);
  self->plan = plan;
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  self->shares = g_ptr_array_ref (shares);
  show_target (self);
  show_choices (self);
  show_same (self);
  show_effect (self);
  if (takes_focus)
    focus_column (self, column);
}

void
inb_merge_view_set_shares (InbMergeView *self,
                           GPtrArray    *shares)
{
  g_return_if_fail (INB_IS_MERGE_VIEW (self) && self->plan != NULL && shares->len == self->shares->len);

  g_clear_pointer (&self->shares, g_ptr_array_unref);
  self->shares = g_ptr_array_ref (shares);
  show_effect (self);
}

const InbMergePlan *
inb_merge_view_get_plan (InbMergeView *self)
{
  g_return_val_if_fail (INB_IS_MERGE_VIEW (self), NULL);

  return self->plan;
}

GPtrArray *
inb_merge_view_get_shares (InbMergeView *self)
{
  g_return_val_if_fail (INB_IS_MERGE_VIEW (self), NULL);

  return self->shares;
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-filter-menu.h"

#include "inb-filter-text.h"
#include "inb-fold.h"
#include "inb-format.h"
#include "inb-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ROWS 200   /* more are found by their name */
#define FEW_VALUES 8   /* need no search */

/* One value of the field. */
typedef struct {
  char   *value;
  char   *name;
  char   *folded;   /* the name, for the search */
  gint64  leads;
} Choice;

struct _InbFilterMenu {
  AdwBin          parent_instance;

  /* Template */
  GtkMenuButton  *button;
  GtkPopover     *popover;
  GtkSearchEntry *search;
  GtkBox         *list;
  GtkLabel       *placeholder;
  GtkLabel       *more;
  GtkButton      *clear;

  /* Owned */
  InbSession     *session;
  GPtrArray      *choices;      /* (element-type Choice) */
  GCancellable   *cancellable;

  InbFilterField  field;
  gboolean        updating;     /* check buttons follow the filter, not the other way round */
};

G_DEFINE_FINAL_TYPE (InbFilterMenu, inb_filter_menu, ADW_TYPE_BIN)

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->value);
  g_free (choice->name);
  g_free (choice->folded);
  g_free (choice);
}

static void
add_choice (InbFilterMenu *self,
            const char    *value,
            gint64         leads)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->value = g_strdup (value);
  choice->name = inb_filter_text_get_value (self->session, self->field, value);
  choice->folded = inb_fold_text (choice->name);
  choice->leads = leads;
  g_ptr_array_add (self->choices, choice);
}

static gboolean
has_choice (InbFilterMenu *self,
            const char    *value)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i);

      if (strcmp (choice->value, value) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
on_toggled (InbFilterMenu  *self,
            GtkCheckButton *check)
{
  const Choice *choice = g_object_get_data (G_OBJECT (check), "choice");
  g_autoptr (InbLeadFilter) filter = NULL;

  if (self->updating)
    return;

  filter = inb_lead_filter_copy (inb_session_get_filter (self->session));
  if (inb_lead_filter_has_value (filter, self->field, choice->value) != gtk_check_button_get_active (check))
    inb_lead_filter_toggle_value (filter, self->field, choice->value);
  inb_session_set_filter (self->session, filter);
}

static GtkWidget *
make_check (InbFilterMenu *self,
            const Choice  *choice)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (choice->name);
  g_autofree char *count = inb_format_count (choice->leads);
  g_autofree char *spoken = g_strdup_printf (ngettext ("%s, %s lead", "%s, %s leads", (gulong) choice->leads), choice->name, count);
  GtkWidget *leads = gtk_label_new (count);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (leads, "dim-label");
  gtk_widget_add_css_class (leads, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), leads);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               inb_lead_filter_has_value (inb_session_get_filter (self->session), self->field, choice->value));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (check), "choice", (gpointer) choice);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);

  return check;
}

/* Before the choices that they stand for. */
static void
clear_list (InbFilterMenu *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
}

static void
fill_list (InbFilterMenu *self)
{
  g_autofree char *wanted = inb_fold_text (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  guint n_shown = 0;
  guint n_hidden = 0;

  clear_list (self);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i);

      if (*wanted != '\0' && strstr (choice->folded, wanted) == NULL)
        continue;
      if (n_shown++ < MAX_ROWS)
        gtk_box_append (self->list, make_check (self, choice));
      else
        n_hidden++;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), n_shown == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->search), self->choices->len > FEW_VALUES);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_hidden > 0);
  if (n_hidden > 0)
    {
      g_autofree char *count = inb_format_count (n_hidden);
      g_autofree char *text = g_strdup_printf (ngettext ("%s more: type to find it", "%s more: type to find them", n_hidden), count);

      gtk_label_set_text (self->more, text);
    }
}

static int
compare_stages (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const Choice *one = *(const Choice * const *) a;
  const Choice *other = *(const Choice * const *) b;
  InbStageSet *stages = user_data;
  const InbRow *row = inb_stage_set_find (stages, one->value);
  const InbRow *other_row = inb_stage_set_find (stages, other->value);
  gint64 position = row != NULL ? inb_row_get_integer (row, INB_STAGE_POSITION, G_MAXINT) : G_MAXINT;
  gint64 other_position = other_row != NULL ? inb_row_get_integer (other_row, INB_STAGE_POSITION, G_MAXINT) : G_MAXINT;

  return position < other_position ? -1 : position > other_position;
}

/* A pipeline is read from its start to its end, and every stage of it can be asked for. */
static void
complete_stages (InbFilterMenu *self)
{
  InbStageSet *stages = inb_session_get_stages (self->session);

  if (stages == NULL)
    return;

  for (guint i = 0; i < inb_stage_set_get_size (stages); i++)
    {
      const char *key = inb_row_get (inb_stage_set_get (stages, i), INB_STAGE_KEY);

      if (!has_choice (self, key))
        add_choice (self, key, 0);
    }
  g_ptr_array_sort_with_data (self->choices, compare_stages, stages);
}

static void
on_values (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbFilterMenu) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbValueCounts) counts = inb_replica_get_values_finish (INB_REPLICA (source), result, &error);
  const InbLeadFilter *filter;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  if (counts == NULL)
    {
      g_warning ("reading the values of a filter: %s", error->message);
      return;
    }

  clear_list (self);
  g_ptr_array_set_size (self->choices, 0);
  for (guint i = 0; i < counts->n_values; i++)
    add_choice (self, counts->values[i].name, counts->values[i].leads);
  filter = inb_session_get_filter (self->session);
  for (guint i = 0; filter->values[self->field] != NULL && filter->values[self->field][i] != NULL; i++)
    {
      if (!has_choice (self, filter->values[self->field][i]))
        add_choice (self, filter->values[self->field][i], 0);
    }
  if (self->field == INB_FILTER_STAGE)
    complete_stages (self);
  fill_list (self);
  /* There was nothing to give the keyboard to when the popover opened. */
  gtk_widget_child_focus (GTK_WIDGET (self->popover), GTK_DIR_TAB_FORWARD);
}

static void
load (InbFilterMenu *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  inb_replica_get_values_async (inb_session_get_replica (self->session), inb_session_get_filter (self->session), self->field,
                                inb_time_now (), self->cancellable, on_values, g_object_ref (self));
}

static void
on_shown (InbFilterMenu *self)
{
  if (self->session == NULL)
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  load (self);
}

static void
on_clear (InbFilterMenu *self)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_copy (inb_session_get_filter (self->session));

  inb_lead_filter_set_values (filter, self->field, NULL);
  inb_session_set_filter (self->session, filter);
}

static void
update_checks (InbFilterMenu *self)
{
  GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  self->updating = TRUE;
  for (; check != NULL; check = gtk_widget_get_next_sibling (check))
    {
      const Choice *choice = g_object_get_data (G_OBJECT (check), "choice");

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                   inb_lead_filter_has_value (inb_session_get_filter (self->session), self->field,
                                                              choice->value));
    }
  self->updating = FALSE;
}

static void
on_filter_changed (InbFilterMenu *self)
{
  const InbLeadFilter *filter = inb_session_get_filter (self->session);
  guint n_values = filter->values[self->field] != NULL ? g_strv_length (filter->values[self->field]) : 0;
  const char *name = inb_filter_text_get_field (self->field);
  g_autofree char *label = n_values > 0 ? g_strdup_printf ("%s (%u)", name, n_values) : g_strdup (name);

  gtk_menu_button_set_label (self->button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->clear), n_values > 0);
  update_checks (self);
}

static void
inb_filter_menu_dispose (GObject *object)
{
  InbFilterMenu *self = INB_FILTER_MENU (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->choices, g_ptr_array_unref);

  G_OBJECT_CLASS (inb_filter_menu_parent_class)->dispose (object);
}

static void
inb_filter_menu_class_init (InbFilterMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_filter_menu_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-filter-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, InbFilterMenu, button);
  gtk_widget_class_bind_template_child (widget_class, InbFilterMenu, popover);
  gtk_widget_class_bind_template_child (widget_class, InbFilterMenu, search);
  gtk_widget_class_bind_template_child (widget_class, InbFilterMenu, list);
  gtk_widget_class_bind_template_child (widget_class, InbFilterMenu, placeholder);
  gtk_widget_class_bind_template_child (widget_class, InbFilterMenu, more);
  gtk_widget_class_bind_template_child (widget_class, InbFilterMenu, clear);
}

static void
inb_filter_menu_init (InbFilterMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->popover, "show", G_CALLBACK (on_shown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (fill_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->clear, "clicked", G_CALLBACK (on_clear), self, G_CONNECT_SWAPPED);
}

/**
 * inb_filter_menu_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_filter_menu_new (InbFilterField field)
{
  InbFilterMenu *self = g_object_new (INB_TYPE_FILTER_MENU, NULL);

  self->field = field;
  gtk_menu_button_set_label (self->button, inb_filter_text_get_field (field));

  return GTK_WIDGET (self);
}

/**
 * inb_filter_menu_set_session:
 * @session: (nullable): whose filter is changed
 */
void
inb_filter_menu_set_session (InbFilterMenu *self,
                             InbSession    *session)
{
  g_return_if_fail (INB_IS_FILTER_MENU (self));

  if (self->session == session)
    return;

  gtk_popover_popdown (self->popover);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "filter-changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  on_filter_changed (self);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-import-outcome-page.h"

#include "inb-format.h"
#include "inb-import-remedy.h"

#include <glib/gi18n.h>

#define MAX_SHOWN 50 /* lines; the file has them all */

static const struct {
  InbImportFigure  figure;
  const char      *title;
} written_figures[] = {
  { INB_IMPORT_CONTACTS_CREATED, N_("New contacts") },
  { INB_IMPORT_CONTACTS_UPDATED, N_("Changed contacts") },
  { INB_IMPORT_LEADS_CREATED, N_("New leads") },
  { INB_IMPORT_LEADS_UPDATED, N_("Changed leads") },
};

struct _InbImportOutcomePage {
  AdwBin               parent_instance;

  /* Template */
  AdwPreferencesGroup *written;
  AdwActionRow        *unchanged;
  AdwExpanderRow      *conflicts;
  AdwExpanderRow      *refused;
  GtkWidget           *undo;

  /* Owned */
  GPtrArray           *listed;    /* (element-type GtkWidget): rows of conflicts and refused */

  /* Borrowed: children */
  GtkLabel            *counts[INB_IMPORT_N_FIGURES];
};

G_DEFINE_FINAL_TYPE (InbImportOutcomePage, inb_import_outcome_page, ADW_TYPE_BIN)

static GtkLabel *
make_count (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "import-count");

  return GTK_LABEL (label);
}

static void
add_count (InbImportOutcomePage *self,
           AdwActionRow         *row,
           InbImportFigure       figure)
{
  self->counts[figure] = make_count ();
  adw_action_row_add_suffix (row, GTK_WIDGET (self->counts[figure]));
}

static void
add_figure (InbImportOutcomePage *self,
            InbImportFigure       figure,
            const char           *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  add_count (self, ADW_ACTION_ROW (row), figure);
  adw_preferences_group_add (self->written, row);
}

static void
show_count (InbImportOutcomePage   *self,
            const InbImportOutcome *outcome,
            InbImportFigure         figure)
{
  gint64 count = outcome->figures[figure];
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (self->counts[figure]), ADW_TYPE_PREFERENCES_ROW);
  g_autofree char *text = inb_format_count (count);

  gtk_label_set_text (self->counts[figure], text);
  /* "3 New contacts": the row's title is read behind it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (count == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->counts[figure]), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->counts[figure]), "dim-label");
}

/* Rows show what the expander above them is about: @title may be anything that stands in the file. */
static void
add_line (InbImportOutcomePage *self,
          AdwExpanderRow       *expander,
          const char           *title,
          const char           *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle, NULL);

  g_ptr_array_add (self->listed, row);
  adw_expander_row_add_row (expander, row);
}

static void
list_refusals (InbImportOutcomePage   *self,
               const InbImportOutcome *outcome)
{
  for (guint i = 0; i < MIN (outcome->refusals->len, MAX_SHOWN); i++)
    {
      const InbImportRefusal *refusal = g_ptr_array_index (outcome->refusals, i);
      g_autofree char *reason = NULL;
      g_autofree char *remedy = NULL;
      g_autofree char *title = NULL;

      inb_import_remedy_describe (refusal, &reason, &remedy);
      title = g_strdup_printf (_("Line %u: %s"), refusal->line, reason);
      add_line (self, self->refused, title, remedy);
    }
}

static void
list_conflicts (InbImportOutcomePage   *self,
                const InbImportOutcome *outcome)
{
  for (guint i = 0; i < MIN (outcome->conflicts->len, MAX_SHOWN); i++)
    {
      const InbImportConflict *conflict = g_ptr_array_index (outcome->conflicts, i);
      g_autofree char *title = g_strdup_printf (_("Line %u: %s"), conflict->line, conflict->value != NULL ? conflict->value : "");

      add_line (self, self->conflicts, title, _("Stays with the other contact"));
    }
}

static void
clear_lists (InbImportOutcomePage *self)
{
  for (guint i = 0; i < self->listed->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->listed, i);

      adw_expander_row_remove (ADW_EXPANDER_ROW (gtk_widget_get_ancestor (row, ADW_TYPE_EXPANDER_ROW)), row);
    }
  g_ptr_array_set_size (self->listed, 0);
}

static void
inb_import_outcome_page_finalize (GObject *object)
{
  g_clear_pointer (&INB_IMPORT_OUTCOME_PAGE (object)->listed, g_ptr_array_unref);

  G_OBJECT_CLASS (inb_import_outcome_page_parent_class)->finalize (object);
}

static void
inb_import_outcome_page_class_init (InbImportOutcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_import_outcome_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-import-outcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbImportOutcomePage, written);
  gtk_widget_class_bind_template_child (widget_class, InbImportOutcomePage, unchanged);
  gtk_widget_class_bind_template_child (widget_class, InbImportOutcomePage, conflicts);
  gtk_widget_class_bind_template_child (widget_class, InbImportOutcomePage, refused);
  gtk_widget_class_bind_template_child (widget_class, InbImportOutcomePage, undo);
}

static void
add_expander_count (InbImportOutcomePage *self,
                    AdwExpanderRow       *row,
                    InbImportFigure       figure)
{
  self->counts[figure] = make_count ();
  adw_expander_row_add_action (row, GTK_WIDGET (self->counts[figure]));
}

static void
inb_import_outcome_page_init (InbImportOutcomePage *self)
{
  self->listed = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (written_figures); i++)
    add_figure (self, written_figures[i].figure, _(written_figures[i].title));
  add_count (self, self->unchanged, INB_IMPORT_LINES_UNCHANGED);
  add_expander_count (self, self->conflicts, INB_IMPORT_LINES_CONFLICTING);
  add_expander_count (self, self->refused, INB_IMPORT_LINES_REFUSED);
}

/**
 * inb_import_outcome_page_show:
 * @outcome: of a trial, or of an import
 */
void
inb_import_outcome_page_show (InbImportOutcomePage *self,
                              InbImportOutcome     *outcome,
                              const char           *heading,
                              const char           *description,
                              gboolean              has_undo)
{
  gboolean has_conflicts;
  gboolean has_refusals;

  g_return_if_fail (INB_IS_IMPORT_OUTCOME_PAGE (self) && outcome != NULL);

  has_conflicts = outcome->figures[INB_IMPORT_LINES_CONFLICTING] > 0;
  has_refusals = outcome->figures[INB_IMPORT_LINES_REFUSED] > 0;
  adw_preferences_group_set_title (self->written, heading);
  adw_preferences_group_set_description (self->written, description);
  gtk_widget_set_visible (self->undo, has_undo);
  clear_lists (self);
  for (guint i = 0; i < INB_IMPORT_N_FIGURES; i++)
    show_count (self, outcome, (InbImportFigure) i);
  list_conflicts (self, outcome);
  list_refusals (self, outcome);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), has_conflicts);
  gtk_widget_set_visible (GTK_WIDGET (self->refused), has_refusals);
  adw_expander_row_set_expanded (self->conflicts, FALSE);
  adw_expander_row_set_expanded (self->refused, has_refusals);
}

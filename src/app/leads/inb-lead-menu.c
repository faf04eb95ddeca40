#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-menu.h"

#include "inb-format.h"

#include <glib/gi18n.h>

static void
append_copy (GMenu       *menu,
             const char  *label,
             InbLeadSort  column)
{
  g_autofree char *action = g_strconcat ("table.copy::", inb_lead_column_get_info (column)->key, NULL);

  g_menu_append (menu, label, action);
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)) > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* (transfer full) */
static GMenu *
make_change (gboolean contact)
{
  GMenu *change = g_menu_new ();

  if (!contact)
    {
      g_menu_append (change, _("_Assign…"), "table.edit::owner");
      g_menu_append (change, _("_Stage…"), "table.edit::stage");
      g_menu_append (change, _("_Temperature…"), "table.edit::temperature");
      g_menu_append (change, _("Ta_g…"), "table.edit::tag");
      g_menu_append (change, _("_Follow-Up…"), "table.edit::follow-up");
    }
  g_menu_append (change, _("_Delete"), "table.delete");

  return change;
}

/* Menus have no tooltips: what is meant, or why it is not offered, is the section's title. */
static void
append_change (GMenu      *menu,
               GMenu      *change,
               guint       n_selected,
               const char *refusal)
{
  g_autofree char *count = inb_format_count (n_selected);
  g_autofree char *title = n_selected > 0 ? g_strdup_printf (ngettext ("%s Selected Lead", "%s Selected Leads", n_selected), count)
                                          : NULL;

  g_menu_append_section (menu, refusal != NULL ? refusal : title, G_MENU_MODEL (change));
}

/**
 * inb_lead_menu_new_row:
 * @column: the cell that is meant, or %INB_N_LEAD_SORTS
 * @contact: whether the row is a contact without a lead
 * @n_selected: leads, which are what is changed, if there are any
 * @refusal: (nullable): why they cannot be changed
 * @no_export: (nullable): why leads cannot be exported
 *
 * Returns: (transfer full): what can be done with the current lead, or the selection
 */
GMenuModel *
inb_lead_menu_new_row (InbLeadSort  column,
                       gboolean     contact,
                       guint        n_selected,
                       const char  *refusal,
                       const char  *no_export)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) change = make_change (contact);
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) copy = g_menu_new ();
  g_autoptr (GMenu) filter = g_menu_new ();
  g_autoptr (GMenu) export = g_menu_new ();

  g_menu_append (open, _("_Open"), "table.open");
  append_section (menu, open);

  append_copy (copy, _("Copy _Name"), INB_LEAD_SORT_NAME);
  append_copy (copy, _("Copy _Phone"), INB_LEAD_SORT_PHONE);
  append_copy (copy, _("Copy _Mail"), INB_LEAD_SORT_EMAIL);
  if (column < INB_N_LEAD_SORTS)
    append_copy (copy, _("Copy _Cell"), column);
  g_menu_append (copy, _("Copy _Row as Text"), "table.copy-row");
  append_section (menu, copy);

  append_change (menu, change, n_selected, refusal);

  if (!contact)
    {
      g_menu_append (filter, _("Filter by This _Source"), "table.filter::source");
      g_menu_append (filter, _("Filter by This Pro_duct"), "table.filter::product");
      g_menu_append (filter, _("Filter by This S_tage"), "table.filter::stage");
      append_section (menu, filter);
    }

  g_menu_append (export, _("_Export Selection…"), "table.export-selection");
  g_menu_append_section (menu, no_export, G_MENU_MODEL (export));

  return G_MENU_MODEL (menu);
}

/**
 * inb_lead_menu_new_columns:
 * @contacts: whether the table shows contacts without a lead
 *
 * Returns: (transfer full): an item for each column that the rows can have, and one that resets them
 */
GMenuModel *
inb_lead_menu_new_columns (gboolean contacts)
{
  const InbLeadSort *order = inb_lead_column_get_order ();
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) columns = g_menu_new ();
  g_autoptr (GMenu) reset = g_menu_new ();

  for (guint i = 0; i < INB_N_LEAD_SORTS; i++)
    {
      const InbLeadColumnInfo *info = inb_lead_column_get_info (order[i]);
      g_autofree char *action = g_strconcat ("columns.", info->key, NULL);

      if (!contacts || info->of_contact)
        g_menu_append (columns, _(info->title), action);
    }
  append_section (menu, columns);
  g_menu_append (reset, _("_Reset"), "table.reset-columns");
  append_section (menu, reset);

  return G_MENU_MODEL (menu);
}

GMenuModel *
inb_lead_menu_new_table (gboolean    contacts,
                         const char *no_export)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) select = g_menu_new ();
  g_autoptr (GMenu) export = g_menu_new ();
  g_autoptr (GMenu) look = g_menu_new ();
  g_autoptr (GMenuModel) columns = inb_lead_menu_new_columns (contacts);

  g_menu_append_submenu (look, _("_Columns"), columns);
  append_section (menu, look);
  g_menu_append (select, _("Select _All"), "table.select-all");
  g_menu_append (select, _("C_lear Selection"), "table.clear-selection");
  append_section (menu, select);
  g_menu_append (export, _("_Export All…"), "table.export-view");
  g_menu_append (export, _("Export _Selection…"), "table.export-selection");
  g_menu_append_section (menu, no_export, G_MENU_MODEL (export));

  return G_MENU_MODEL (menu);
}

/* Actions are activated after the popover was closed: it must outlive that. */
static gboolean
on_unparent (gpointer user_data)
{
  gtk_widget_unparent (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_unparent, g_object_ref (popover), g_object_unref);
}

GtkWidget *
inb_lead_menu_pop_up (GtkWidget  *widget,
                      GMenuModel *model,
                      double      x,
                      double      y)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);
  GdkRectangle place = { (int) x, (int) y, 1, 1 };

  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));

  return popover;
}

/* The menus of the lead table: of a row, of the headers, and of the table as a whole. Their items name actions of the table. */
#pragma once

#include "inb-lead-column.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @column: what the pointer is on, or INB_N_LEAD_SORTS. @contact: a contact without a lead. @n_selected: what is changed instead of
 * that row. @refusal, @no_export: why it may not be changed or exported, or NULL. (transfer full) */
GMenuModel *inb_lead_menu_new_row     (InbLeadSort column,
                                       gboolean    contact,
                                       guint       n_selected,
                                       const char *refusal,
                                       const char *no_export);
/* Which columns are shown. (transfer full) */
GMenuModel *inb_lead_menu_new_columns (gboolean    contacts);
/* (transfer full) */
GMenuModel *inb_lead_menu_new_table   (gboolean    contacts,
                                       const char *no_export);
/* Shows @model at that place of @widget; it goes by itself when it was closed. (transfer none) */
GtkWidget  *inb_lead_menu_pop_up      (GtkWidget  *widget,
                                       GMenuModel *model,
                                       double      x,
                                       double      y);

G_END_DECLS

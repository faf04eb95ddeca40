#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-detail-pane-private.h"

#include "inb-accessible.h"
#include "inb-menu-remarks.h"
#include "inb-row-edit.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <glib/gi18n.h>

/* Of the menu. */
enum { CREATE_SECTION, EMPTY_SECTION, DELETE_SECTION };

static const char *
get_contact_id (InbLeadDetailPane *self)
{
  return self->detail != NULL && self->detail->contact != NULL ? inb_row_get_key (self->detail->contact) : NULL;
}

static void
do_edit (InbLeadDetailPane *self,
         InbEdit           *edit)
{
  inb_edits_do (inb_session_get_edits (self->session), edit);
}

static void
delete_lead (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbLeadDetailPane *self = INB_LEAD_DETAIL_PANE (widget);
  g_autofree char *name = inb_lead_detail_pane_dup_name (self);
  /* Translators: what undo takes back */
  g_autofree char *label = g_strdup_printf (_("Lead deleted: %s"), name);
  g_autoptr (InbEdit) edit = inb_row_edit_new_delete (INB_KIND_LEAD, inb_row_get_key (self->detail->lead), label);

  do_edit (self, edit);
}

static void
delete_contact (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  InbLeadDetailPane *self = INB_LEAD_DETAIL_PANE (widget);
  g_autofree char *name = inb_lead_detail_pane_dup_name (self);
  /* Translators: what undo takes back */
  g_autofree char *label = self->detail->n_leads == 0 ? g_strdup_printf (_("Contact deleted: %s"), name)
                           : g_strdup_printf (ngettext ("Contact deleted: %s, with %u lead", "Contact deleted: %s, with %u leads",
                                                        self->detail->n_leads),
                                              name, self->detail->n_leads);
  g_autoptr (InbEdit) edit = inb_row_edit_new_delete (INB_KIND_CONTACT, get_contact_id (self), label);

  do_edit (self, edit);
}

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GtkWidget) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_edits_do_finish (INB_EDITS (source), result, &error);
  g_autofree char *message = NULL;

  if (group != NULL)
    {
      gtk_widget_activate_action (self, "win.open-lead", "s", g_object_get_data (G_OBJECT (self), "created-lead"));
      return;
    }

  message = inb_edits_describe_error (INB_EDITS (source), error);
  g_signal_emit_by_name (source, "failed", message);
}

static void
create_lead (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  InbLeadDetailPane *self = INB_LEAD_DETAIL_PANE (widget);
  g_autofree char *name = inb_lead_detail_pane_dup_name (self);
  /* Translators: what undo takes back */
  g_autofree char *label = g_strdup_printf (_("Lead created: %s"), name);
  g_autofree char *id = inb_uuid_new_v7 ();
  g_autoptr (InbEdit) edit = inb_edit_new (label);
  g_autoptr (InbMutation) mutation = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_LEAD, id, inb_time_now ());

  inb_mutation_add_change (mutation, INB_LEAD_CONTACT_ID, NULL, get_contact_id (self));
  inb_edit_add (edit, mutation);
  g_object_set_data_full (G_OBJECT (self), "created-lead", g_steal_pointer (&id), g_free);
  inb_edits_do_async (inb_session_get_edits (self->session), edit, FALSE, on_created, g_object_ref (self));
}

void
inb_lead_detail_pane_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "detail.delete-lead", NULL, delete_lead);
  gtk_widget_class_install_action (widget_class, "detail.delete-contact", NULL, delete_contact);
  gtk_widget_class_install_action (widget_class, "detail.create-lead", NULL, create_lead);
  gtk_widget_class_install_property_action (widget_class, "detail.show-empty", "show-empty");
}

/* A contact's leads go with it: what is chosen says so. */
static void
update_delete_item (InbLeadDetailPane *self,
                    guint              n_leads)
{
  g_autofree char *label = n_leads == 0 ? g_strdup (_("Delete _Contact"))
                           : g_strdup_printf (ngettext ("Delete _Contact With Its %u Lead", "Delete _Contact With Its %u Leads",
                                                        n_leads), n_leads);
  int last = g_menu_model_get_n_items (G_MENU_MODEL (self->delete_section)) - 1;
  g_autofree char *before = NULL;

  g_menu_model_get_item_attribute (G_MENU_MODEL (self->delete_section), last, G_MENU_ATTRIBUTE_LABEL, "s", &before);
  if (g_strcmp0 (before, label) == 0)
    return;

  g_menu_remove (self->delete_section, last);
  g_menu_append (self->delete_section, label, "detail.delete-contact");
}

void
inb_lead_detail_pane_update_actions (InbLeadDetailPane *self)
{
  const char *reason;
  gboolean may = inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, &reason);
  gboolean has_lead = self->detail != NULL && self->detail->lead != NULL;
  gboolean has_contact = get_contact_id (self) != NULL;

  update_delete_item (self, self->detail != NULL ? self->detail->n_leads : 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "detail.delete-lead", may && has_lead);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "detail.delete-contact", may && has_contact);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "detail.create-lead", may && has_contact);
  inb_menu_remarks_set (self->more_menu, CREATE_SECTION, reason);
  inb_menu_remarks_set (self->more_menu, DELETE_SECTION, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->create_lead), has_contact && !has_lead);
  inb_accessible_set_reason (GTK_WIDGET (self->create_lead), reason);
}

/* --- by key ------------------------------------------------------------------------------------------------------------- */

void
inb_lead_detail_pane_open_stage (InbLeadDetailPane *self)
{
  g_return_if_fail (INB_IS_LEAD_DETAIL_PANE (self));

  if (self->detail != NULL && self->detail->lead != NULL)
    inb_detail_header_open_stage (self->header);
}

void
inb_lead_detail_pane_open_owner (InbLeadDetailPane *self)
{
  g_return_if_fail (INB_IS_LEAD_DETAIL_PANE (self));

  if (self->detail != NULL && self->detail->lead != NULL)
    inb_detail_header_open_owner (self->header);
}

void
inb_lead_detail_pane_write_note (InbLeadDetailPane *self)
{
  g_return_if_fail (INB_IS_LEAD_DETAIL_PANE (self));

  self->wants_note = self->id != NULL;
  if (self->detail != NULL)
    inb_lead_detail_pane_resume_note (self);
}

void
inb_lead_detail_pane_resume_note (InbLeadDetailPane *self)
{
  if (self->wants_note && inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, NULL))
    inb_composer_open (self->composer, INB_COMPOSER_NOTE);
  self->wants_note = FALSE;
}

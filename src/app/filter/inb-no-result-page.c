#define G_LOG_DOMAIN "inb-app"

#include "inb-no-result-page.h"

#include "inb-filter-text.h"

#include <glib/gi18n.h>

struct _InbNoResultPage {
  AdwBin         parent_instance;

  /* Template */
  AdwStatusPage *status;
  GtkButton     *contacts;

  /* Owned */
  InbSession    *session;
};

G_DEFINE_FINAL_TYPE (InbNoResultPage, inb_no_result_page, ADW_TYPE_BIN)

static void
update (InbNoResultPage *self)
{
  const InbLeadFilter *filter = inb_session_get_filter (self->session);
  gboolean contacts = inb_session_get_contacts (self->session);
  g_autofree char *text = inb_filter_text_describe (self->session, filter);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->status, contacts ? _("No Contacts Match") : _("No Leads Match"));
  adw_status_page_set_description (self->status, *escaped != '\0' ? escaped
                                                 : contacts ? _("Every contact has a lead.") : NULL);
  /* Of all that can be asked for, a contact without a lead only answers to its own words. */
  gtk_widget_set_visible (GTK_WIDGET (self->contacts), !contacts && filter->text != NULL);
}

static void
on_contacts_clicked (InbNoResultPage *self)
{
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new ();

  inb_lead_filter_set_text (filter, inb_session_get_filter (self->session)->text);
  inb_session_set_contacts (self->session, TRUE);
  inb_session_set_filter (self->session, filter);
}

static void
inb_no_result_page_dispose (GObject *object)
{
  g_clear_object (&INB_NO_RESULT_PAGE (object)->session);

  G_OBJECT_CLASS (inb_no_result_page_parent_class)->dispose (object);
}

static void
inb_no_result_page_class_init (InbNoResultPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_no_result_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-no-result-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbNoResultPage, status);
  gtk_widget_class_bind_template_child (widget_class, InbNoResultPage, contacts);
}

static void
inb_no_result_page_init (InbNoResultPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->contacts, "clicked", G_CALLBACK (on_contacts_clicked), self, G_CONNECT_SWAPPED);
}

/**
 * inb_no_result_page_set_session:
 * @session: (nullable): whose filter left nothing over
 */
void
inb_no_result_page_set_session (InbNoResultPage *self,
                                InbSession      *session)
{
  g_return_if_fail (INB_IS_NO_RESULT_PAGE (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  g_signal_connect_object (session, "filter-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

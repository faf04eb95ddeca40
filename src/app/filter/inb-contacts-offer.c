#define G_LOG_DOMAIN "inb-app"

#include "inb-contacts-offer.h"

#include "inb-format.h"

#include <glib/gi18n.h>

struct _InbContactsOffer {
  AdwBin        parent_instance;

  /* Owned */
  InbSession   *session;
  GCancellable *cancellable;

  /* Borrowed */
  GtkButton    *button;

  gboolean      counting;
  gboolean      dirty;
};

G_DEFINE_FINAL_TYPE (InbContactsOffer, inb_contacts_offer, ADW_TYPE_BIN)

static void
show_count (InbContactsOffer *self,
            guint             count)
{
  g_autofree char *number = inb_format_count (count);
  g_autofree char *label = g_strdup_printf (ngettext ("Show %s Contact", "Show %s Contacts", count), number);

  gtk_button_set_label (self->button, label);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbContactsOffer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_replica_query_finish (INB_REPLICA (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->counting = FALSE;
  if (rowids != NULL)
    show_count (self, rowids->len);
  else
    g_warning ("counting the contacts: %s", error->message);
  if (self->dirty)
    inb_contacts_offer_update (self);
}

static void
on_clicked (InbContactsOffer *self)
{
  inb_session_set_contacts (self->session, TRUE);
}

static void
inb_contacts_offer_dispose (GObject *object)
{
  inb_contacts_offer_set_session (INB_CONTACTS_OFFER (object), NULL);

  G_OBJECT_CLASS (inb_contacts_offer_parent_class)->dispose (object);
}

static void
inb_contacts_offer_class_init (InbContactsOfferClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_contacts_offer_dispose;
}

static void
inb_contacts_offer_init (InbContactsOffer *self)
{
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "pill");
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_contacts_offer_set_session:
 * @session: (nullable): whose contacts are offered
 */
void
inb_contacts_offer_set_session (InbContactsOffer *self,
                                InbSession       *session)
{
  g_return_if_fail (INB_IS_CONTACTS_OFFER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->session, session);
  self->counting = FALSE;
  self->dirty = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (session != NULL)
    self->cancellable = g_cancellable_new ();
}

/**
 * inb_contacts_offer_update:
 *
 * Counts the contacts without a lead, and shows the button when there are any.
 */
void
inb_contacts_offer_update (InbContactsOffer *self)
{
  g_autoptr (InbLeadQuery) query = NULL;

  g_return_if_fail (INB_IS_CONTACTS_OFFER (self));

  self->dirty = self->counting;
  if (self->counting || self->session == NULL)
    return;

  self->counting = TRUE;
  query = inb_lead_query_new ();
  query->contacts = TRUE;
  inb_replica_query_async (inb_session_get_replica (self->session), query, self->cancellable, on_counted, g_object_ref (self));
}

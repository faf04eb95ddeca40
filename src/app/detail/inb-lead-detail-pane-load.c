#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-detail-pane-private.h"

#include "inb-error.h"

#include <glib/gi18n.h>

/* While somebody walks through the table, only the lead they stop at is asked of the service. */
#define FETCH_DELAY_MSEC 300

static void load (InbLeadDetailPane *self);

/* @detail: (transfer full) (nullable) */
static void
take_detail (InbLeadDetailPane *self,
             InbLeadDetail     *detail,
             const GError      *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading = FALSE;
  g_clear_pointer (&self->detail, inb_lead_detail_free);
  self->detail = detail;
  if (self->is_contact && detail != NULL && inb_row_get (detail->contact, INB_CONTACT_MERGED_INTO) != NULL)
    {
      g_autofree char *into = g_strdup (inb_row_get (detail->contact, INB_CONTACT_MERGED_INTO));

      inb_lead_detail_pane_set_contact (self, into);
      return;
    }
  if (self->detail != NULL && !inb_lead_detail_pane_is_deleted (self))
    {
      inb_lead_detail_pane_show_detail (self);
    }
  else
    {
      if (error != NULL && !g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND))
        g_warning ("reading %s %s: %s", self->is_contact ? "contact" : "lead", self->id, error->message);
      gtk_stack_set_visible_child_name (self->stack, "gone");
    }
  if (self->dirty)
    load (self);
}

static void
on_lead_loaded (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (InbLeadDetailPane) self = user_data;
  g_autoptr (GError) error = NULL;
  InbLeadDetail *detail = inb_replica_get_lead_finish (INB_REPLICA (source), result, &error);

  take_detail (self, detail, error);
}

static void
on_contact_loaded (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (InbLeadDetailPane) self = user_data;
  g_autoptr (GError) error = NULL;
  InbLeadDetail *detail = inb_replica_get_contact_finish (INB_REPLICA (source), result, &error);

  take_detail (self, detail, error);
}

static void
load (InbLeadDetailPane *self)
{
  InbReplica *replica;

  self->dirty = self->loading;
  if (self->loading || self->id == NULL)
    return;

  self->loading = TRUE;
  replica = inb_session_get_replica (self->session);
  if (self->is_contact)
    inb_replica_get_contact_async (replica, self->id, self->cancellable, on_contact_loaded, g_object_ref (self));
  else
    inb_replica_get_lead_async (replica, self->id, self->cancellable, on_lead_loaded, g_object_ref (self));
}

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* What came is told by the replica's "changed". Without a connection the pane shows what is here. */
  if (!inb_sync_client_fetch_lead_finish (INB_SYNC_CLIENT (source), result, &error))
    g_debug ("fetching a timeline: %s", error->message);
}

static gboolean
on_fetch_due (gpointer user_data)
{
  InbLeadDetailPane *self = user_data;
  InbSyncClient *client = inb_session_get_client (self->session);

  self->fetch = 0;
  if (inb_sync_client_get_state (client) == INB_SYNC_LIVE)
    inb_sync_client_fetch_lead_async (client, self->id, self->cancellable, on_fetched, NULL);

  return G_SOURCE_REMOVE;
}

/* What is about the contact alone is told by its id. */
static gboolean
is_mine (InbLeadDetailPane *self,
         const char        *id)
{
  return g_strcmp0 (id, self->id) == 0 ||
         (self->detail != NULL && self->detail->contact != NULL && g_str_equal (id, inb_row_get_key (self->detail->contact)));
}

/* Of the replica. */
void
inb_lead_detail_pane_note_changes (InbLeadDetailPane *self,
                                   GPtrArray         *lead_ids,
                                   gboolean           everything)
{
  gboolean mine = everything;

  for (guint i = 0; !mine && self->id != NULL && i < lead_ids->len; i++)
    mine = is_mine (self, g_ptr_array_index (lead_ids, i));
  if (mine)
    load (self);
}

static void
show (InbLeadDetailPane *self,
      const char        *id,
      gboolean           is_contact)
{
  if (g_strcmp0 (self->id, id) == 0 && (id == NULL || self->is_contact == is_contact))
    return;

  g_clear_handle_id (&self->fetch, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->detail, inb_lead_detail_free);
  g_free (self->id);
  self->id = g_strdup (id);
  self->is_contact = is_contact;
  self->loading = FALSE;
  self->dirty = FALSE;
  self->wants_note = FALSE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  if (id == NULL)
    {
      g_clear_object (&self->cancellable);
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_contact ? _("Contact details") : _("Lead details"), -1);
  adw_status_page_set_description (self->gone, is_contact ? _("This contact was deleted or erased.")
                                   : _("This lead was deleted or erased."));
  load (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_lead_detail_pane_set_lead:
 * @lead_id: (nullable): the lead to show; what the replica holds of it at once, the rest of its timeline when it has come
 */
void
inb_lead_detail_pane_set_lead (InbLeadDetailPane *self,
                               const char        *lead_id)
{
  g_return_if_fail (INB_IS_LEAD_DETAIL_PANE (self));

  if (lead_id != NULL && g_strcmp0 (self->id, lead_id) == 0 && !self->is_contact)
    return;

  show (self, lead_id, FALSE);
  if (lead_id != NULL)
    self->fetch = g_timeout_add (FETCH_DELAY_MSEC, on_fetch_due, self);
}

/**
 * inb_lead_detail_pane_set_contact:
 * @contact_id: a contact without a lead, to show with its activities and without what only leads have
 */
void
inb_lead_detail_pane_set_contact (InbLeadDetailPane *self,
                                  const char        *contact_id)
{
  g_return_if_fail (INB_IS_LEAD_DETAIL_PANE (self) && contact_id != NULL);

  show (self, contact_id, TRUE);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-window-private.h"

static void
set_lead (InbWindow  *self,
          const char *lead_id)
{
  inb_lead_detail_pane_set_lead (self->pane, lead_id);
  if (lead_id != NULL)
    inb_window_tell_shown (self, lead_id);
}

void
inb_window_show_detail (InbWindow  *self,
                        const char *lead_id)
{
  set_lead (self, lead_id);
  inb_adaptive_view_set_show_detail (self->view, lead_id != NULL);
}

static void
show_contact (InbWindow  *self,
              const char *contact_id)
{
  inb_lead_detail_pane_set_contact (self->pane, contact_id);
  inb_adaptive_view_set_show_detail (self->view, TRUE);
}

/* The open contact may just have become a lead. */
static void
on_lead_arrived (InbWindow  *self,
                 const char *lead_id,
                 const char *contact_id)
{
  if (lead_id == NULL)
    return;

  inb_lead_table_note_arrival (self->table, lead_id);
  if (contact_id != NULL && g_strcmp0 (inb_lead_detail_pane_get_contact (self->pane), contact_id) == 0)
    set_lead (self, lead_id);
}

static void look_for_lead (InbWindow *self);

static void
on_contact_looked (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (InbWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_replica_get_contact_finish (INB_REPLICA (source), result, &error);

  self->looking = FALSE;
  if (self->session == NULL)
    return;

  if (detail == NULL)
    g_debug ("looking the open contact up: %s", error->message);
  else if (detail->lead != NULL &&
           g_strcmp0 (inb_lead_detail_pane_get_contact (self->pane), inb_row_get_key (detail->contact)) == 0)
    set_lead (self, inb_row_get_key (detail->lead));
  if (self->look_again)
    look_for_lead (self);
}

/* What the sync brings by itself is told by no event, and a change names the lead, not the contact. */
static void
look_for_lead (InbWindow *self)
{
  const char *contact_id = inb_lead_detail_pane_get_contact (self->pane);

  self->look_again = self->looking;
  if (self->looking || contact_id == NULL)
    return;

  self->looking = TRUE;
  inb_replica_get_contact_async (inb_session_get_replica (self->session), contact_id, NULL, on_contact_looked,
                                 g_object_ref (self));
}

/* Beside the table the detail follows the selection; where it would cover the table it waits for Enter or a click. */
static void
on_selected (InbWindow  *self,
             const char *lead_id)
{
  if (!inb_adaptive_view_get_show_detail (self->view) || inb_adaptive_view_get_layout (self->view) != INB_LAYOUT_WIDE ||
      lead_id == NULL)
    return;

  if (inb_lead_table_get_contacts (self->table))
    inb_lead_detail_pane_set_contact (self->pane, lead_id);
  else
    set_lead (self, lead_id);
}

static void
on_detail_changed (InbWindow *self)
{
  if (!inb_adaptive_view_get_show_detail (self->view))
    inb_lead_table_focus (self->table);
  inb_window_update_figures (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-detail", inb_adaptive_view_get_show_detail (self->view));
}

static void
on_detail_resized (InbWindow *self,
                   int        width)
{
  g_settings_set_int (self->settings, "detail-width", width);
}

void
inb_window_init_detail (InbWindow *self)
{
  inb_adaptive_view_set_detail (self->view, GTK_WIDGET (self->pane));
  g_signal_connect_object (self->table, "selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "opened", G_CALLBACK (inb_window_show_detail), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "contact-opened", G_CALLBACK (show_contact), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "detail-changed", G_CALLBACK (on_detail_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "resized", G_CALLBACK (on_detail_resized), self, G_CONNECT_SWAPPED);
}

void
inb_window_follow_arrivals (InbWindow *self)
{
  g_signal_connect_object (inb_session_get_replica (self->session), "changed", G_CALLBACK (look_for_lead), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "lead-arrived", G_CALLBACK (on_lead_arrived), self, G_CONNECT_SWAPPED);
}

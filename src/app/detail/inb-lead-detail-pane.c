#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-detail-pane-private.h"

#include "inb-accessible.h"
#include "inb-decision-text.h"
#include "inb-error.h"
#include "inb-format.h"
#include "inb-time.h"

#include <glib/gi18n.h>

/* While somebody walks through the table, only the lead they stop at is asked of the service. */
#define FETCH_DELAY_MSEC 300

static guint copied_signal;

G_DEFINE_FINAL_TYPE (InbLeadDetailPane, inb_lead_detail_pane, ADW_TYPE_BIN)

static void load (InbLeadDetailPane *self);

static const char *
get_contact (InbLeadDetailPane *self,
             guint              column)
{
  return self->detail != NULL && self->detail->contact != NULL ? inb_row_get (self->detail->contact, column) : NULL;
}

static const char *
get_phone (InbLeadDetailPane *self)
{
  const char *phone = get_contact (self, INB_CONTACT_PHONE_DISPLAY);

  return phone != NULL ? phone : get_contact (self, INB_CONTACT_PHONE);
}

char *
inb_lead_detail_pane_dup_name (InbLeadDetailPane *self)
{
  const char *first = get_contact (self, INB_CONTACT_FIRSTNAME);
  const char *last = get_contact (self, INB_CONTACT_LASTNAME);
  const char *other = get_contact (self, INB_CONTACT_EMAIL);

  if (first != NULL && last != NULL)
    return g_strdup_printf ("%s %s", first, last);
  if (first != NULL || last != NULL)
    return g_strdup (first != NULL ? first : last);
  if (other == NULL)
    other = get_phone (self);

  return g_strdup (other != NULL ? other : _("Unknown contact"));
}

static void
update_subtitle (InbLeadDetailPane *self)
{
  InbClock *clock;
  const char *what;
  g_autofree char *age = NULL;
  g_autofree char *tooltip = NULL;
  g_autofree char *text = NULL;
  gint64 created_at;

  if (self->detail == NULL)
    return;

  clock = inb_session_get_clock (self->session);
  if (self->is_contact)
    {
      created_at = inb_row_get_time (self->detail->contact, INB_CONTACT_CREATED_AT);
      what = _("Contact without a lead");
    }
  else
    {
      created_at = inb_row_get_time (self->detail->lead, INB_LEAD_CREATED_AT);
      what = inb_row_get (self->detail->lead, INB_LEAD_PRODUCT_INTEREST);
    }
  age = inb_format_relative (created_at, inb_time_now (), inb_clock_get_local (clock));
  tooltip = inb_format_absolute (created_at, inb_clock_get_local (clock));
  text = what != NULL ? g_strdup_printf ("%s · %s", what, age) : g_strdup (age);
  gtk_label_set_text (self->subtitle, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), tooltip);
}

static gboolean
is_deleted (const InbLeadDetail *detail)
{
  return detail->lead != NULL ? inb_row_get (detail->lead, INB_LEAD_DELETED_AT) != NULL
         : inb_row_get (detail->contact, INB_CONTACT_DELETED_AT) != NULL;
}

static gboolean
is_waiting (const InbRow *activity,
            gpointer      data)
{
  InbLeadDetailPane *self = data;

  return inb_settle_list_is_waiting (self->settle, inb_row_get (activity, INB_ACTIVITY_MUTATION_ID));
}

static void
show_timeline (InbLeadDetailPane *self)
{
  if (self->detail != NULL)
    inb_timeline_show (self->timeline, self->detail->activities);
}

static void
show_detail (InbLeadDetailPane *self)
{
  const InbRow *lead = self->detail->lead;
  g_autofree char *name = inb_lead_detail_pane_dup_name (self);
  g_autofree char *reason = lead != NULL ? inb_decision_text_describe (inb_row_get (lead, INB_LEAD_METADATA)) : NULL;

  gtk_label_set_text (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  update_subtitle (self);
  gtk_widget_set_visible (GTK_WIDGET (self->copy_phone), get_phone (self) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->copy_mail), get_contact (self, INB_CONTACT_EMAIL) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->why), reason != NULL);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->header_slot), lead != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tags_slot), lead != NULL);
  if (lead != NULL)
    {
      inb_detail_header_show (self->header, self->detail->lead);
      inb_tag_list_show (self->tags, self->detail->lead);
    }
  inb_detail_fields_show (self->fields, self->detail);
  inb_composer_set_lead (self->composer, lead != NULL ? inb_row_get_key (lead) : NULL,
                         self->detail->contact != NULL ? inb_row_get_key (self->detail->contact) : NULL);
  inb_settle_list_set_lead (self->settle, self->id);
  inb_lead_detail_pane_update_actions (self);
  show_timeline (self);
  gtk_stack_set_visible_child_name (self->stack, "lead");
}

void
inb_lead_detail_pane_show_again (InbLeadDetailPane *self)
{
  if (self->detail != NULL && !is_deleted (self->detail))
    show_detail (self);
}

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
  if (self->detail != NULL && !is_deleted (self->detail))
    {
      show_detail (self);
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

static void
on_replica_changed (InbLeadDetailPane *self,
                    GPtrArray         *lead_ids,
                    gboolean           everything)
{
  gboolean mine = everything;

  for (guint i = 0; !mine && self->id != NULL && i < lead_ids->len; i++)
    mine = g_str_equal (g_ptr_array_index (lead_ids, i), self->id);
  if (mine)
    load (self);
}

static void
copy (InbLeadDetailPane *self,
      const char        *text,
      const char        *what)
{
  if (text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  g_signal_emit (self, copied_signal, 0, what);
}

static void
on_copy_mail (InbLeadDetailPane *self)
{
  copy (self, get_contact (self, INB_CONTACT_EMAIL), _("Mail address copied"));
}

static void
inb_lead_detail_pane_dispose (GObject *object)
{
  InbLeadDetailPane *self = INB_LEAD_DETAIL_PANE (object);

  if (self->stack != NULL)
    inb_lead_detail_pane_set_session (self, NULL);

  G_OBJECT_CLASS (inb_lead_detail_pane_parent_class)->dispose (object);
}

static void
inb_lead_detail_pane_class_init (InbLeadDetailPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_lead_detail_pane_dispose;

  copied_signal = g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);

  inb_lead_detail_pane_class_install_actions (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_REGION);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-lead-detail-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, stack);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, gone);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, name);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, copy_phone);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, copy_mail);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, menu);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, create_lead);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, settle_slot);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, header_slot);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, tags_slot);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, why);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, reason);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, fields_slot);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, composer_slot);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, timeline_slot);
}

static void
inb_lead_detail_pane_init (InbLeadDetailPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  inb_accessible_follow_stack (self->stack);
  g_signal_connect_object (self->copy_phone, "clicked", G_CALLBACK (inb_lead_detail_pane_copy_phone), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copy_mail, "clicked", G_CALLBACK (on_copy_mail), self, G_CONNECT_SWAPPED);
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

static void
on_copied (InbLeadDetailPane *self,
           const char        *what)
{
  g_signal_emit (self, copied_signal, 0, what);
}

/* What shows and edits one session's rows. */
static void
set_children (InbLeadDetailPane *self)
{
  InbSession *session = self->session;

  self->settle = session != NULL ? INB_SETTLE_LIST (inb_settle_list_new (session)) : NULL;
  self->header = session != NULL ? INB_DETAIL_HEADER (inb_detail_header_new (session)) : NULL;
  self->tags = session != NULL ? INB_TAG_LIST (inb_tag_list_new (session)) : NULL;
  self->fields = session != NULL ? INB_DETAIL_FIELDS (inb_detail_fields_new (session)) : NULL;
  self->composer = session != NULL ? INB_COMPOSER (inb_composer_new (session)) : NULL;
  adw_bin_set_child (self->settle_slot, GTK_WIDGET (self->settle));
  adw_bin_set_child (self->header_slot, GTK_WIDGET (self->header));
  adw_bin_set_child (self->tags_slot, GTK_WIDGET (self->tags));
  adw_bin_set_child (self->fields_slot, GTK_WIDGET (self->fields));
  self->timeline = session != NULL ? INB_TIMELINE (inb_timeline_new (inb_session_get_clock (session), is_waiting, self)) : NULL;
  adw_bin_set_child (self->timeline_slot, GTK_WIDGET (self->timeline));
  adw_bin_set_child (self->composer_slot, GTK_WIDGET (self->composer));
  if (session == NULL)
    return;

  g_signal_connect_object (self->fields, "copied", G_CALLBACK (on_copied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settle, "changed", G_CALLBACK (show_timeline), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_lead_detail_pane_set_session:
 * @session: (nullable): where leads are read
 */
void
inb_lead_detail_pane_set_session (InbLeadDetailPane *self,
                                  InbSession        *session)
{
  g_return_if_fail (INB_IS_LEAD_DETAIL_PANE (self));

  inb_lead_detail_pane_set_lead (self, NULL);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (inb_session_get_replica (self->session), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_clock (self->session), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_directory (self->session), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_edits (self->session), self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_set_object (&self->session, session);
  set_children (self);
  if (session == NULL)
    return;

  g_signal_connect_object (inb_session_get_replica (session), "changed", G_CALLBACK (on_replica_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_clock (session), "tick", G_CALLBACK (update_subtitle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "stages-changed", G_CALLBACK (inb_lead_detail_pane_show_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_directory (session), "changed", G_CALLBACK (inb_lead_detail_pane_show_again), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (inb_lead_detail_pane_show_again), self,
                           G_CONNECT_SWAPPED);
}

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

const char *
inb_lead_detail_pane_get_contact (InbLeadDetailPane *self)
{
  g_return_val_if_fail (INB_IS_LEAD_DETAIL_PANE (self), NULL);

  return self->is_contact ? self->id : NULL;
}

/**
 * inb_lead_detail_pane_copy_phone:
 *
 * Puts the number on the clipboard; without one says so.
 */
void
inb_lead_detail_pane_copy_phone (InbLeadDetailPane *self)
{
  g_return_if_fail (INB_IS_LEAD_DETAIL_PANE (self));

  if (self->detail != NULL && get_phone (self) == NULL)
    g_signal_emit (self, copied_signal, 0, _("There is no phone number to copy"));
  copy (self, get_phone (self), _("Phone number copied"));
}

const char *
inb_lead_detail_pane_get_lead (InbLeadDetailPane *self)
{
  g_return_val_if_fail (INB_IS_LEAD_DETAIL_PANE (self), NULL);

  return self->is_contact ? NULL : self->id;
}

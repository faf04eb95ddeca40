#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-detail-pane-private.h"

#include "inb-accessible.h"
#include "inb-contact-text.h"
#include "inb-decision-text.h"
#include "inb-format.h"
#include "inb-time.h"

#include <glib/gi18n.h>

enum {
  PROP_0,
  PROP_SHOW_EMPTY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint copied_signal;

G_DEFINE_FINAL_TYPE (InbLeadDetailPane, inb_lead_detail_pane, ADW_TYPE_BIN)

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
  return inb_contact_text_dup_name (self->detail != NULL ? self->detail->contact : NULL);
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
  age = inb_format_relative (created_at, inb_time_now (), inb_clock_get_timezone (clock));
  tooltip = inb_clock_describe (clock, created_at);
  text = what != NULL ? g_strdup_printf ("%s · %s", what, age) : g_strdup (age);
  gtk_label_set_text (self->subtitle, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), tooltip);
}

gboolean
inb_lead_detail_pane_is_deleted (InbLeadDetailPane *self)
{
  const InbLeadDetail *detail = self->detail;

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

void
inb_lead_detail_pane_show_detail (InbLeadDetailPane *self)
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
  inb_duplicate_hint_show (self->hint, self->detail->contact != NULL ? inb_row_get_key (self->detail->contact) : NULL);
  inb_lead_detail_pane_update_actions (self);
  show_timeline (self);
  gtk_stack_set_visible_child_name (self->stack, "lead");
  inb_lead_detail_pane_resume_note (self);
}

void
inb_lead_detail_pane_show_again (InbLeadDetailPane *self)
{
  if (self->detail != NULL && !inb_lead_detail_pane_is_deleted (self))
    inb_lead_detail_pane_show_detail (self);
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
inb_lead_detail_pane_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  g_assert (prop_id == PROP_SHOW_EMPTY);

  g_value_set_boolean (value, INB_LEAD_DETAIL_PANE (object)->show_empty);
}

static void
inb_lead_detail_pane_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  InbLeadDetailPane *self = INB_LEAD_DETAIL_PANE (object);

  g_assert (prop_id == PROP_SHOW_EMPTY);

  self->show_empty = g_value_get_boolean (value);
  if (self->fields != NULL)
    inb_detail_fields_set_show_empty (self->fields, self->show_empty);
  inb_lead_detail_pane_show_again (self);
}

static void
inb_lead_detail_pane_class_init (InbLeadDetailPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_lead_detail_pane_dispose;
  G_OBJECT_CLASS (klass)->get_property = inb_lead_detail_pane_get_property;
  G_OBJECT_CLASS (klass)->set_property = inb_lead_detail_pane_set_property;

  properties[PROP_SHOW_EMPTY] = g_param_spec_boolean ("show-empty", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

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
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, more_menu);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, delete_section);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, create_lead);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, settle_slot);
  gtk_widget_class_bind_template_child (widget_class, InbLeadDetailPane, hint_slot);
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
  self->hint = session != NULL ? INB_DUPLICATE_HINT (inb_duplicate_hint_new (session)) : NULL;
  self->header = session != NULL ? INB_DETAIL_HEADER (inb_detail_header_new (session)) : NULL;
  self->tags = session != NULL ? INB_TAG_LIST (inb_tag_list_new (session)) : NULL;
  self->fields = session != NULL ? INB_DETAIL_FIELDS (inb_detail_fields_new (session)) : NULL;
  self->composer = session != NULL ? INB_COMPOSER (inb_composer_new (session)) : NULL;
  adw_bin_set_child (self->settle_slot, GTK_WIDGET (self->settle));
  adw_bin_set_child (self->hint_slot, GTK_WIDGET (self->hint));
  adw_bin_set_child (self->header_slot, GTK_WIDGET (self->header));
  adw_bin_set_child (self->tags_slot, GTK_WIDGET (self->tags));
  adw_bin_set_child (self->fields_slot, GTK_WIDGET (self->fields));
  self->timeline = session != NULL ? INB_TIMELINE (inb_timeline_new (session, is_waiting, self)) : NULL;
  adw_bin_set_child (self->timeline_slot, GTK_WIDGET (self->timeline));
  adw_bin_set_child (self->composer_slot, GTK_WIDGET (self->composer));
  if (session == NULL)
    return;

  inb_detail_fields_set_show_empty (self->fields, self->show_empty);
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

  g_signal_connect_object (inb_session_get_replica (session), "changed", G_CALLBACK (inb_lead_detail_pane_note_changes), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_clock (session), "tick", G_CALLBACK (update_subtitle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "stages-changed", G_CALLBACK (inb_lead_detail_pane_show_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_directory (session), "changed", G_CALLBACK (inb_lead_detail_pane_show_again), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (inb_lead_detail_pane_show_again), self,
                           G_CONNECT_SWAPPED);
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

#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-announcer-private.h"

static void
present (InbLeadAnnouncer *self)
{
  inb_lead_announcer_want_window (self);
  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
}

/* What was chosen; a notification that outlived the program starts it, and its leads take a moment to be there. */
void
inb_lead_announcer_do_chosen (InbLeadAnnouncer *self)
{
  g_autofree char *to_open = NULL;
  g_autofree char *to_snooze = NULL;

  if (self->store == NULL)
    return;

  to_open = g_steal_pointer (&self->to_open);
  to_snooze = g_steal_pointer (&self->to_snooze);
  if (to_open != NULL && self->window != NULL)
    inb_window_open_lead (self->window, to_open);
  if (to_snooze != NULL)
    inb_reminders_snooze (self->reminders, to_snooze, inb_notice_settings_get_snooze (self->settings));
}

static void
open_lead (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  InbLeadAnnouncer *self = user_data;
  const char *lead_id = g_variant_get_string (parameter, NULL);

  present (self);
  g_free (self->to_open);
  self->to_open = *lead_id != '\0' ? g_strdup (lead_id) : NULL;
  inb_lead_announcer_do_chosen (self);
}

static void
show_leads (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  InbLeadAnnouncer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadFilter) filter = inb_lead_filter_new_from_json (g_variant_get_string (parameter, NULL), &error);

  present (self);
  if (filter == NULL)
    {
      g_warning ("showing leads: %s", error->message);
      return;
    }

  if (self->session != NULL)
    inb_session_set_filter (self->session, filter);
  if (self->window != NULL)
    inb_window_show_view (self->window, "leads");
}

static void
snooze_lead (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  InbLeadAnnouncer *self = user_data;

  g_free (self->to_snooze);
  self->to_snooze = g_variant_dup_string (parameter, NULL);
  inb_lead_announcer_do_chosen (self);
}

static const GActionEntry actions[] = {
  { "open-lead", open_lead, "s" },
  { "show-leads", show_leads, "s" },
  { "snooze-lead", snooze_lead, "s" },
};

static void
on_activated (InbLeadAnnouncer *self,
              const char       *action,
              const char       *target,
              const char       *token)
{
  if (token != NULL && g_strcmp0 (action, "snooze-lead") != 0)
    {
      inb_lead_announcer_want_window (self);
      if (self->window != NULL)
        gtk_window_set_startup_id (GTK_WINDOW (self->window), token);
    }
  g_action_group_activate_action (G_ACTION_GROUP (self->application), action, g_variant_new_string (target));
}

void
inb_lead_announcer_add_actions (InbLeadAnnouncer *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->application), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->notifier, "activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
}

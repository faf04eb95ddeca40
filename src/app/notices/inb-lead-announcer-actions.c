#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-announcer-private.h"

#include "inb-lead-notices.h"
#include "inb-time.h"

#include <glib/gi18n.h>

static void
present (InbLeadAnnouncer *self)
{
  inb_lead_announcer_want_window (self);
  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
}

/* --- to assign ---------------------------------------------------------------------------------------------------------- */

static void
on_lead_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (InbEdits) edits = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_replica_get_lead_finish (INB_REPLICA (source), result, &error);
  const char *me = inb_replica_get_actor_id (INB_REPLICA (source));
  g_autoptr (InbMutation) mutation = NULL;
  g_autoptr (InbEdit) edit = NULL;

  if (detail == NULL)
    {
      g_message ("assigning a lead: %s", error->message);
      return;
    }
  if (me == NULL || g_strcmp0 (inb_row_get (detail->lead, INB_LEAD_ASSIGNED_TO), me) == 0)
    return;

  edit = inb_edit_new (_("Lead assigned to you"));
  mutation = inb_mutation_new (INB_MUTATION_UPDATE, INB_KIND_LEAD, inb_row_get_key (detail->lead), inb_time_now ());
  inb_mutation_add_change (mutation, INB_LEAD_ASSIGNED_TO, inb_row_get (detail->lead, INB_LEAD_ASSIGNED_TO), me);
  inb_edit_add (edit, mutation);
  inb_edits_do (edits, edit);
}

static void
assign (InbLeadAnnouncer *self,
        const char       *lead_id)
{
  inb_replica_get_lead_async (inb_session_get_replica (self->session), lead_id, self->cancellable, on_lead_read,
                              g_object_ref (inb_session_get_edits (self->session)));
}

/**
 * inb_lead_announcer_offer_assign:
 * @arrival: what @notice tells of
 *
 * A burst has no one to assign it to, and who may only read is not asked.
 */
void
inb_lead_announcer_offer_assign (InbLeadAnnouncer *self,
                                 InbNotice        *notice,
                                 const InbArrival *arrival)
{
  if (arrival->count == 1 && arrival->lead_id != NULL && self->session != NULL &&
      inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, NULL))
    inb_lead_notices_offer_assign (notice, arrival->lead_id);
}

/* --- what was chosen ---------------------------------------------------------------------------------------------------- */

/* What was chosen; a notification that outlived the program starts it, and its leads take a moment to be there. */
void
inb_lead_announcer_do_chosen (InbLeadAnnouncer *self)
{
  g_autofree char *to_open = NULL;
  g_autofree char *to_snooze = NULL;
  g_autofree char *to_assign = NULL;

  if (self->store == NULL)
    return;

  to_open = g_steal_pointer (&self->to_open);
  to_snooze = g_steal_pointer (&self->to_snooze);
  to_assign = g_steal_pointer (&self->to_assign);
  if (to_open != NULL && self->window != NULL)
    inb_window_open_lead (self->window, to_open);
  if (to_snooze != NULL)
    inb_reminders_snooze (self->reminders, to_snooze, inb_notice_settings_get_snooze (self->settings));
  if (to_assign != NULL)
    assign (self, to_assign);
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

static void
assign_lead (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  InbLeadAnnouncer *self = user_data;

  g_free (self->to_assign);
  self->to_assign = g_variant_dup_string (parameter, NULL);
  inb_lead_announcer_do_chosen (self);
}

static const GActionEntry actions[] = {
  { "assign-lead", assign_lead, "s" },
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
  if (token != NULL && g_strcmp0 (action, "snooze-lead") != 0 && g_strcmp0 (action, "assign-lead") != 0)
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

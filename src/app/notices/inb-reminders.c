#define G_LOG_DOMAIN "inb-app"

#include "inb-reminders.h"

#include "inb-time.h"

/* A follow-up that a colleague set for a time that has passed when we hear of it is still told. */
#define LOOK_BACK INB_TIME_DAY
/* How many due ones are told one time; nobody has more to do in a day. */
#define MAX_DUE 2000
/* How exactly it is kept when it was looked last: far within the look back. */
#define NOTE_INTERVAL (600 * INB_TIME_SECOND)
/* Changes come in swarms. */
#define CALM_MSEC 500

struct _InbReminders {
  GObject         parent_instance;

  /* Owned */
  InbReplica     *replica;
  InbNoticeStore *store;
  InbAlarm       *alarm;
  GCancellable   *cancellable;
  char           *owner;
  guint           calm;

  gint64          checking;   /* the time that the look under way is for */
  gint64          next;       /* follow-up, as far as it is known */
  gboolean        follow_ups;
  gboolean        is_looking;
  gboolean        look_again;
};

enum {
  SNOOZED,
  FOLLOW_UPS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbReminders, inb_reminders, G_TYPE_OBJECT)

static void look_for_follow_ups (InbReminders *self);

static void
set_alarm (InbReminders *self)
{
  gint64 snooze = inb_notice_store_get_next_snooze (self->store);
  gint64 next = self->follow_ups ? self->next : INB_TIME_NONE;

  if (next == INB_TIME_NONE || (snooze != INB_TIME_NONE && snooze < next))
    next = snooze;
  inb_alarm_set (self->alarm, next);
}

/* --- follow-ups --------------------------------------------------------------------------------------------------------- */

static void
end_look (InbReminders *self)
{
  self->is_looking = FALSE;
  set_alarm (self);
  if (!self->look_again)
    return;

  self->look_again = FALSE;
  look_for_follow_ups (self);
}

static GPtrArray *
finish (GObject       *source,
        GAsyncResult  *result)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *found = inb_replica_get_follow_ups_finish (INB_REPLICA (source), result, &error);

  if (found == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("looking for follow-ups: %s", error->message);

  return found;
}

static void
on_next (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbReminders) self = user_data;
  g_autoptr (GPtrArray) found = finish (source, result);

  if (found != NULL)
    self->next = found->len > 0 ? ((const InbFollowUp *) g_ptr_array_index (found, 0))->at : INB_TIME_NONE;
  end_look (self);
}

/* (transfer container): those of them that nobody was told of. */
static GPtrArray *
choose_untold (InbReminders *self,
               GPtrArray    *found)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < found->len; i++)
    {
      const InbFollowUp *follow_up = g_ptr_array_index (found, i);

      if (!inb_notice_store_tell (self->store, follow_up->lead_id, follow_up->at))
        g_ptr_array_add (ids, follow_up->lead_id);
    }

  return ids;
}

static void
note_checked (InbReminders *self)
{
  gint64 before = inb_notice_store_get_checked (self->store);

  if (before == INB_TIME_NONE || before > self->checking || self->checking - before > NOTE_INTERVAL)
    inb_notice_store_set_checked (self->store, self->checking);
}

static void
on_due (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (InbReminders) self = user_data;
  g_autoptr (GPtrArray) found = finish (source, result);
  g_autoptr (GPtrArray) untold = NULL;

  if (found == NULL)
    {
      end_look (self);
      return;
    }

  untold = choose_untold (self, found);
  inb_notice_store_forget_told (self->store, self->checking - LOOK_BACK);
  note_checked (self);
  if (untold->len > 0)
    g_signal_emit (self, signals[FOLLOW_UPS], 0, untold);
  inb_replica_get_follow_ups_async (self->replica, self->owner, self->checking, G_MAXINT64, 1, self->cancellable, on_next,
                                    g_object_ref (self));
}

/* What was due before the first start of the program is no news. */
static gint64
get_beginning (InbReminders *self)
{
  gint64 checked = inb_notice_store_get_checked (self->store);
  gint64 first = inb_notice_store_get_first (self->store, self->checking);

  return MAX (first, MIN (checked != INB_TIME_NONE ? checked : first, self->checking - LOOK_BACK));
}

static void
look_for_follow_ups (InbReminders *self)
{
  if (!self->follow_ups)
    return;
  if (self->is_looking)
    {
      self->look_again = TRUE;
      return;
    }

  self->is_looking = TRUE;
  self->checking = inb_alarm_now (self->alarm);
  inb_replica_get_follow_ups_async (self->replica, self->owner, get_beginning (self), self->checking, MAX_DUE,
                                    self->cancellable, on_due, g_object_ref (self));
}

/* --- what makes it look ------------------------------------------------------------------------------------------------- */

static void
tell_snoozed (InbReminders *self)
{
  g_auto (GStrv) ids = inb_notice_store_take_snoozed (self->store, inb_alarm_now (self->alarm));

  for (guint i = 0; ids[i] != NULL; i++)
    g_signal_emit (self, signals[SNOOZED], 0, ids[i]);
}

static gboolean
on_calm (gpointer user_data)
{
  InbReminders *self = user_data;

  self->calm = 0;
  look_for_follow_ups (self);

  return G_SOURCE_REMOVE;
}

static void
on_changed (InbReminders *self)
{
  if (self->follow_ups && self->calm == 0)
    self->calm = g_timeout_add (CALM_MSEC, on_calm, self);
}

static void
inb_reminders_dispose (GObject *object)
{
  InbReminders *self = INB_REMINDERS (object);

  inb_reminders_stop (self);
  g_clear_object (&self->alarm);
  g_clear_object (&self->replica);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (inb_reminders_parent_class)->dispose (object);
}

static void
inb_reminders_finalize (GObject *object)
{
  InbReminders *self = INB_REMINDERS (object);

  g_object_unref (self->cancellable);
  g_free (self->owner);

  G_OBJECT_CLASS (inb_reminders_parent_class)->finalize (object);
}

static void
inb_reminders_class_init (InbRemindersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_reminders_dispose;
  object_class->finalize = inb_reminders_finalize;

  signals[SNOOZED] = g_signal_new ("snoozed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FOLLOW_UPS] = g_signal_new ("follow-ups", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
inb_reminders_init (InbReminders *self)
{
  self->cancellable = g_cancellable_new ();
  self->next = INB_TIME_NONE;
}

InbReminders *
inb_reminders_new (InbReplica     *replica,
                   InbNoticeStore *store,
                   InbNowFunc      now)
{
  InbReminders *self = g_object_new (INB_TYPE_REMINDERS, NULL);

  self->replica = g_object_ref (replica);
  self->store = g_object_ref (store);
  self->alarm = inb_alarm_new (now);
  g_signal_connect_object (self->alarm, "due", G_CALLBACK (inb_reminders_check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  set_alarm (self);

  return self;
}

void
inb_reminders_set_owner (InbReminders *self,
                         const char   *user_id)
{
  g_return_if_fail (INB_IS_REMINDERS (self));

  if (g_strcmp0 (self->owner, user_id) == 0)
    return;

  g_free (self->owner);
  self->owner = g_strdup (user_id);
  look_for_follow_ups (self);
}

void
inb_reminders_set_follow_ups (InbReminders *self,
                              gboolean      follow_ups)
{
  g_return_if_fail (INB_IS_REMINDERS (self));

  self->follow_ups = follow_ups;
  set_alarm (self);
  look_for_follow_ups (self);
}

void
inb_reminders_snooze (InbReminders *self,
                      const char   *lead_id,
                      guint         seconds)
{
  g_return_if_fail (INB_IS_REMINDERS (self));

  inb_notice_store_snooze (self->store, lead_id, inb_alarm_now (self->alarm) + seconds * INB_TIME_SECOND);
  set_alarm (self);
}

void
inb_reminders_check (InbReminders *self)
{
  g_return_if_fail (INB_IS_REMINDERS (self));

  g_object_ref (self);
  tell_snoozed (self);
  set_alarm (self);
  look_for_follow_ups (self);
  g_object_unref (self);
}

void
inb_reminders_stop (InbReminders *self)
{
  g_return_if_fail (INB_IS_REMINDERS (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->calm, g_source_remove);
  if (self->replica != NULL)
    g_signal_handlers_disconnect_by_data (self->replica, self);
  if (self->alarm != NULL)
    g_signal_handlers_disconnect_by_data (self->alarm, self);
}

#define G_LOG_DOMAIN "inb-app"

#include "inb-notifier.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

struct _InbNotifier {
  GObject             parent_instance;

  /* Owned */
  GMainContext       *context;        /* the thread's */
  GMainContext       *owner;          /* the one that the object was made in */
  GThread            *thread;
  char               *name;
  char               *desktop_entry;

  /* Only on the thread */
  NotifyNotification *notification;   /* held until it is closed, or its action would never be told */
  char               *target;
  gboolean            stopped;
};

typedef struct {
  InbNotifier *notifier;   /* for the thread, which ends before the object does */
  GWeakRef     weak;       /* for the owner's context, where the object may have gone */
  char        *summary;
  char        *body;
  char        *target;
  char        *token;
} Message;

static guint activated_signal;

G_DEFINE_FINAL_TYPE (InbNotifier, inb_notifier, G_TYPE_OBJECT)

static Message *
message_new (InbNotifier *self)
{
  Message *message = g_new0 (Message, 1);

  message->notifier = self;
  g_weak_ref_init (&message->weak, NULL);

  return message;
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_weak_ref_clear (&message->weak);
  g_free (message->summary);
  g_free (message->body);
  g_free (message->target);
  g_free (message->token);
  g_free (message);
}

static void
post (GMainContext *context,
      GSourceFunc   function,
      Message      *message)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, function, message, message_free);
  g_source_attach (source, context);
}

/* --- on the thread ------------------------------------------------------------------------------------------------------ */

static gboolean
tell_activated (gpointer user_data)
{
  Message *message = user_data;
  g_autoptr (InbNotifier) self = g_weak_ref_get (&message->weak);

  if (self != NULL)
    g_signal_emit (self, activated_signal, 0, message->target, message->token);

  return G_SOURCE_REMOVE;
}

static void
on_action (NotifyNotification *notification,
           char               *action,
           gpointer            user_data)
{
  InbNotifier *self = user_data;
  Message *message = message_new (self);

  g_weak_ref_set (&message->weak, self);
  message->target = g_strdup (self->target);
  message->token = g_strdup (notify_notification_get_activation_token (notification));
  post (self->owner, tell_activated, message);
}

static void
on_closed (NotifyNotification *notification,
           gpointer            user_data)
{
  InbNotifier *self = user_data;

  if (self->notification == notification)
    g_clear_object (&self->notification);
}

static gboolean
show_on_thread (gpointer user_data)
{
  Message *message = user_data;
  InbNotifier *self = message->notifier;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = g_markup_escape_text (message->body, -1);

  if (self->notification == NULL)
    {
      self->notification = notify_notification_new (message->summary, body, self->desktop_entry);
      notify_notification_set_category (self->notification, "im.received");
      notify_notification_set_hint (self->notification, "desktop-entry", g_variant_new_string (self->desktop_entry));
      g_signal_connect (self->notification, "closed", G_CALLBACK (on_closed), self);
    }
  else
    {
      notify_notification_update (self->notification, message->summary, body, self->desktop_entry);
    }

  notify_notification_clear_actions (self->notification);
  g_free (self->target);
  self->target = g_strdup (message->target);
  if (message->target != NULL)
    notify_notification_add_action (self->notification, "default", _("Open"), on_action, self, NULL);
  if (!notify_notification_show (self->notification, &error))
    {
      g_warning ("showing a notification: %s", error->message);
      g_clear_object (&self->notification);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
withdraw_on_thread (gpointer user_data)
{
  Message *message = user_data;
  InbNotifier *self = message->notifier;
  g_autoptr (GObject) notification = (GObject *) g_steal_pointer (&self->notification);
  g_autoptr (GError) error = NULL;

  if (notification != NULL && !notify_notification_close (NOTIFY_NOTIFICATION (notification), &error))
    g_debug ("closing a notification: %s", error->message);

  return G_SOURCE_REMOVE;
}

static gboolean
stop_on_thread (gpointer user_data)
{
  ((Message *) user_data)->notifier->stopped = TRUE;

  return G_SOURCE_REMOVE;
}

/* libnotify makes its proxy in the context that is the thread's default when it is first used, so the daemon's signals come
 * here as well. */
static gpointer
run (gpointer user_data)
{
  InbNotifier *self = user_data;

  g_main_context_push_thread_default (self->context);
  if (!notify_is_initted ())
    notify_init (self->name);
  while (!self->stopped)
    g_main_context_iteration (self->context, TRUE);
  g_clear_object (&self->notification);
  g_clear_pointer (&self->target, g_free);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

/* Before the weak references to the object are cleared, so that the thread makes none of an object that is going. */
static void
inb_notifier_dispose (GObject *object)
{
  InbNotifier *self = INB_NOTIFIER (object);

  if (self->thread != NULL)
    {
      post (self->context, stop_on_thread, message_new (self));
      g_thread_join (g_steal_pointer (&self->thread));
    }

  G_OBJECT_CLASS (inb_notifier_parent_class)->dispose (object);
}

static void
inb_notifier_finalize (GObject *object)
{
  InbNotifier *self = INB_NOTIFIER (object);

  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->owner, g_main_context_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->desktop_entry, g_free);

  G_OBJECT_CLASS (inb_notifier_parent_class)->finalize (object);
}

static void
inb_notifier_class_init (InbNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_notifier_dispose;
  object_class->finalize = inb_notifier_finalize;

  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
inb_notifier_init (InbNotifier *self)
{
  self->context = g_main_context_new ();
  self->owner = g_main_context_ref_thread_default ();
}

InbNotifier *
inb_notifier_new (const char *name,
                  const char *desktop_entry)
{
  InbNotifier *self = g_object_new (INB_TYPE_NOTIFIER, NULL);

  self->name = g_strdup (name);
  self->desktop_entry = g_strdup (desktop_entry);

  return self;
}

/**
 * inb_notifier_show:
 * @target: (nullable): what the default action opens
 *
 * Returns at once; a daemon that is missing is logged.
 */
void
inb_notifier_show (InbNotifier *self,
                   const char  *summary,
                   const char  *body,
                   const char  *target)
{
  Message *message;

  g_return_if_fail (INB_IS_NOTIFIER (self));

  if (self->thread == NULL)
    self->thread = g_thread_new ("inb-notifier", run, self);

  message = message_new (self);
  message->summary = g_strdup (summary);
  message->body = g_strdup (body);
  message->target = g_strdup (target);
  post (self->context, show_on_thread, message);
}

void
inb_notifier_withdraw (InbNotifier *self)
{
  g_return_if_fail (INB_IS_NOTIFIER (self));

  if (self->thread != NULL)
    post (self->context, withdraw_on_thread, message_new (self));
}

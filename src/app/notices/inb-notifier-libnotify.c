#define G_LOG_DOMAIN "inb-app"

#include "inb-notifier-libnotify.h"

#include <glib/gi18n.h>
#include <libnotify/notify.h>

/* How long a notice of high urgency stays where the daemon leaves that to us. "Critical" would stay until it is clicked away,
 * and the specification keeps it for what must not be missed at any price. */
#define HIGH_MSEC 20000
#define SOUND_NAME "message-new-instant"

struct _InbNotifierLibnotify {
  GObject       parent_instance;

  /* Owned */
  GMainContext *context;        /* the thread's */
  GMainContext *owner;          /* the one that the object was made in */
  GThread      *thread;
  InbNotifier  *fallback;
  char         *name;
  char         *desktop_entry;

  gboolean      fell_back;

  /* Only on the thread */
  GHashTable   *shown;          /* id → Shown; held until it is closed, or its action would never be told */
  gboolean      stopped;
};

typedef struct {
  NotifyNotification *notification;
  InbNotice          *notice;
} Shown;

typedef struct {
  InbNotifierLibnotify *notifier; /* for the thread, which ends before the object does */
  GWeakRef              weak;     /* for the owner's context, where the object may have gone */
  InbNotice            *notice;
  char                 *id;
  char                 *action;
  char                 *target;
  char                 *token;
} Message;

static void inb_notifier_libnotify_iface_init (InbNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbNotifierLibnotify, inb_notifier_libnotify, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (INB_TYPE_NOTIFIER, inb_notifier_libnotify_iface_init))

static Message *
message_new (InbNotifierLibnotify *self)
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
  inb_notice_free (message->notice);
  g_free (message->id);
  g_free (message->action);
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

static void on_closed (NotifyNotification   *notification,
                       InbNotifierLibnotify *self);

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_signal_handlers_disconnect_matched (shown->notification, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_closed, NULL);
  g_object_unref (shown->notification);
  inb_notice_free (shown->notice);
  g_free (shown);
}

/* --- back in the owner's context ---------------------------------------------------------------------------------------- */

static gboolean
tell_activated (gpointer user_data)
{
  Message *message = user_data;
  g_autoptr (InbNotifierLibnotify) self = g_weak_ref_get (&message->weak);

  if (self != NULL)
    g_signal_emit_by_name (self, "activated", message->action, message->target, message->token);

  return G_SOURCE_REMOVE;
}

static gboolean
show_by_fallback (gpointer user_data)
{
  Message *message = user_data;
  g_autoptr (InbNotifierLibnotify) self = g_weak_ref_get (&message->weak);

  if (self != NULL && self->fallback != NULL)
    {
      self->fell_back = TRUE;
      inb_notifier_show (self->fallback, message->notice);
    }

  return G_SOURCE_REMOVE;
}

/* --- on the thread ------------------------------------------------------------------------------------------------------ */

static const InbNoticeAction *
find_action (const InbNotice *notice,
             const char      *key)
{
  if (g_str_equal (key, "default"))
    return &notice->click;

  for (guint i = 0; i < notice->n_buttons; i++)
    {
      if (g_str_equal (notice->buttons[i].action, key))
        return &notice->buttons[i];
    }

  return NULL;
}

static gboolean
close_shown (InbNotifierLibnotify *self,
             const char           *id)
{
  Shown *shown = g_hash_table_lookup (self->shown, id);
  g_autoptr (GObject) notification = NULL;
  g_autoptr (GError) error = NULL;

  if (shown == NULL)
    return TRUE;

  notification = g_object_ref (G_OBJECT (shown->notification));
  g_hash_table_remove (self->shown, id);
  if (notify_notification_close (NOTIFY_NOTIFICATION (notification), &error))
    return TRUE;

  g_debug ("closing a notification: %s", error->message);

  return FALSE;
}

static gboolean
withdraw_on_thread (gpointer user_data)
{
  Message *message = user_data;

  close_shown (message->notifier, message->id);

  return G_SOURCE_REMOVE;
}

/* Not every daemon takes a notification away when one of its buttons was used. */
static void
withdraw_soon (InbNotifierLibnotify *self,
               const char           *id)
{
  Message *message = message_new (self);

  message->id = g_strdup (id);
  post (self->context, withdraw_on_thread, message);
}

static void
on_action (NotifyNotification *notification,
           char               *key,
           gpointer            user_data)
{
  InbNotifierLibnotify *self = user_data;
  const char *id = g_object_get_data (G_OBJECT (notification), "inb-id");
  Shown *shown = g_hash_table_lookup (self->shown, id);
  const InbNoticeAction *action = shown != NULL ? find_action (shown->notice, key) : NULL;
  Message *message;

  if (action == NULL)
    return;

  message = message_new (self);
  g_weak_ref_set (&message->weak, self);
  message->action = g_strdup (action->action);
  message->target = g_strdup (action->target);
  message->token = g_strdup (notify_notification_get_activation_token (notification));
  post (self->owner, tell_activated, message);
  withdraw_soon (self, id);
}

static void
on_closed (NotifyNotification   *notification,
           InbNotifierLibnotify *self)
{
  const char *id = g_object_get_data (G_OBJECT (notification), "inb-id");
  Shown *shown = g_hash_table_lookup (self->shown, id);

  if (shown != NULL && shown->notification == notification)
    g_hash_table_remove (self->shown, id);
}

static void
set_look (NotifyNotification *notification,
          const InbNotice    *notice)
{
  notify_notification_set_urgency (notification,
                                   notice->urgency == INB_NOTICE_LOW ? NOTIFY_URGENCY_LOW : NOTIFY_URGENCY_NORMAL);
  notify_notification_set_timeout (notification,
                                   notice->urgency == INB_NOTICE_HIGH ? HIGH_MSEC : NOTIFY_EXPIRES_DEFAULT);
  notify_notification_set_hint (notification, "suppress-sound", g_variant_new_boolean (notice->is_silent));
  notify_notification_set_hint (notification, "sound-name", notice->is_silent ? NULL : g_variant_new_string (SOUND_NAME));
}

static void
set_actions (InbNotifierLibnotify *self,
             NotifyNotification   *notification,
             const InbNotice      *notice)
{
  notify_notification_clear_actions (notification);
  if (notice->click.action != NULL)
    notify_notification_add_action (notification, "default", _("Open"), on_action, self, NULL);
  for (guint i = 0; i < notice->n_buttons; i++)
    notify_notification_add_action (notification, notice->buttons[i].action, notice->buttons[i].label, on_action, self, NULL);
}

/* The notification with the notice's id, new or the one that is open. */
static Shown *
prepare (InbNotifierLibnotify *self,
         const InbNotice      *notice)
{
  Shown *shown = g_hash_table_lookup (self->shown, notice->id);
  g_autofree char *body = g_markup_escape_text (notice->body, -1);

  if (shown != NULL)
    {
      notify_notification_update (shown->notification, notice->title, body, self->desktop_entry);
      inb_notice_free (shown->notice);
      shown->notice = inb_notice_copy (notice);
      return shown;
    }

  shown = g_new0 (Shown, 1);
  shown->notification = notify_notification_new (notice->title, body, self->desktop_entry);
  shown->notice = inb_notice_copy (notice);
  g_object_set_data_full (G_OBJECT (shown->notification), "inb-id", g_strdup (notice->id), g_free);
  notify_notification_set_category (shown->notification, "im.received");
  notify_notification_set_hint (shown->notification, "desktop-entry", g_variant_new_string (self->desktop_entry));
  g_signal_connect (shown->notification, "closed", G_CALLBACK (on_closed), self);
  g_hash_table_insert (self->shown, g_strdup (notice->id), shown);

  return shown;
}

static gboolean
show_on_thread (gpointer user_data)
{
  Message *message = user_data;
  InbNotifierLibnotify *self = message->notifier;
  Shown *shown = prepare (self, message->notice);
  g_autoptr (GError) error = NULL;
  Message *failed;

  set_look (shown->notification, message->notice);
  set_actions (self, shown->notification, message->notice);
  if (notify_notification_show (shown->notification, &error))
    return G_SOURCE_REMOVE;

  g_debug ("showing a notification: %s", error->message);
  failed = message_new (self);
  g_weak_ref_set (&failed->weak, self);
  failed->notice = g_steal_pointer (&message->notice);
  g_hash_table_remove (self->shown, failed->notice->id);
  post (self->owner, show_by_fallback, failed);

  return G_SOURCE_REMOVE;
}

/* Nobody would hear their buttons any more. A daemon that does not answer is not asked again. */
static void
close_all (InbNotifierLibnotify *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->shown);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);

  for (GList *link = ids; link != NULL; link = link->next)
    g_ptr_array_add (copies, g_strdup (link->data));
  for (guint i = 0; i < copies->len; i++)
    {
      if (!close_shown (self, g_ptr_array_index (copies, i)))
        return;
    }
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
  InbNotifierLibnotify *self = user_data;

  g_main_context_push_thread_default (self->context);
  if (!notify_is_initted ())
    notify_init (self->name);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, shown_free);
  while (!self->stopped)
    g_main_context_iteration (self->context, TRUE);
  close_all (self);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/* --- InbNotifier -------------------------------------------------------------------------------------------------------- */

static void
inb_notifier_libnotify_show (InbNotifier     *notifier,
                             const InbNotice *notice)
{
  InbNotifierLibnotify *self = INB_NOTIFIER_LIBNOTIFY (notifier);
  Message *message = message_new (self);

  if (self->thread == NULL)
    self->thread = g_thread_new ("inb-notifier", run, self);

  message->notice = inb_notice_copy (notice);
  post (self->context, show_on_thread, message);
}

static void
inb_notifier_libnotify_withdraw (InbNotifier *notifier,
                                 const char  *id)
{
  InbNotifierLibnotify *self = INB_NOTIFIER_LIBNOTIFY (notifier);

  if (self->thread == NULL)
    return;

  withdraw_soon (self, id);
  if (self->fell_back && self->fallback != NULL)
    inb_notifier_withdraw (self->fallback, id);
}

static void
inb_notifier_libnotify_iface_init (InbNotifierInterface *iface)
{
  iface->show = inb_notifier_libnotify_show;
  iface->withdraw = inb_notifier_libnotify_withdraw;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

/* Before the weak references to the object are cleared, so that the thread makes none of an object that is going. */
static void
inb_notifier_libnotify_dispose (GObject *object)
{
  InbNotifierLibnotify *self = INB_NOTIFIER_LIBNOTIFY (object);

  if (self->thread != NULL)
    {
      post (self->context, stop_on_thread, message_new (self));
      g_thread_join (g_steal_pointer (&self->thread));
    }
  g_clear_object (&self->fallback);

  G_OBJECT_CLASS (inb_notifier_libnotify_parent_class)->dispose (object);
}

static void
inb_notifier_libnotify_finalize (GObject *object)
{
  InbNotifierLibnotify *self = INB_NOTIFIER_LIBNOTIFY (object);

  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->owner, g_main_context_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->desktop_entry, g_free);

  G_OBJECT_CLASS (inb_notifier_libnotify_parent_class)->finalize (object);
}

static void
inb_notifier_libnotify_class_init (InbNotifierLibnotifyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_notifier_libnotify_dispose;
  object_class->finalize = inb_notifier_libnotify_finalize;
}

static void
inb_notifier_libnotify_init (InbNotifierLibnotify *self)
{
  self->context = g_main_context_new ();
  self->owner = g_main_context_ref_thread_default ();
}

InbNotifier *
inb_notifier_libnotify_new (const char  *name,
                            const char  *desktop_entry,
                            InbNotifier *fallback)
{
  InbNotifierLibnotify *self = g_object_new (INB_TYPE_NOTIFIER_LIBNOTIFY, NULL);

  self->name = g_strdup (name);
  self->desktop_entry = g_strdup (desktop_entry);
  g_set_object (&self->fallback, fallback);

  return INB_NOTIFIER (self);
}

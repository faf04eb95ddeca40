#define G_LOG_DOMAIN "inb-app"

#include "inb-notifier-gio.h"

struct _InbNotifierGio {
  GObject       parent_instance;

  /* Borrowed */
  GApplication *application; /* weak */
};

static void inb_notifier_gio_iface_init (InbNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbNotifierGio, inb_notifier_gio, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (INB_TYPE_NOTIFIER, inb_notifier_gio_iface_init))

static GNotificationPriority
get_priority (InbNoticeUrgency urgency)
{
  switch (urgency)
    {
    case INB_NOTICE_LOW:
      return G_NOTIFICATION_PRIORITY_LOW;

    case INB_NOTICE_HIGH:
      return G_NOTIFICATION_PRIORITY_HIGH;

    case INB_NOTICE_NORMAL:
    default:
      return G_NOTIFICATION_PRIORITY_NORMAL;
    }
}

static void
inb_notifier_gio_show (InbNotifier     *notifier,
                       const InbNotice *notice)
{
  InbNotifierGio *self = INB_NOTIFIER_GIO (notifier);
  g_autoptr (GNotification) notification = g_notification_new (notice->title);

  if (self->application == NULL || !g_application_get_is_registered (self->application))
    return;

  g_notification_set_body (notification, notice->body);
  g_notification_set_priority (notification, get_priority (notice->urgency));
  if (notice->click.action != NULL)
    {
      g_autofree char *action = g_strconcat ("app.", notice->click.action, NULL);

      g_notification_set_default_action_and_target (notification, action, "s", notice->click.target);
    }
  for (guint i = 0; i < notice->n_buttons; i++)
    {
      const InbNoticeAction *button = &notice->buttons[i];
      g_autofree char *action = g_strconcat ("app.", button->action, NULL);

      g_notification_add_button_with_target (notification, button->label, action, "s", button->target);
    }
  g_application_send_notification (self->application, notice->id, notification);
}

static void
inb_notifier_gio_withdraw (InbNotifier *notifier,
                           const char  *id)
{
  InbNotifierGio *self = INB_NOTIFIER_GIO (notifier);

  if (self->application != NULL && g_application_get_is_registered (self->application))
    g_application_withdraw_notification (self->application, id);
}

static void
inb_notifier_gio_iface_init (InbNotifierInterface *iface)
{
  iface->show = inb_notifier_gio_show;
  iface->withdraw = inb_notifier_gio_withdraw;
}

static void
inb_notifier_gio_finalize (GObject *object)
{
  g_clear_weak_pointer (&INB_NOTIFIER_GIO (object)->application);

  G_OBJECT_CLASS (inb_notifier_gio_parent_class)->finalize (object);
}

static void
inb_notifier_gio_class_init (InbNotifierGioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_notifier_gio_finalize;
}

static void
inb_notifier_gio_init (InbNotifierGio *self)
{
}

InbNotifier *
inb_notifier_gio_new (GApplication *application)
{
  InbNotifierGio *self = g_object_new (INB_TYPE_NOTIFIER_GIO, NULL);

  g_set_weak_pointer (&self->application, application);

  return INB_NOTIFIER (self);
}

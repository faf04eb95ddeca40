#define G_LOG_DOMAIN "inb-app"

#include "inb-notifier.h"

#include "inb-notifier-gio.h"
#include "inb-notifier-libnotify.h"
#include "inb-sandbox.h"

G_DEFINE_INTERFACE (InbNotifier, inb_notifier, G_TYPE_OBJECT)

static void
inb_notifier_default_init (InbNotifierInterface *iface)
{
  g_signal_new ("activated", INB_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

/**
 * inb_notifier_new:
 * @application: whose actions the notices name; it outlives the notifier
 * @name: of the program
 * @desktop_entry: its id, and its icon's
 *
 * Returns: (transfer full): a notifier for this desktop
 */
InbNotifier *
inb_notifier_new (GApplication *application,
                  const char   *name,
                  const char   *desktop_entry)
{
  g_autoptr (InbNotifier) gio = inb_notifier_gio_new (application);

  /* libnotify knows the portal too, but through it an action reaches only a program that still runs. */
  if (inb_sandbox_use_portals ())
    return g_steal_pointer (&gio);

  return inb_notifier_libnotify_new (name, desktop_entry, gio);
}

void
inb_notifier_show (InbNotifier     *self,
                   const InbNotice *notice)
{
  g_return_if_fail (INB_IS_NOTIFIER (self) && notice != NULL);

  INB_NOTIFIER_GET_IFACE (self)->show (self, notice);
}

void
inb_notifier_withdraw (InbNotifier *self,
                       const char  *id)
{
  g_return_if_fail (INB_IS_NOTIFIER (self) && id != NULL);

  INB_NOTIFIER_GET_IFACE (self)->withdraw (self, id);
}

/* Shows notices on the desktop. Returns at once whatever the desktop does. */
#pragma once

#include "inb-notice.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_TYPE_NOTIFIER (inb_notifier_get_type ())
G_DECLARE_INTERFACE (InbNotifier, inb_notifier, INB, NOTIFIER, GObject)

struct _InbNotifierInterface {
  GTypeInterface parent_iface;

  void (*show)     (InbNotifier     *self,
                    const InbNotice *notice);
  void (*withdraw) (InbNotifier     *self,
                    const char      *id);
};

/* Signal: "activated" (const char *action, const char *target, const char *token (nullable)): what the user chose, where the
 * desktop did not activate the application's action itself; @token lets the window take the focus. */

/* What this desktop has: the portal in a sandbox, else the notification server; GNotification where there is none. */
InbNotifier *inb_notifier_new      (GApplication    *application,
                                    const char      *name,
                                    const char      *desktop_entry);
void         inb_notifier_show     (InbNotifier     *self,
                                    const InbNotice *notice);
/* Takes it back, if it is still there. */
void         inb_notifier_withdraw (InbNotifier     *self,
                                    const char      *id);

G_END_DECLS

/* Desktop notifications. libnotify waits for the daemon's answer, so it is only ever called on a thread of the notifier's
 * own: a daemon that hangs does not stop the window. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define INB_TYPE_NOTIFIER (inb_notifier_get_type ())
G_DECLARE_FINAL_TYPE (InbNotifier, inb_notifier, INB, NOTIFIER, GObject)

/* Signal: "activated" (const char *target (nullable), const char *token (nullable)): the default action; @token lets the window
 * take the focus. */

/* @desktop_entry: the id of the program, and of its icon. */
InbNotifier *inb_notifier_new      (const char  *name,
                                    const char  *desktop_entry);
/* Shows the notification, or renews the one that is open. Plain text: markup is escaped here. @target: comes back with
 * "activated"; NULL shows it without an action. */
void         inb_notifier_show     (InbNotifier *self,
                                    const char  *summary,
                                    const char  *body,
                                    const char  *target);
/* Takes back what is open: the user has seen it in the window. */
void         inb_notifier_withdraw (InbNotifier *self);

G_END_DECLS

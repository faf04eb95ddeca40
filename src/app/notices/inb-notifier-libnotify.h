/* Notices by libnotify, which waits for the daemon's answer: it is only ever called on a thread of the notifier's own, so that a
 * daemon that hangs does not stop the window. */
#pragma once

#include "inb-notifier.h"

G_BEGIN_DECLS

#define INB_TYPE_NOTIFIER_LIBNOTIFY (inb_notifier_libnotify_get_type ())
G_DECLARE_FINAL_TYPE (InbNotifierLibnotify, inb_notifier_libnotify, INB, NOTIFIER_LIBNOTIFY, GObject)

/* @fallback: shows what the daemon did not take. */
InbNotifier *inb_notifier_libnotify_new (const char  *name,
                                         const char  *desktop_entry,
                                         InbNotifier *fallback);

G_END_DECLS

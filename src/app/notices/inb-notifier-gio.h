/* Notices by GNotification: the portal in a sandbox, or whatever GLib finds. Chosen actions come as actions of the
 * application. */
#pragma once

#include "inb-notifier.h"

G_BEGIN_DECLS

#define INB_TYPE_NOTIFIER_GIO (inb_notifier_gio_get_type ())
G_DECLARE_FINAL_TYPE (InbNotifierGio, inb_notifier_gio, INB, NOTIFIER_GIO, GObject)

InbNotifier *inb_notifier_gio_new (GApplication *application);

G_END_DECLS

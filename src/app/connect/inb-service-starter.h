/* Starts the service on this computer for a person who has none yet: the systemd user unit where it is installed, else a
 * process of its own that outlives the app; then makes a first workspace.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_TYPE_SERVICE_STARTER (inb_service_starter_get_type ())
G_DECLARE_FINAL_TYPE (InbServiceStarter, inb_service_starter, INB, SERVICE_STARTER, GObject)

typedef enum {
  INB_SERVICE_STARTER_IDLE,
  INB_SERVICE_STARTER_STARTING,   /* also sets its database up, the first time */
  INB_SERVICE_STARTER_FILLING     /* makes the first workspace */
} InbServiceStarterStep;

/* Signal: "step-changed". */

InbServiceStarter     *inb_service_starter_new          (void);
/* Whether there is a program to start: not inside a sandbox. */
gboolean               inb_service_starter_is_possible  (void);
InbServiceStarterStep  inb_service_starter_get_step     (InbServiceStarter    *self);
/* Where the service writes what it does, when no systemd keeps that. */
char                  *inb_service_starter_get_log_path (void);
/* Done when the service answers and has a workspace. The error's text ends with what the service said last. */
void                   inb_service_starter_run_async    (InbServiceStarter    *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean               inb_service_starter_run_finish   (InbServiceStarter    *self,
                                                         GAsyncResult         *result,
                                                         GError              **error);

G_END_DECLS

/* One change that a page asks the service for, after a question or without; what came of it is told in the user's words. */
#pragma once

#include "inb-roster.h"

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct _InbRosterRequest InbRosterRequest;

/* @problem: (nullable): why not. Neither done nor a problem: the user thought better of it. */
typedef void (*InbRosterRequestDone) (GtkWidget  *page,
                                      gboolean    is_done,
                                      const char *problem);

/* @page: kept until it is told. @path: (transfer full). @body: (transfer full) (nullable). @conflict: (nullable): what 409 means,
 * translated. */
InbRosterRequest *inb_roster_request_new  (InbRoster            *roster,
                                           GtkWidget            *page,
                                           const char           *method,
                                           char                 *path,
                                           GString              *body,
                                           const char           *conflict,
                                           InbRosterRequestDone  done);
/* Both take @self. */
void              inb_roster_request_send (InbRosterRequest     *self);
/* @label: of the button that does it. */
void              inb_roster_request_ask  (InbRosterRequest     *self,
                                           const char           *heading,
                                           const char           *text,
                                           const char           *label);

G_END_DECLS

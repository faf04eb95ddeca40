/* Saves leads as comma-separated values: asks for a file, shows how far it is, can be cancelled, says what went wrong. */
#pragma once

#include "inb-lead-column.h"
#include "inb-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @rowids (element-type gint64): which leads. @columns (element-type InbLeadSort): those that the table shows; the user may want
 * all instead. @contacts: they are contacts without a lead. */
void   inb_lead_export_run_async  (GtkWidget            *widget,
                                   InbSession           *session,
                                   GArray               *rowids,
                                   GArray               *columns,
                                   gboolean              contacts,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
/* How many were saved; -1 when the user cancelled, or was told that it failed. */
gint64 inb_lead_export_run_finish (GtkWidget            *widget,
                                   GAsyncResult         *result);

G_END_DECLS
